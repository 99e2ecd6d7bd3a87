import { Injectable } from '@nestjs/common';
import { BankRegistry } from '../banks/index.js';
import { Clock } from '../kernel/index.js';
import { Metrics, readOnce, sampleOf } from '../platform/metrics/index.js';
import { DifferenceReads } from './difference.read.js';

/** Asked of the database at each scrape, so that every process tells the same. */
@Injectable()
export class DifferenceMetrics {
  constructor(metrics: Metrics, reads: DifferenceReads, banks: BankRegistry, clock: Clock) {
    const open = readOnce(() => reads.open());
    const ageOf = (since: Date): number => (clock.now().getTime() - since.getTime()) / 1000;
    metrics.gauge({
      name: 'chitra_reconciliation_exceptions_open',
      help: 'Facts that do not fit between our books and the statements and have not ended, by bank and kind',
      labelNames: ['bank', 'kind'],
      async collect() {
        const found = await open();
        this.reset();
        for (const { bank, kind, count } of found) this.set({ bank, kind }, count);
      },
    });
    metrics.gauge({
      name: 'chitra_reconciliation_exceptions_dong',
      help: 'Amount of the facts that do not fit and have not ended in đồng, by bank and kind',
      labelNames: ['bank', 'kind'],
      async collect() {
        const found = await open();
        this.reset();
        for (const { bank, kind, total } of found) this.set({ bank, kind }, sampleOf(total));
      },
    });
    metrics.gauge({
      name: 'chitra_reconciliation_exception_age_seconds',
      help: 'Age of the oldest fact that does not fit and has not ended, by bank and kind',
      labelNames: ['bank', 'kind'],
      async collect() {
        const found = await open();
        this.reset();
        for (const { bank, kind, oldest } of found) this.set({ bank, kind }, ageOf(oldest));
      },
    });
    metrics.gauge({
      name: 'chitra_payment_unreconciled_age_seconds',
      help: 'Age of the oldest money sent to the bank that no statement proves, by bank',
      labelNames: ['bank'],
      async collect() {
        const found = await reads.unproven(banks.all().map(({ code }) => code));
        this.reset();
        for (const { bank, oldest } of found) this.set({ bank }, ageOf(oldest));
      },
    });
  }
}
