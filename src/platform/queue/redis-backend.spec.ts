import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { z } from 'zod';
import { queueProgram, until } from '../../../test/builders/queue-program.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import {
  testCluster,
  testSentinel,
  type TestCluster,
  type TestSentinel,
} from '../../../test/setup/redis-groups.js';
import { describeWith, describeWithRedis, within } from '../../../test/setup/redis.js';
import { AppConfig, readSettings } from '../config/index.js';
import { Doorbell, JobHandler, openQueueBackend, type QueueSpec } from './index.js';

const STORY_MS = 90_000;
const QUEUE: QueueSpec = { name: 'tries', purpose: 'work', concurrency: 2, lockDurationMs: 30_000 };
const OTHERS = ['alpha', 'beta', 'gamma', 'delta', 'epsilon'];
const specs = [QUEUE, ...OTHERS.map((name): QueueSpec => ({ ...QUEUE, name }))];

@JobHandler({ name: 'tries.hear', schema: z.object({ word: z.string() }) })
@Injectable()
class Hear {
  readonly heard = new Set<string>();

  handle({ word }: { word: string }): Promise<void> {
    this.heard.add(word);
    return Promise.resolve();
  }
}

const refusalOf = (redisUrl: string): Promise<string> =>
  openQueueBackend(
    new AppConfig(
      readSettings({ NODE_ENV: 'test', REDIS_URL: redisUrl }),
      {},
      'postgres://none/none',
    ),
  ).then(
    async (backend) => {
      await backend.close();
      return 'it was taken';
    },
    (error: unknown) => String(error),
  );

let rung = 0;
function ring(program: TestingModule, word: string, queue = QUEUE.name): Promise<void> {
  rung += 1;
  return program
    .get(Doorbell)
    .ring(queue, [{ name: 'tries.hear', id: `job-${rung}`, payload: { word } }]);
}

/** As the sweepers do: again and again until it was heard, whatever became of a ring. */
async function ringUntilHeard(program: TestingModule, word: string): Promise<void> {
  const { heard } = program.get(Hear);
  await until(async () => {
    await ring(program, word).catch(() => undefined);
    await new Promise((wake) => setTimeout(wake, 200));
    return heard.has(word);
  });
}

/** A name that somebody moves from one server to another: connections that are open stay where they are. */
async function movingName() {
  let to = '';
  const open = new Set<Socket>();
  const name: Server = createServer((from) => {
    const there = connect(Number(to), '127.0.0.1');
    for (const [end, other] of [
      [from, there],
      [there, from],
    ] as const) {
      open.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => other.destroy());
      end.pipe(other);
    }
  });
  await new Promise<void>((done) => name.listen(0, '127.0.0.1', done));
  return {
    url: `redis://127.0.0.1:${(name.address() as AddressInfo).port}`,
    move: (url: string) => {
      to = new URL(url).port;
    },
    close: () => {
      for (const end of open) end.destroy();
      name.close();
    },
  };
}

function aProgram(addressOf: () => string) {
  let db: TestDatabase;
  let program: TestingModule | undefined;
  beforeEach(async () => {
    db = await testDatabase();
  });
  afterEach(async () => {
    await program?.close();
    await db.close();
  });
  return async (redisUrl = addressOf()) => {
    const parts = { databaseUrl: db.url, redisUrl, providers: [Hear], specs };
    program = await queueProgram(parts);
    return program;
  };
}

describeWithRedis('a single Redis', (redis) => {
  const host = () => new URL(redis().url).host;

  it('is refused as a cluster, and as what sentinels watch', async () => {
    expect(await refusalOf(`redis+cluster://${host()}`)).toContain(
      'REDIS_URL: that Redis is no cluster: write redis://',
    );
    expect(await refusalOf(`redis+sentinel://${host()}/chitra`)).toContain(
      'REDIS_URL: no sentinel there names a master by that name that answers',
    );
  });

  it('is refused with a wrong password, which is not told', async () => {
    await within(redis().url, (client) => client.config('SET', 'requirepass', 'right'));
    const refused = await refusalOf(`redis://:geheim@${host()}`);
    await within(`redis://:right@${host()}`, (client) => client.config('SET', 'requirepass', ''));
    expect(refused).toContain('REDIS_URL: its user or password is refused there');
    expect(refused).not.toContain('geheim');
  });
});

