import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/index.js';
import { Database } from '../database/index.js';
import { Metrics, readOnce } from '../metrics/index.js';
import { Outbox } from '../outbox/index.js';
import { Doorbell } from './doorbell.js';
import type { QueueSpec } from './queue-spec.js';
import { QUEUE_SPECS } from './worker-host.js';

/** What waits, read when it is asked for: in the queues, and in the outbox before them. */
@Injectable()
export class QueueMetrics {
  constructor(
    metrics: Metrics,
    doorbell: Doorbell,
    outbox: Outbox,
    database: Database,
    clock: Clock,
    @Inject(QUEUE_SPECS) specs: readonly QueueSpec[],
  ) {
    metrics.gauge({
      name: 'chitra_queue_depth',
      help: 'Jobs in the queue, by queue and state (wait, prioritized, active, delayed, failed)',
      labelNames: ['queue', 'state'],
      async collect() {
        this.reset();
        for (const { name } of specs) {
          const counts = Object.entries(await doorbell.counts(name));
          for (const [state, count] of counts) this.set({ queue: name, state }, count);
        }
      },
    });
    metrics.gauge({
      name: 'chitra_queue_oldest_waiting_seconds',
      help: 'Time since the oldest job that waits was rung for, by queue; 0 when none waits',
      labelNames: ['queue'],
      async collect() {
        const now = clock.now().getTime();
        this.reset();
        for (const { name } of specs) {
          const oldest = await doorbell.oldestWaiting(name);
          const seconds = oldest ? Math.max(0, now - oldest.getTime()) / 1000 : 0;
          this.set({ queue: name }, seconds);
        }
      },
    });
    const backlog = readOnce(() => outbox.backlog(database.reader));
    metrics.gauge({
      name: 'chitra_outbox_waiting',
      help: 'Events that a subscriber has not finished with, counted once for each subscriber',
      async collect() {
        this.set((await backlog()).waiting);
      },
    });
    metrics.gauge({
      name: 'chitra_outbox_lag_seconds',
      help: 'Age of the oldest event that a subscriber has not finished with; 0 when there is none',
      async collect() {
        const { oldest } = await backlog();
        this.set(oldest ? (clock.now().getTime() - oldest.getTime()) / 1000 : 0);
      },
    });
  }
}
