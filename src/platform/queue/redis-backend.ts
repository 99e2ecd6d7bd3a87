import { setDefaultBackendFactory } from 'bullmq';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { SettingsError, type RedisAddress } from '../config/index.js';
import { logger } from '../logging/index.js';
import type { QueueBackend } from './queue-backend.js';

const log = logger('queue');
const CONNECTED_WITHIN_MS = 10_000;

/** Fail fast: a web request must not hang because Redis is away; the sweeper rings later. */
const PRODUCER = { maxRetriesPerRequest: 2, commandTimeout: 5000 } satisfies RedisOptions;
/** BullMQ's own rule for the blocking side: keep trying for ever. */
const WORKER = { maxRetriesPerRequest: null } satisfies RedisOptions;

const LAZY = { enableOfflineQueue: false, lazyConnect: true } as const;
/** Sentinels and clusters are asked again for ever, unless they are told not to. */
const ONCE = {
  retryStrategy: () => null,
  sentinelRetryStrategy: () => null,
  clusterRetryStrategy: () => null,
} as const;

/** A master that became a replica under us refuses what it took before: who answers at its name now? */
const AGAIN_AND_RESEND = 2;
const followMaster = {
  reconnectOnError: (error: Error) =>
    error.message.startsWith('READONLY') ? AGAIN_AND_RESEND : false,
} satisfies RedisOptions;

/** @throws SettingsError when no Redis answers there, or one that would lose or refuse rings. */
export async function openRedis(address: RedisAddress, prefix: string): Promise<QueueBackend> {
  setDefaultBackendFactory();
  const first = clientOf(address, PRODUCER, { ...LAZY, ...ONCE });
  try {
    await assertFit(first, address);
  } finally {
    first.disconnect();
  }
  const producer = clientOf(address, PRODUCER, LAZY);
  producer.on('error', (error: Error) =>
    log.warn({ error: error.message }, 'redis producer connection'),
  );
  try {
    await connected(producer, address);
  } catch (error) {
    producer.disconnect();
    throw error;
  }
  const worker = clientOf(address, WORKER, {});
  worker.on('error', (error: Error) =>
    log.warn({ error: error.message }, 'redis worker connection'),
  );
  return {
    producer,
    worker,
    // A cluster keeps what stands within braces together on one node: each queue on one, not all on the same.
    prefixOf: (name) => (address.kind === 'cluster' ? `{${prefix}:${name}}` : prefix),
    // In a cluster a key's node must answer: any other would say that all is well.
    ping: async () => {
      await producer.exists(`${prefix}:ping`);
    },
    // A Redis that lost everything is an empty one, and an empty one is in order.
    mend: () => Promise.resolve(),
    isLasting: () => false,
    close: () => {
      producer.disconnect();
      worker.disconnect();
      return Promise.resolve();
    },
  };
}

function clientOf(
  address: RedisAddress,
  options: RedisOptions,
  more: Partial<typeof LAZY & typeof ONCE>,
): Redis | Cluster {
  if (address.kind === 'one')
    return new Redis(address.url, { ...options, ...more, ...followMaster });
  const { username, password, tls } = address;
  const entry = { ...options, username, password, ...(tls ? { tls: {} } : {}) };
  if (address.kind === 'cluster') {
    return new Cluster([...address.nodes], {
      ...more,
      redisOptions: entry,
      // The certificate is of the node's name, not of the number behind it.
      ...(tls ? { dnsLookup: (host, found) => found(null, host) } : {}),
    });
  }
  const sentinels = [...address.nodes];
  const watched = { sentinels, name: address.name, enableTLSForSentinelMode: tls };
  return new Redis({ ...entry, ...more, ...followMaster, ...watched });
}

async function assertFit(client: Redis | Cluster, address: RedisAddress): Promise<void> {
  await connected(client, address);
  // Every server that takes rings.
  for (const server of client instanceof Cluster ? client.nodes('master') : [client]) {
    const told = await server.info().catch(() => refuse(NOBODY[address.kind]));
    const said = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(told)?.[1];
    if (said('cluster_enabled') === '1' && address.kind !== 'cluster') {
      refuse('that Redis is a node of a cluster: write redis+cluster://');
    }
    if (said('role') === 'slave') {
      refuse('that Redis is a replica and takes nothing: name its master');
    }
    const policy = said('maxmemory_policy') ?? 'not told';
    if (policy !== 'noeviction') refuse(`maxmemory-policy must be noeviction, it is ${policy}`);
  }
}

const NOBODY = {
  one: 'no Redis answers there',
  cluster: 'no node of a Redis Cluster in good order answers there',
  sentinel: 'no sentinel there names a master by that name that answers',
} as const;

// A cluster whose nodes are there and that is not in order lets one wait without an end.
async function connected(client: Redis | Cluster, { kind }: RedisAddress): Promise<void> {
  let heard = '';
  const listen = (error: Error & { lastNodeError?: Error }) => {
    heard += `${error.message} ${error.lastNodeError?.message ?? ''}\n`;
  };
  client.on('error', listen);
  let late: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, fail) => {
    late = setTimeout(() => fail(new Error('too late')), CONNECTED_WITHIN_MS);
  });
  try {
    await Promise.race([client.connect(), tooLate]);
  } catch (error) {
    listen(error as Error);
    // Not the cause's words: they may hold the address, and with it the password.
    if (/WRONGPASS|NOAUTH/.test(heard)) refuse('its user or password is refused there');
    if (/cluster support disabled/.test(heard)) {
      refuse('that Redis is no cluster: write redis://');
    }
    refuse(NOBODY[kind]);
  } finally {
    clearTimeout(late);
    client.off('error', listen);
  }
}

function refuse(why: string): never {
  throw new SettingsError([`REDIS_URL: ${why}`]);
}
