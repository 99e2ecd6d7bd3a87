import { Injectable } from '@nestjs/common';
import { Metrics } from '../platform/metrics/index.js';
import type { Bucketed } from './matching.store.js';

@Injectable()
export class ReconciliationMetrics {
  private readonly runs;
  private readonly entries;

  constructor(metrics: Metrics) {
    this.runs = metrics.counter({
      name: 'chitra_reconciliations_total',
      help: 'Reconciliations ended, by bank and end (finished, failed)',
      labelNames: ['bank', 'end'],
    });
    this.entries = metrics.counter({
      name: 'chitra_statement_entries_total',
      help: 'Statement entries by bank and the bucket they fell into',
      labelNames: ['bank', 'bucket'],
    });
  }

  ended(bank: string, end: 'finished' | 'failed'): void {
    this.runs.inc({ bank, end });
  }

  bucketed(bank: string, entries: readonly Bucketed[]): void {
    for (const { bucket } of entries) this.entries.inc({ bank, bucket });
  }
}
