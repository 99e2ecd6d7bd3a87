import { Injectable } from '@nestjs/common';
import { grouped, InvariantError, Money } from '../kernel/index.js';
import { Ledger, type Movement, type Stage } from '../ledger/index.js';
import type { Tx } from '../platform/database/index.js';
import type { Cause } from './outcome.store.js';
import type { PaymentState } from './payment.lifecycle.js';

/**
 * Where the money of a payment in each state lies. Money stays in transit for as long as nobody knows: only a
 * certain failure makes it available again (never-pay-twice, rule 11). The database knows the same table as
 * `payment_stage`.
 */
export const STAGE_OF: Readonly<Record<PaymentState, Stage>> = {
  ready: 'reserved',
  sending: 'in_transit',
  accepted: 'in_transit',
  unknown: 'in_transit',
  settled: 'paid',
  returned: 'returned',
  rejected: 'available',
  cancelled: 'available',
};

/** Payments of one fund and budget month that went the same way, added up. */
export interface MovedMoney {
  readonly fund: string;
  readonly budgetMonth: string;
  readonly from: PaymentState;
  readonly to: PaymentState;
  /** Whole đồng, plain digits. */
  readonly amount: string;
}

/** Posts what moved payments, in the transaction that moves them. Many payments, one posting. */
@Injectable()
export class PaymentBooks {
  constructor(private readonly ledger: Ledger) {}

  /** @param posting the id that the payments' history rows name. */
  async post(tx: Tx, posting: { id: string; moved: readonly MovedMoney[] } & Cause): Promise<void> {
    const movements = addedUp(posting.moved).flatMap(movementsOf);
    if (movements.length === 0) return;
    const { id, cause, sourceId, at } = posting;
    const source = { type: cause, id: sourceId };
    const posted = await this.ledger.post(tx, { id, kind: 'payments', source, at, movements });
    // The history rows name a posting that would not be there.
    if (posted === null) throw new InvariantError('money moved in a circle', { posting: id });
  }
}

/** One for each way: a thousand payments of a message went one. */
function addedUp(moved: readonly MovedMoney[]): MovedMoney[] {
  const ways = grouped(moved, (m) => `${m.fund} ${m.budgetMonth} ${m.from} ${m.to}`);
  return [...ways.values()].flatMap((same) => {
    const total = Money.sum(same.map(({ amount }) => Money.of(amount)));
    return same.slice(0, 1).map((one) => ({ ...one, amount: total.toString() }));
  });
}

/** What came back can be spent again; that it came back stays in the books. */
export function movementsOf(moved: MovedMoney): Movement[] {
  const [from, to] = [STAGE_OF[moved.from], STAGE_OF[moved.to]];
  if (from === to) return [];
  const of = { fund: moved.fund, month: moved.budgetMonth, amount: Money.of(moved.amount) };
  const way: Movement = { ...of, from, to };
  return to === 'returned' ? [way, { ...of, from: 'given_back', to: 'available' }] : [way];
}
