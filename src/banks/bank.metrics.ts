import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { Metrics } from '../platform/metrics/index.js';
import { BankRegistry } from './bank.registry.js';
import { breakerLifecycle } from './breaker.lifecycle.js';
import { BankHealthReads } from './health.read.js';

/** Asked of the database at each scrape, so that every process tells the same. */
@Injectable()
export class BankMetrics {
  constructor(
    metrics: Metrics,
    database: Database,
    banks: BankRegistry,
    health: BankHealthReads,
    clock: Clock,
  ) {
    metrics.gauge({
      name: 'chitra_bank_breaker',
      help: '1 for the state that the breaker of a bank is in (closed, open, probing), and for paused (by its Retry-After) and off (switched off by an officer)',
      labelNames: ['bank', 'state'],
      async collect() {
        this.reset();
        const known = new Map((await health.all(database.reader)).map((h) => [h.bankCode, h]));
        const now = clock.now();
        for (const { code } of banks.all()) {
          const found = known.get(code);
          const is: Record<string, boolean> = {
            paused: (found?.pausedUntil ?? now) > now,
            off: (found?.switchedOffAt ?? null) !== null,
          };
          for (const state of breakerLifecycle.states) {
            is[state] = (found?.state ?? breakerLifecycle.initial) === state;
          }
          for (const [state, holds] of Object.entries(is)) {
            this.set({ bank: code, state }, holds ? 1 : 0);
          }
        }
      },
    });
  }
}
