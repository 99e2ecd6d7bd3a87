import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';

/** @throws DomainError when the list must not leave the house; the file is locked while it is asked. */
export type HandOutCheck = (tx: Tx, list: { bank: string; fileId: string }) => Promise<void>;

/**
 * Until its first download a list that people carry surely never left. Whoever knows what it is about says here, at
 * that moment, whether it still may: this module knows only its bytes.
 */
@Injectable()
export class HandOutChecks {
  private readonly checks: HandOutCheck[] = [];

  add(check: HandOutCheck): void {
    this.checks.push(check);
  }

  async ask(tx: Tx, list: { bank: string; fileId: string }): Promise<void> {
    for (const check of this.checks) await check(tx, list);
  }
}
