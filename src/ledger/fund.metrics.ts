import { Injectable } from '@nestjs/common';
import { Clock, officeDate } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { Metrics, readOnce, sampleOf } from '../platform/metrics/index.js';
import { FundPositions } from './fund-positions.read.js';

/** Asked of the books at each scrape, so that every process tells the same. */
@Injectable()
export class FundMetrics {
  constructor(metrics: Metrics, database: Database, positions: FundPositions, clock: Clock) {
    const ofThisYear = readOnce(() =>
      positions.byYear(database.reader, { year: officeDate(clock.now()).slice(0, 4), fund: null }),
    );
    metrics.gauge({
      name: 'chitra_fund_dong',
      help: 'Where the money of a fund stands in this budget year in đồng, by fund and stage (allotted, available, reserved, in_transit, paid, returned)',
      labelNames: ['fund', 'stage'],
      async collect() {
        const found = await ofThisYear();
        this.reset();
        for (const { fund, ...at } of found) {
          const stages = { allotted: at.allotted, available: at.available, reserved: at.reserved };
          const gone = { in_transit: at.inTransit, paid: at.paid, returned: at.returned };
          for (const [stage, money] of Object.entries({ ...stages, ...gone })) {
            this.set({ fund, stage }, sampleOf(money.toString()));
          }
        }
      },
    });
  }
}
