import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { appendEntry } from './audit.store.js';

/** What is written of an act. Ids, codes and figures only: never names, account numbers or secrets. */
export interface AuditRecord {
  readonly actor: {
    readonly kind: 'user' | 'api-key' | 'system';
    readonly id: string;
    readonly name: string;
  };
  /** Past tense, by the thing acted on: `batch.proposed`, `api-key.revoked`. */
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** The one door of the trail. Written in the use case's own transaction: the act and its trace stand or fall together. */
@Injectable()
export class AuditTrail {
  constructor(private readonly clock: Clock) {}

  async record(tx: Tx, record: AuditRecord): Promise<void> {
    await appendEntry(tx, this.clock.now(), record);
  }
}
