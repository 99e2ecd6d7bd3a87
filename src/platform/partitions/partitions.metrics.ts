import { Injectable } from '@nestjs/common';
import { Metrics, readOnce } from '../metrics/index.js';
import { ViewParts } from './view-parts.js';

/** So many times as long as it took, a reading is kept: it changes once in a month. */
const REST = 100;

/** Whether what comes next month has its place. */
@Injectable()
export class PartitionsMetrics {
  constructor(metrics: Metrics, view: ViewParts) {
    const tables = readOnce(() => view.all(), REST);
    metrics.gauge({
      name: 'chitra_partitions_ahead',
      help: 'Coming months that have their part, by table; -1 when not even this one has',
      labelNames: ['table'],
      async collect() {
        for (const { table, monthsAhead } of await tables()) this.set({ table }, monthsAhead);
      },
    });
    metrics.gauge({
      name: 'chitra_partitions_strays',
      help: '1 when rows lie in the part for what fits in no month, by table; else 0',
      labelNames: ['table'],
      async collect() {
        for (const { table, hasStrays } of await tables()) this.set({ table }, hasStrays ? 1 : 0);
      },
    });
    metrics.gauge({
      name: 'chitra_partitions_bytes',
      help: 'Bytes on disk of all parts with their indexes, by table; without the archive',
      labelNames: ['table'],
      async collect() {
        for (const { table, parts } of await tables()) {
          this.set(
            { table },
            parts.reduce((sum, { bytes }) => sum + bytes, 0),
          );
        }
      },
    });
  }
}
