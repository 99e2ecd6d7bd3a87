import { Money, newId } from '../../src/kernel/index.js';
import type { BankCall, OnlineAdapter, PaymentOrder } from '../../src/banks/index.js';
import { Facts, messageReference, type Counter, type LearntFact } from './counter.js';

const CALL_MS = 4000;

/** An online bank's counter: orders are paid, and the truth is enquired. */
export class OnlineCounter implements Counter {
  private readonly facts = new Facts();

  constructor(private readonly adapter: OnlineAdapter) {}

  get contradicted(): ReadonlySet<string> {
    return this.facts.contradicted;
  }

  async handIn(orders: readonly PaymentOrder[], message = messageReference()): Promise<void> {
    const { adapter } = this;
    if (!adapter.payMany) {
      for (const order of orders) this.add(order.reference, await adapter.pay(order, aCall()));
      return;
    }
    const total = Money.sum(orders.map(({ amount }) => amount));
    const answers = await adapter.payMany({ reference: message, orders, total }, aCall());
    for (const [reference, answer] of answers) this.add(reference, answer);
  }

  async learn(payments: readonly PaymentOrder[]): Promise<void> {
    const firstSentAt = new Date();
    const queries = payments.map(({ reference, amount }) => ({ reference, amount, firstSentAt }));
    const answers = await this.adapter.enquire(queries, aCall());
    for (const [reference, answer] of answers) this.add(reference, answer);
  }

  known(reference: string): LearntFact | undefined {
    return this.facts.of(reference);
  }

  private add(reference: string, answer: { readonly kind: string }): void {
    if (isFact(answer)) this.facts.add(reference, answer);
  }
}

function isFact(answer: { readonly kind: string }): answer is LearntFact {
  return ['accepted', 'settled', 'rejected', 'returned'].includes(answer.kind);
}

const aCall = (): BankCall => ({ signal: AbortSignal.timeout(CALL_MS), attemptId: newId() });
