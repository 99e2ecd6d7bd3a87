import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { AssembleFollowUp } from '../batches/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock, Money, newId } from '../kernel/index.js';
import { ReasonCodes } from '../organisation/index.js';
import { Database, doneOrUndone, type Tx } from '../platform/database/index.js';
import { ALL_FAILED, type FailedChoice } from './failed-choice.read.js';
import { freeCodes } from './failed-payment.read.js';
import { nothingSelected, otherCountNow, tooManySelected } from './payments.errors.js';
import { reissuable } from './reissue.rules.js';
import { insertReissueOrder, leftOutOf, lockChosen, type ChosenPayment } from './reissue.store.js';

/** Failed payments that one order pays again at most. */
export const MOST_REISSUED = 20_000;

export interface SelectedOrder {
  readonly actor: Actor;
  /** Ticked payments, or filters for all of a kind. Only what waits for somebody is meant. */
  readonly choice: Partial<Omit<FailedChoice, 'standing'>>;
  /** What the officer saw of it. */
  readonly seen: { readonly count: number; readonly total: string };
  readonly payOn?: string;
  readonly sameAccountBecause?: string;
  readonly paidAfterAllBecause?: string;
}

interface Item {
  readonly paymentId: string;
  readonly batchId: string | null;
  readonly stayed: string | null;
}

/**
 * Pays failed payments of any number of batches again: what is ready goes into one follow-up batch for each batch that
 * it failed in; what is not stays, and the order keeps why. All that was seen is judged, or nothing is done.
 */
@Injectable()
export class ReissueSelected {
  constructor(
    private readonly database: Database,
    private readonly followUp: AssembleFollowUp,
    private readonly reasons: ReasonCodes,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the order, also when every payment of it stayed: it says why.
   * @throws DomainError `payments.other-count-now`, `payments.nothing-selected`, `payments.too-many-selected`
   */
  async reissue(order: SelectedOrder): Promise<{ orderId: string; reissued: number }> {
    assertMay(order.actor, 'batch.prepare');
    return this.database.transaction(async (tx) => {
      const chosen = await this.lockSeen(tx, order);
      const judged = chosen.map((payment) => ({ payment, why: this.whyNot(payment, order) }));
      const stayed = judged.flatMap(({ payment: { paymentId }, why }) =>
        why === null ? [] : [{ paymentId, batchId: null, stayed: why }],
      );
      const ready = judged.filter(({ why }) => why === null).map(({ payment }) => payment);
      const gathered: Item[] = [];
      for (const [batchId, payments] of byBatch(ready)) {
        gathered.push(...(await this.gather(tx, { batchId, payments, order })));
      }
      return this.keep(tx, { order, chosen, items: [...stayed, ...gathered] });
    });
  }

  private async lockSeen(tx: Tx, order: SelectedOrder): Promise<ChosenPayment[]> {
    const choice = { ...ALL_FAILED, ...order.choice, standing: 'open' as const };
    const wanted = { choice, freeCodes: freeCodes(this.reasons), most: MOST_REISSUED };
    await lockChosen(tx, wanted);
    // Read again once locked (rule 10): whoever held them may have put them into a batch.
    const chosen = await lockChosen(tx, wanted);
    if (chosen.length > MOST_REISSUED) throw tooManySelected(MOST_REISSUED);
    const now = { count: chosen.length, total: totalOf(chosen) };
    const { seen } = order;
    if (now.count !== seen.count || now.total !== seen.total) throw otherCountNow({ seen, now });
    if (chosen.length === 0) throw nothingSelected();
    return chosen;
  }

  private whyNot(payment: ChosenPayment, order: SelectedOrder) {
    return reissuable(payment, {
      retry: this.reasons.of(payment.reasonCode).retry,
      sameAccountBecause: order.sameAccountBecause ?? null,
      paidAfterAllBecause: order.paidAfterAllBecause ?? null,
    });
  }

  /** A follow-up batch that would have no line is taken back; what it said of each payment is kept. */
  private gather(
    tx: Tx,
    given: { batchId: string; payments: readonly ChosenPayment[]; order: SelectedOrder },
  ): Promise<Item[]> {
    const { payments, order } = given;
    return doneOrUndone(tx, async () => {
      const { batchId, lineCount } = await this.followUp.assemble(tx, {
        actor: order.actor,
        of: given.batchId,
        lines: payments.map((p) => ({ entitlementId: p.entitlementId, reissueOf: p.paymentId })),
        payOn: order.payOn,
        mayBeEmpty: true,
      });
      const leftOut = new Map(
        (await leftOutOf(tx, batchId)).map((left) => [left.paymentId, left.leftOut]),
      );
      const result = payments.map(({ paymentId }) => {
        const stayed = leftOut.get(paymentId) ?? null;
        return { paymentId, batchId: stayed === null ? batchId : null, stayed };
      });
      return { result, undo: lineCount === 0 };
    });
  }

  private async keep(
    tx: Tx,
    done: { order: SelectedOrder; chosen: readonly ChosenPayment[]; items: readonly Item[] },
  ): Promise<{ orderId: string; reissued: number }> {
    const { order, chosen, items } = done;
    const { paymentIds = null, ...filters } = order.choice;
    const orderId = newId();
    const because = {
      sameAccountBecause: order.sameAccountBecause ?? null,
      paidAfterAllBecause: order.paidAfterAllBecause ?? null,
    };
    await insertReissueOrder(tx, {
      id: orderId,
      at: this.clock.now(),
      actor: order.actor,
      chosen: paymentIds === null ? filters : { ...filters, ticked: paymentIds.length },
      count: chosen.length,
      total: totalOf(chosen),
      ...because,
      items,
    });
    const reissued = items.filter(({ stayed }) => stayed === null).length;
    await this.audit.record(tx, {
      actor: order.actor,
      action: 'payments.reissued',
      subject: { type: 'reissue-order', id: orderId },
      detail: { reissued, left: items.length - reissued, ...because },
    });
    return { orderId, reissued };
  }
}

function totalOf(payments: readonly { amount: string }[]): string {
  return Money.sum(payments.map(({ amount }) => Money.of(amount))).toString();
}

/** In the order of the batches' ids, so that two orders never wait for each other crosswise. */
function byBatch(payments: readonly ChosenPayment[]): [string, ChosenPayment[]][] {
  const batches = new Map<string, ChosenPayment[]>();
  for (const payment of payments) {
    const together = batches.get(payment.batchId) ?? [];
    together.push(payment);
    batches.set(payment.batchId, together);
  }
  return [...batches].sort(([a], [b]) => (a < b ? -1 : 1));
}