describeWith('a Redis Cluster', testCluster, (cluster: () => TestCluster) => {
  const start = aProgram(() => cluster().url);

  it('is refused as a single Redis, when a node may evict, and when no node is there', async () => {
    const [node] = cluster().nodes;
    const url = node?.url ?? '';
    expect(await refusalOf(url)).toContain(
      'REDIS_URL: that Redis is a node of a cluster: write redis+cluster://',
    );
    await within(url, (client) => client.config('SET', 'maxmemory-policy', 'volatile-ttl'));
    const refused = await refusalOf(cluster().url);
    await within(url, (client) => client.config('SET', 'maxmemory-policy', 'noeviction'));
    expect(refused).toContain('maxmemory-policy must be noeviction, it is volatile-ttl');
    expect(await refusalOf('redis+cluster://:geheim@127.0.0.1:1,127.0.0.1:2')).toMatch(
      /REDIS_URL: no node of a Redis Cluster in good order answers there$/,
    );
  });

  it('keeps each queue on one node, and not all on the same', async () => {
    const program = await start();
    for (const { name } of specs) await ring(program, name, name);
    const masters = await Promise.all(
      specs.map(({ name }) => cluster().masterOf(`{chitra:${name}}:any`)),
    );
    expect(new Set(masters).size).toBeGreaterThan(1);
    for (const [nth, { name }] of specs.entries()) {
      const keys = await within(masters[nth]?.url ?? '', (client) =>
        client.keys(`{chitra:${name}}:${name}:*`),
      );
      expect(keys.length).toBeGreaterThan(0);
    }
  });

  it(
    'whose node dies goes on with the replica: the worker hears again, and rings are taken again',
    async () => {
      const program = await start();
      await ringUntilHeard(program, 'before');
      const dies = await cluster().masterOf(`{chitra:${QUEUE.name}}:any`);
      await dies.kill();
      await ringUntilHeard(program, 'after');
      expect(await cluster().masterOf(`{chitra:${QUEUE.name}}:any`)).not.toBe(dies);
      await dies.revive();
    },
    STORY_MS,
  );
});

describeWith('a master and its replica', testSentinel, (watched: () => TestSentinel) => {
  const start = aProgram(() => watched().url);

  it(
    'that a sentinel watches: the replica is promoted by hand, and the doorbell goes with it',
    async () => {
      const program = await start();
      await ringUntilHeard(program, 'before');
      await watched().failOver();
      await ringUntilHeard(program, 'after');
    },
    STORY_MS,
  );

  it(
    'that a sentinel watches: the master dies, and the doorbell goes with the replica',
    async () => {
      const program = await start();
      await ringUntilHeard(program, 'before');
      const dies = await watched().master();
      await dies.kill();
      await until(async () => (await watched().master()) !== dies);
      await ringUntilHeard(program, 'after');
      await dies.revive();
    },
    STORY_MS,
  );

  it(
    'by a name that is moved by hand: what the old master refuses as a replica goes to the new one',
    async () => {
      const name = await movingName();
      try {
        const before = await watched().master();
        name.move(before.url);
        const program = await start(name.url);
        await ringUntilHeard(program, 'before');
        await watched().failOver();
        name.move((await watched().master()).url);
        await ringUntilHeard(program, 'after');
      } finally {
        name.close();
      }
    },
    STORY_MS,
  );

  it(
    'the replica is refused, and a name that no sentinel knows',
    async () => {
      const master = await watched().master();
      const replica = watched().servers.find((server) => server !== master);
      await until(async () =>
        within(replica?.url ?? '', async (client) => (await client.role())[0] === 'slave'),
      );
      expect(await refusalOf(replica?.url ?? '')).toContain(
        'REDIS_URL: that Redis is a replica and takes nothing: name its master',
      );
      expect(await refusalOf(watched().url.replace(watched().name, 'another'))).toContain(
        'REDIS_URL: no sentinel there names a master by that name that answers',
      );
    },
    STORY_MS,
  );
});
