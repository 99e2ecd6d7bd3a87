import {
  createPostgresBackend,
  runMigrations,
  setDefaultBackendFactory,
  type ConnectionOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { SettingsError, type AppConfig } from '../config/index.js';
import { VANISHED } from '../database/index.js';
import { logger } from '../logging/index.js';

const log = logger('queue');

/** Connections of one queue object to PostgreSQL: commands only; LISTEN has its own. */
const POSTGRES_POOL_PER_QUEUE = 2;

/** The two ends of a queue, and how to let go of them. */
export interface QueueBackend {
  readonly producer: ConnectionOptions;
  readonly worker: ConnectionOptions;
  /** Throws when the backend does not answer. */
  ping(): Promise<void>;
  /** Makes the place of the queues anew when this error of theirs says that it is gone; does nothing for others. */
  mend(error: unknown): Promise<void>;
  close(): Promise<void>;
}

/**
 * Chooses Redis (REDIS_URL) or PostgreSQL for BullMQ, process-wide, and makes it ready.
 * @throws SettingsError when Redis may evict keys: a doorbell that forgets is refused at the door.
 */
export function openQueueBackend(config: AppConfig): Promise<QueueBackend> {
  return config.settings.REDIS_URL
    ? openRedis(config.settings.REDIS_URL)
    : openPostgres(config.databaseUrl, config.settings.QUEUE_PREFIX);
}

async function openRedis(url: string): Promise<QueueBackend> {
  setDefaultBackendFactory();
  // Fail fast: a web request must not hang because Redis is away; the sweeper rings later.
  const producer = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 2,
    commandTimeout: 5000,
    lazyConnect: true,
  });
  producer.on('error', (error) => log.warn({ error: error.message }, 'redis producer connection'));
  try {
    await assertNeverForgets(producer);
  } catch (error) {
    producer.disconnect();
    throw error;
  }
  // BullMQ's own rule for the blocking side: keep trying for ever.
  const worker = new Redis(url, { maxRetriesPerRequest: null });
  worker.on('error', (error) => log.warn({ error: error.message }, 'redis worker connection'));
  return {
    producer,
    worker,
    ping: async () => {
      await producer.ping();
    },
    // A Redis that lost everything is an empty one, and an empty one is in order.
    mend: () => Promise.resolve(),
    close: () => {
      producer.disconnect();
      worker.disconnect();
      return Promise.resolve();
    },
  };
}

async function assertNeverForgets(redis: Redis): Promise<void> {
  let memory: string;
  try {
    await redis.connect();
    memory = await redis.info('memory');
  } catch {
    // Not the cause's words: they may hold the address, and with it the password.
    throw new SettingsError(['REDIS_URL: no Redis answers there']);
  }
  const policy = /maxmemory_policy:(\S+)/.exec(memory)?.[1] ?? 'not told';
  if (policy !== 'noeviction') {
    throw new SettingsError([`REDIS_URL: maxmemory-policy must be noeviction, it is ${policy}`]);
  }
}

/** SQLSTATEs of a schema, table, function or type that is not there. */
const GONE: readonly unknown[] = ['3F000', '42P01', '42883', '42704'];

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
    ping: async () => {
      await probe.query('select 1');
    },
    // Dropped by hand, say, or left out of a backup that was restored under the running service.
    mend: async (error) => {
      if (!GONE.includes((error as { code?: unknown } | null)?.code)) return;
      await makeQueueSchema(connectionString, schema);
      log.error({ schema }, 'the tables of the queues were gone and are made anew');
    },
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
