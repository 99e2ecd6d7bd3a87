import { Injectable } from '@nestjs/common';
import { lineDigest, SignedLines } from '../batches/index.js';
import { bankReferenceOf, Clock } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { paymentsAsLines, type PaymentAsLine } from './signed-payments.store.js';

/** A batch found whole is believed for so long in this process: single payments would do nothing else. */
const WHOLE_FOR_MS = 10_000;
/** … and for so many times as long as looking took, so that looking at a large batch never fills the time. */
const WHOLE_FOR_LOOKS = 20;
const REMEMBERED_BATCHES = 100;

interface Look {
  readonly verdict: Promise<boolean>;
  freshUntil: number;
}

/**
 * Rule 15: what is sent is checked against the digest that was signed. Each payment of a submission is digested
 * as it is about to be sent and compared with its signed line, and the batch's lines with the signature itself.
 */
@Injectable()
export class CheckSigned {
  private readonly looks = new Map<string, Look>();

  constructor(
    private readonly signedLines: SignedLines,
    private readonly clock: Clock,
  ) {}

  /** The payments of these submissions that are not what was signed. */
  async strayPayments(
    tx: Tx,
    submissionIds: readonly string[],
  ): Promise<{ submissionId: string; paymentId: string }[]> {
    const payments = await paymentsAsLines(tx, submissionIds);
    return payments.filter((payment) => !isAsSigned(payment));
  }

  /**
   * Whether the lines of the batch are still the ones that were signed. Many senders ask at once and look once;
   * digesting a large batch takes seconds, so it is not done under a claim.
   */
  wholeBatch(tx: Tx, batchId: string): Promise<boolean> {
    const last = this.looks.get(batchId);
    if (last && this.clock.now().getTime() < last.freshUntil) return last.verdict;
    if (this.looks.size >= REMEMBERED_BATCHES) this.looks.clear();
    const look: Look = { verdict: this.look(tx, batchId), freshUntil: Infinity };
    this.looks.set(batchId, look);
    return look.verdict;
  }

  private async look(tx: Tx, batchId: string): Promise<boolean> {
    const from = this.clock.now().getTime();
    let ok = false;
    try {
      ok = (await this.signedLines.verify(tx, batchId)).ok;
      return ok;
    } finally {
      const now = this.clock.now().getTime();
      const look = this.looks.get(batchId);
      // Neither a refusal nor a failure to look is believed any longer than by those who waited for it.
      const freshMs = ok ? Math.max(WHOLE_FOR_MS, WHOLE_FOR_LOOKS * (now - from)) : 0;
      if (look) look.freshUntil = now + freshMs;
    }
  }
}

function isAsSigned({ paymentId, reference, ownBank, line, signedDigest }: PaymentAsLine): boolean {
  if (reference !== bankReferenceOf(paymentId) || !ownBank) return false;
  return line !== null && lineDigest(line) === signedDigest;
}
