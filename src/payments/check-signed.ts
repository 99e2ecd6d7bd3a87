import { Injectable } from '@nestjs/common';
import { lineDigest, SignedLines } from '../batches/index.js';
import { Clock } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { paymentsAsLines } from './signed-payments.store.js';

/** A whole batch is digested at most so often per process: a run of single payments would do nothing else. */
const WHOLE_BATCH_EVERY_MS = 10_000;
const REMEMBERED_BATCHES = 100;

/**
 * Rule 15: what is sent is checked against the digest that was signed. Each payment of the submission is digested
 * as it is about to be sent and compared with its signed line, and the batch's lines with the signature itself.
 */
@Injectable()
export class CheckSigned {
  private readonly wholeSince = new Map<string, number>();

  constructor(
    private readonly signedLines: SignedLines,
    private readonly clock: Clock,
  ) {}

  /** The payments of the submission that are not what was signed, and whether the batch still is. */
  async strayPayments(
    tx: Tx,
    submission: { id: string; batchId: string },
  ): Promise<{ stray: string[]; wholeBatch: boolean }> {
    const lines = await paymentsAsLines(tx, submission.id);
    const stray = lines
      .filter(({ line, signedDigest }) => lineDigest(line) !== signedDigest)
      .map(({ paymentId }) => paymentId);
    return { stray, wholeBatch: await this.wholeBatch(tx, submission.batchId) };
  }

  private async wholeBatch(tx: Tx, batchId: string): Promise<boolean> {
    const now = this.clock.now().getTime();
    const checkedAt = this.wholeSince.get(batchId);
    if (checkedAt !== undefined && now - checkedAt < WHOLE_BATCH_EVERY_MS) return true;
    const { ok } = await this.signedLines.verify(tx, batchId);
    if (!ok) return false;
    if (this.wholeSince.size >= REMEMBERED_BATCHES) this.wholeSince.clear();
    this.wholeSince.set(batchId, now);
    return true;
  }
}
