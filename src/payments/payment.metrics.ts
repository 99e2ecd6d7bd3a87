import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { Metrics, readOnce, sampleOf } from '../platform/metrics/index.js';
import { PaymentFigures, type PaymentShare } from './payment-figures.read.js';
import { UNFINISHED_STATES } from './payment.lifecycle.js';

/** Of an unfinished run of a million payments, reading takes seconds. */
const REST = 10;
const DAY_MS = 24 * 3_600_000;

/** Figures that are read from the database when they are asked for, so that every process tells the same. */
@Injectable()
export class PaymentMetrics {
  constructor(metrics: Metrics, database: Database, figures: PaymentFigures, clock: Clock) {
    const shares = readOnce(
      () => figures.byState(database.reader, new Date(clock.now().getTime() - DAY_MS)),
      REST,
    );
    const ageOf = (since: Date): number => (clock.now().getTime() - since.getTime()) / 1000;
    metrics.gauge({
      name: 'chitra_payments',
      help: 'Payments of unfinished runs and of the last day, by bank, rail and state',
      labelNames: ['bank', 'rail', 'state'],
      async collect() {
        const found = await shares();
        this.reset();
        for (const { bankCode, rail, state, count } of found) {
          this.set({ bank: bankCode, rail, state }, count);
        }
      },
    });
    metrics.gauge({
      name: 'chitra_payments_dong',
      help: 'Amount of the payments of unfinished runs and of the last day in đồng, by bank, rail and state',
      labelNames: ['bank', 'rail', 'state'],
      async collect() {
        const found = await shares();
        this.reset();
        for (const { bankCode, rail, state, total } of found) {
          this.set({ bank: bankCode, rail, state }, sampleOf(total));
        }
      },
    });
    metrics.gauge({
      name: 'chitra_payment_unsettled_age_seconds',
      help: 'Time since the start of the oldest run that still has payments at the bank neither paid nor failed, by bank',
      labelNames: ['bank'],
      async collect() {
        const oldest = oldestUnsettled(await shares());
        this.reset();
        for (const [bank, since] of oldest) this.set({ bank }, ageOf(since));
      },
    });
    metrics.gauge({
      name: 'chitra_payment_unknown_age_seconds',
      help: 'Age of the oldest payment whose outcome is unknown, by bank',
      labelNames: ['bank'],
      async collect() {
        const found = await figures.oldestUnknown(database.reader);
        this.reset();
        for (const { bankCode, oldest } of found) this.set({ bank: bankCode }, ageOf(oldest));
      },
    });
  }
}

function oldestUnsettled(shares: readonly PaymentShare[]): Map<string, Date> {
  const oldest = new Map<string, Date>();
  for (const { bankCode, state, runningSince } of shares) {
    if (runningSince === null || !UNFINISHED_STATES.includes(state)) continue;
    const known = oldest.get(bankCode);
    if (!known || runningSince < known) oldest.set(bankCode, runningSince);
  }
  return oldest;
}
