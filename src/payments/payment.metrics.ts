import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { Metrics } from '../platform/metrics/index.js';
import { PaymentFigures } from './payment-figures.read.js';

/** Figures that are read from the database when they are asked for, so that every process tells the same. */
@Injectable()
export class PaymentMetrics {
  constructor(metrics: Metrics, database: Database, figures: PaymentFigures, clock: Clock) {
    metrics.gauge({
      name: 'chitra_payments',
      help: 'Payments of unfinished runs and of the last day, by bank and state',
      labelNames: ['bank', 'state'],
      async collect() {
        this.reset();
        const since = new Date(clock.now().getTime() - 24 * 3_600_000);
        for (const { bankCode, state, count } of await figures.byState(database.reader, since)) {
          this.set({ bank: bankCode, state }, count);
        }
      },
    });
    metrics.gauge({
      name: 'chitra_payment_unknown_age_seconds',
      help: 'Age of the oldest payment whose outcome is unknown, by bank',
      labelNames: ['bank'],
      async collect() {
        this.reset();
        for (const { bankCode, oldest } of await figures.oldestUnknown(database.reader)) {
          this.set({ bank: bankCode }, (clock.now().getTime() - oldest.getTime()) / 1000);
        }
      },
    });
  }
}
