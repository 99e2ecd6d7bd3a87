import {
  createPostgresBackend,
  runMigrations,
  setDefaultBackendFactory,
  type ConnectionOptions,
} from 'bullmq';
import pg from 'pg';
import type { AppConfig } from '../config/index.js';
import { VANISHED } from '../database/index.js';
import { logger } from '../logging/index.js';
import type { QueueBackend } from './queue-backend.js';
import { openRedis } from './redis-backend.js';

const log = logger('queue');

/** Connections of one queue object to PostgreSQL: commands only; LISTEN has its own. */
const POSTGRES_POOL_PER_QUEUE = 2;

/**
 * Chooses Redis (REDIS_URL) or PostgreSQL for BullMQ, process-wide, and makes it ready.
 * @throws SettingsError when Redis may evict keys (a doorbell that forgets is refused at the door) or does not fit its address.
 */
export function openQueueBackend(config: AppConfig): Promise<QueueBackend> {
  const { QUEUE_PREFIX: prefix } = config.settings;
  const { redis } = config;
  return redis ? openRedis(redis, prefix) : openPostgres(config.databaseUrl, prefix);
}

/** SQLSTATEs of a schema, table, function or type that is not there. */
const GONE: readonly unknown[] = ['3F000', '42P01', '42883', '42704'];

/** BullMQ looks for its tables once, when a worker connects, and keeps the answer. */
const wasNotThere = (error: unknown): boolean =>
  error instanceof Error && error.name === 'SchemaMigrationRequiredError';

async function openPostgres(connectionString: string, prefix: string): Promise<QueueBackend> {
  setDefaultBackendFactory(createPostgresBackend);
  const schema = `${prefix}_queue`;
  await makeQueueSchema(connectionString, schema);
  const connection = {
    connectionString,
    schema,
    max: POSTGRES_POOL_PER_QUEUE,
    keepAlive: true,
    // A ring may be lost, so no ring waits for the disk: the sweeper rings again.
    options: `-c synchronous_commit=off ${VANISHED}`,
  };
  const probe = new pg.Pool({ connectionString, max: 1 });
  probe.on('error', (error) => log.warn({ error: error.message }, 'queue database connection'));
  return {
    producer: connection as ConnectionOptions,
    worker: connection as ConnectionOptions,
    prefixOf: () => prefix,
    ping: async () => {
      await probe.query('select 1');
    },
    // Dropped by hand, say, or left out of a backup that was restored under the running service.
    mend: async (error) => {
      if (!GONE.includes((error as { code?: unknown } | null)?.code) && !wasNotThere(error)) return;
      await makeQueueSchema(connectionString, schema);
      log.error({ schema }, 'the tables of the queues were gone and are made anew');
    },
    isLasting: wasNotThere,
    close: () => probe.end(),
  };
}

/** Any number of processes may do this at once; where all is there, nothing changes. */
async function makeQueueSchema(connectionString: string, schema: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  // A connection that is cut is told by the statement under way; without a listener it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await runMigrations(client, schema);
  } finally {
    await client.end().catch(() => undefined);
  }
}
