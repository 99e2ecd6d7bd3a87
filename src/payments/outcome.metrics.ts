import { Injectable } from '@nestjs/common';
import { grouped, Money } from '../kernel/index.js';
import { ReasonCodes } from '../organisation/index.js';
import { Database } from '../platform/database/index.js';
import { Metrics, sampleOf } from '../platform/metrics/index.js';
import type { PaymentState } from './payment.lifecycle.js';

/** From an instant transfer to what a bank's file tells three days later. */
const SETTLED_WITHIN_SECONDS = [
  ...[0.5, 1, 2, 5, 10, 30, 60],
  ...[5 * 60, 15 * 60, 3600, 4 * 3600, 24 * 3600, 72 * 3600],
];
/** A bank may give any reason; a label is one of a list. */
const UNLISTED = 'unlisted';

/** A payment that a bank's word has moved. */
export interface MovedPayment {
  readonly bankCode: string;
  readonly rail: string;
  readonly amount: string;
  readonly state: PaymentState;
  readonly firstSentAt: Date | null;
}

/** Counts what this process has recorded of the banks' words, once it is committed. */
@Injectable()
export class OutcomeMetrics {
  private readonly outcomes;
  private readonly amounts;
  private readonly failures;
  private readonly settled;
  private readonly reasons: ReadonlySet<string>;

  constructor(
    metrics: Metrics,
    private readonly database: Database,
    reasons: ReasonCodes,
  ) {
    this.reasons = new Set(reasons.all().map(({ code }) => code));
    this.outcomes = metrics.counter({
      name: 'chitra_payment_outcomes_total',
      help: 'Payments that the word of a bank moved, by bank, rail and outcome (accepted, settled, rejected, returned)',
      labelNames: ['bank', 'rail', 'outcome'],
    });
    this.amounts = metrics.counter({
      name: 'chitra_payment_outcomes_dong_total',
      help: 'Amount of the payments that the word of a bank moved in đồng, by bank, rail and outcome',
      labelNames: ['bank', 'rail', 'outcome'],
    });
    this.failures = metrics.counter({
      name: 'chitra_payment_failures_total',
      help: 'Payments rejected or returned, by bank and reason (ISO 20022 code of the list, or unlisted)',
      labelNames: ['bank', 'reason'],
    });
    this.settled = metrics.histogram({
      name: 'chitra_payment_settlement_seconds',
      help: 'Time from the first sending of a payment until its settlement was recorded, by bank',
      labelNames: ['bank'],
      buckets: SETTLED_WITHIN_SECONDS,
    });
  }

  /** Inside the transaction that records them. `reasonOf`: why a payment failed. */
  moved<P extends MovedPayment>(
    payments: readonly P[],
    { at, reasonOf }: { at: Date; reasonOf: (payment: P) => string },
  ): void {
    this.database.afterCommit(() => {
      this.count(payments);
      for (const payment of payments) {
        const { bankCode: bank, state, firstSentAt } = payment;
        if (state === 'settled' && firstSentAt) {
          // The clock of another process may be ahead of ours.
          const seconds = Math.max(0, at.getTime() - firstSentAt.getTime()) / 1000;
          this.settled.observe({ bank }, seconds);
        }
        if (state === 'rejected' || state === 'returned') {
          const reason = reasonOf(payment);
          this.failures.inc({ bank, reason: this.reasons.has(reason) ? reason : UNLISTED });
        }
      }
    });
  }

  /** Those of one message went one way, or two. */
  private count(payments: readonly MovedPayment[]): void {
    const ways = grouped(payments, (p) => `${p.bankCode} ${p.rail} ${p.state}`);
    for (const [first, ...others] of ways.values()) {
      if (!first) continue;
      const { bankCode: bank, rail, state: outcome } = first;
      const total = Money.sum([first, ...others].map(({ amount }) => Money.of(amount)));
      this.outcomes.inc({ bank, rail, outcome }, 1 + others.length);
      this.amounts.inc({ bank, rail, outcome }, sampleOf(total.toString()));
    }
  }
}
