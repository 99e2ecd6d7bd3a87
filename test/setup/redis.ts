import { randomBytes } from 'node:crypto';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from '../../src/platform/database/index.js';

const PROGRAM = 'redis-server';
const READY_WITHIN_MS = 30_000;
const ENDED_WITHIN_MS = 10_000;

export interface TestRedis {
  readonly url: string;
  /** Forgets everything: between two tests. */
  flush(): Promise<void>;
  /** SIGKILL: what an outage looks like. Or SIGTERM: an end in good order. */
  kill(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Starts it again on the same port with the same files; after `kill`. */
  revive(): Promise<void>;
  /** SIGSTOP and SIGCONT; SIGKILL without waiting, for who ends in a hurry. */
  signal(signal: NodeJS.Signals): void;
  /** Its files are gone, as with its disk; after `kill`. */
  loseFiles(): Promise<void>;
  close(): Promise<void>;
}

export const isRedisInstalled = (): boolean => spawnSync(PROGRAM, ['--version']).status === 0;

/**
 * A Redis of one's own with the settings that production insists on (noeviction, append-only file), on a free
 * port and in a temporary folder. Null where there is no redis-server; in CI that is a fault instead, so that
 * the tests of the Redis backend cannot be lost without anybody noticing.
 * @param given `address` of this machine at which others reach it: it asks them for a password; `args` of its own;
 * `sentinel`: it watches others and holds nothing itself.
 */
export async function testRedis(
  given: { address?: string; args?: readonly string[]; sentinel?: true } = {},
): Promise<TestRedis | null> {
  const { address } = given;
  if (!isRedisInstalled()) {
    if (process.env.CI) throw new Error(`CI has no ${PROGRAM}: .ci/run installs it`);
    return null;
  }
  const folder = await mkdtemp(join(tmpdir(), 'chitra-redis-'));
  const port = await freePort();
  const password = address ? randomBytes(16).toString('hex') : undefined;
  const url = address ? `redis://:${password}@${address}:${port}` : `redis://127.0.0.1:${port}`;
  const entry = address ? ['--bind', address, '--requirepass', password ?? ''] : [];
  const args = [
    ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
    ...['--maxmemory-policy', 'noeviction', '--appendonly', 'yes', '--appendfsync', 'everysec'],
    ...['--save', '', '--daemonize', 'no', '--loglevel', 'warning'],
    ...[...entry, ...(given.args ?? [])],
  ];
  const at = { folder, port, url, args: given.sentinel ? await sentinelIn(folder, port) : args };
  let server = await start(at);
  return {
    url,
    flush: async () => {
      await within(url, (client) => client.flushall());
    },
    kill: (signal = 'SIGKILL') => end(server, signal),
    revive: async () => {
      server = await start(at);
    },
    signal: (signal) => void server.kill(signal),
    loseFiles: async () => {
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder);
    },
    close: async () => {
      await end(server, 'SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A suite that needs Redis. Where there is none, one test stands in its place and says which suite was left
 * out and why: a run without Redis must not look like a run with it.
 */
export const describeWithRedis = (name: string, suite: (redis: () => TestRedis) => void): void =>
  describeWith(name, testRedis, suite);

/** The same for what is made of several servers. */
export function describeWith<T extends { close(): Promise<void> }>(
  name: string,
  open: () => Promise<T | null>,
  suite: (opened: () => T) => void,
): void {
  if (!isRedisInstalled() && !process.env.CI) {
    describe(name, () => {
      it(`is left out: there is no ${PROGRAM} on this machine (apt-get install ${PROGRAM})`, () => {
        process.stderr.write(`left out: "${name}", because ${PROGRAM} is not installed\n`);
        expect(isRedisInstalled()).toBe(false);
      });
    });
    return;
  }
  describe(name, () => {
    let opened: T | null = null;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());
    // Inside, so that what the suite started is stopped before its Redis is.
    describe('over Redis', () =>
      suite(() => {
        if (!opened) throw new Error('Redis is there from beforeAll on, not earlier');
        return opened;
      }));
  });
}

/** It writes down what it watches in its configuration file. */
async function sentinelIn(folder: string, port: number): Promise<string[]> {
  const file = join(folder, 'sentinel.conf');
  await writeFile(file, `port ${port}\nbind 127.0.0.1\ndir ${folder}\n`);
  return [file, '--sentinel'];
}

async function start(at: {
  port: number;
  url: string;
  args: readonly string[];
}): Promise<ChildProcess> {
  const server = spawn(PROGRAM, at.args, { stdio: 'ignore' });
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    const ready = await within(at.url, (client) => client.ping()).then(
      () => true,
      () => false,
    );
    if (ready) return server;
    if (server.exitCode !== null || Date.now() > deadline) {
      server.kill('SIGKILL');
      throw new Error(`${PROGRAM} did not start on port ${at.port}`);
    }
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

/** One question on a connection of its own. */
export async function within<T>(url: string, act: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    // Its timer outlives a connection that never was, and would keep the test process waiting.
    disconnectTimeout: 50,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await act(client);
  } finally {
    client.disconnect();
  }
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise<void>((done) => server.once('exit', () => done()));
  server.kill(signal);
  const force = setTimeout(() => server.kill('SIGKILL'), ENDED_WITHIN_MS);
  await ended;
  clearTimeout(force);
}
