import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { AssembleFollowUp } from '../batches/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { ReasonCodes } from '../organisation/index.js';
import { Database } from '../platform/database/index.js';
import { notMended, nothingToReissue } from './payments.errors.js';
import { reissuable, type NotYet } from './reissue.rules.js';
import { lockFailed } from './reissue.store.js';

export interface Reissued {
  readonly batchId: string;
  /** Lines of the follow-up batch; what a batch itself leaves out stands among its exclusions. */
  readonly reissued: number;
  /** Failed payments that cannot be paid again yet, and why. */
  readonly left: readonly { paymentId: string; reasonCode: string; why: NotYet }[];
}

/**
 * Gathers the failed payments of a batch that have been mended into a follow-up batch, which is proposed and signed
 * like any other. Each becomes a new payment under a new reference, linked to the failed one (rule 9: the old
 * reference is void).
 */
@Injectable()
export class ReissuePayments {
  constructor(
    private readonly database: Database,
    private readonly followUp: AssembleFollowUp,
    private readonly reasons: ReasonCodes,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DomainError `payments.nothing-to-reissue`, `payments.not-mended` */
  async reissue(order: {
    actor: Actor;
    batchId: string;
    /** Only these of the batch; all that failed when absent. */
    paymentIds?: readonly string[];
    payOn?: string;
    /** Why the same account will do; without it, an account that failed must have been replaced. */
    sameAccountBecause?: string;
    /** Why it is certain that no money went out, or that it came back, though the bank said otherwise. */
    paidAfterAllBecause?: string;
  }): Promise<Reissued> {
    const { actor, batchId } = order;
    assertMay(actor, 'batch.prepare');
    return this.database.transaction(async (tx) => {
      const failed = await lockFailed(tx, { batchId, paymentIds: order.paymentIds ?? null });
      if (failed.length === 0) throw nothingToReissue(batchId);
      const judged = failed.map((payment) => ({
        payment,
        why: reissuable(payment, {
          retry: this.reasons.of(payment.reasonCode).retry,
          sameAccountBecause: order.sameAccountBecause ?? null,
          paidAfterAllBecause: order.paidAfterAllBecause ?? null,
        }),
      }));
      const left = judged.flatMap(({ payment, why }) =>
        why === null ? [] : [{ paymentId: payment.paymentId, reasonCode: payment.reasonCode, why }],
      );
      const ready = judged.filter(({ why }) => why === null).map(({ payment }) => payment);
      if (ready.length === 0) throw notMended(batchId, left.slice(0, 100));
      const batch = await this.followUp.assemble(tx, {
        actor,
        of: batchId,
        lines: ready.map((p) => ({ entitlementId: p.entitlementId, reissueOf: p.paymentId })),
        payOn: order.payOn,
      });
      await this.audit.record(tx, {
        actor,
        action: 'payments.reissued',
        subject: { type: 'batch', id: batch.batchId },
        detail: {
          failedBatchId: batchId,
          reissued: batch.lineCount,
          left: left.length,
          sameAccountBecause: order.sameAccountBecause ?? null,
          paidAfterAllBecause: order.paidAfterAllBecause ?? null,
        },
      });
      return { batchId: batch.batchId, reissued: batch.lineCount, left };
    });
  }
}
