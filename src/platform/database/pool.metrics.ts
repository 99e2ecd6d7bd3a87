import { Injectable } from '@nestjs/common';
import { AppConfig } from '../config/index.js';
import { Metrics } from '../metrics/index.js';
import { Database } from './database.js';

/** How much of its connections to PostgreSQL this process uses; the queues have theirs beside. */
@Injectable()
export class PoolMetrics {
  constructor(metrics: Metrics, database: Database, config: AppConfig) {
    metrics.gauge({
      name: 'chitra_database_connections',
      help: 'Connections of this process to the database, by state (in-use, idle)',
      labelNames: ['state'],
      collect() {
        const { open, idle } = database.pool();
        this.set({ state: 'in-use' }, open - idle);
        this.set({ state: 'idle' }, idle);
      },
    });
    metrics.gauge({
      name: 'chitra_database_connections_max',
      help: 'Connections that this process may have at once (DATABASE_POOL_MAX)',
      collect() {
        this.set(config.settings.DATABASE_POOL_MAX);
      },
    });
    metrics.gauge({
      name: 'chitra_database_waiting',
      help: 'Statements and transactions of this process that wait for a connection',
      collect() {
        this.set(database.pool().waiting);
      },
    });
  }
}
