import { Injectable } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import type { Worker } from 'bullmq';
import { z } from 'zod';
import { queueProgram, until } from '../../../test/builders/queue-program.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { describeWith, describeWithRedis } from '../../../test/setup/redis.js';
import { testCluster, testSentinel } from '../../../test/setup/redis-groups.js';
import { execute } from '../database/index.js';
import { Metrics } from '../metrics/index.js';
import { Doorbell, JobHandler, type QueueSpec } from './index.js';
import { WorkerHost } from './worker-host.js';

const QUEUE: QueueSpec = { name: 'tries', purpose: 'work', concurrency: 2, lockDurationMs: 30_000 };
const payload = z.object({ word: z.string().max(20) });

@JobHandler({ name: 'tries.hear', schema: payload })
@Injectable()
class Hear {
  readonly heard: string[] = [];
  readonly finished: string[] = [];
  private open: (() => void) | undefined;
  private readonly held = new Promise<void>((done) => {
    this.open = done;
  });

  async handle({ word }: z.infer<typeof payload>): Promise<void> {
    this.heard.push(word);
    if (word === 'fail') throw new Error('cannot hear that');
    if (word === 'hold') await this.held;
    this.finished.push(word);
  }

  letGo(): void {
    this.open?.();
  }
}

let rung = 0;
const ring = (program: TestingModule, word: unknown, name = 'tries.hear') => {
  rung += 1;
  const of = { name, id: `job-${rung}`, payload: { word: word as string } };
  return program.get(Doorbell).ring(QUEUE.name, [of]);
};

async function figure(program: TestingModule, line: string): Promise<string | undefined> {
  const text = await program.get(Metrics).registry.metrics();
  return text
    .split('\n')
    .find((row) => row.startsWith(line))
    ?.split(' ')
    .at(-1);
}

function stories(addressOf: () => string | undefined): void {
  let db: TestDatabase;
  const programs = new Set<TestingModule>();
  const start = async (more: { watchEveryMs?: number; role?: string } = {}) => {
    const program = await queueProgram({
      databaseUrl: db.url,
      redisUrl: addressOf(),
      providers: [Hear],
      specs: [QUEUE],
      watchEveryMs: more.watchEveryMs,
      environment: { ROLE: more.role ?? 'all', SHUTDOWN_TIMEOUT_MS: '10000' },
    });
    programs.add(program);
    return program;
  };
  const stop = async (program: TestingModule) => {
    programs.delete(program);
    await program.close();
  };

  beforeEach(async () => {
    db = await testDatabase();
  });
  afterEach(async () => {
    for (const program of programs) {
      program.get(Hear).letGo();
      await stop(program);
    }
    await db.close();
  });

  it('refuses a ring for no queue, and an id that the queue would misread, before anything is rung', async () => {
    const program = await start();
    const doorbell = program.get(Doorbell);
    const good = { name: 'tries.hear', id: 'good', payload: { word: 'good' } };
    await expect(doorbell.ring('nowhere', [good])).rejects.toThrow('no such queue');
    for (const id of ['', '12', 'a:b']) {
      const rings = [good, { ...good, id }];
      await expect(doorbell.ring(QUEUE.name, rings)).rejects.toThrow('not a job id');
    }
    expect((await doorbell.counts(QUEUE.name)).wait).toBe(0);
    expect(program.get(Hear).heard).toEqual([]);
  });

  it('lets nothing past the border that is not a payload, and no failure stops the next job', async () => {
    const program = await start();
    await ring(program, 42);
    await ring(program, 'a word that is far too long for this');
    await ring(program, 'known', 'tries.nobody-hears');
    await ring(program, 'fail');
    await ring(program, 'after');
    const { heard, finished } = program.get(Hear);
    await until(() => finished.includes('after') && heard.includes('fail'));
    const failed = 'chitra_queue_jobs_total{queue="tries"';
    await until(
      async () => (await figure(program, `${failed},job="tries.hear",result="failed"`)) === '3',
    );
    expect(await figure(program, `${failed},job="unknown",result="failed"`)).toBe('1');
    expect(heard.sort()).toEqual(['after', 'fail']);
    expect(await figure(program, 'chitra_queue_depth{queue="tries",state="failed"}')).toBe('4');
  });

  it('runs nothing in the web role, and tells how much waits', async () => {
    const program = await start({ role: 'web' });
    await ring(program, 'later');
    await new Promise((wake) => setTimeout(wake, 300));
    expect(program.get(Hear).heard).toEqual([]);
    expect(await figure(program, 'chitra_queue_depth{queue="tries",state="wait"}')).toBe('1');
    const worker = await start({ role: 'worker' });
    await until(() => worker.get(Hear).finished.length === 1);
  });

  it('ends what is under way before it closes, and takes nothing new', async () => {
    const program = await start();
    const hear = program.get(Hear);
    await ring(program, 'hold');
    await until(() => hear.heard.length === 1);
    let closed = false;
    const closing = stop(program).then(() => {
      closed = true;
    });
    await new Promise((wake) => setTimeout(wake, 100));
    const other = await start({ role: 'web' });
    await ring(other, 'too late');
    await new Promise((wake) => setTimeout(wake, 300));
    expect(closed).toBe(false);
    hear.letGo();
    await closing;
    expect(hear.finished).toEqual(['hold']);
    expect(hear.heard).toEqual(['hold']);
    expect((await other.get(Doorbell).counts(QUEUE.name)).wait).toBe(1);
  });

  it('says how long the job has waited that waits longest, and nothing while none waits', async () => {
    const program = await start({ role: 'web' });
    const oldest = () => figure(program, 'chitra_queue_oldest_waiting_seconds{queue="tries"}');
    expect(await oldest()).toBe('0');
    await ring(program, 'first');
    await new Promise((wake) => setTimeout(wake, 300));
    await ring(program, 'second');
    const seconds = Number(await oldest());
    expect(seconds).toBeGreaterThanOrEqual(0.3);
    expect(seconds).toBeLessThan(20);
  });

  it('starts a worker anew that silently takes nothing, and tells that it was stuck', async () => {
    const program = await start({ watchEveryMs: 300 });
    const running = Reflect.get(program.get(WorkerHost), 'running') as Map<string, object>;
    const worker = Reflect.get(running.get(QUEUE.name) ?? {}, 'worker') as Worker;
    await worker.pause();
    expect(await figure(program, 'chitra_queue_stuck{queue="tries"}')).toBe('0');
    await ring(program, 'at last');
    await until(async () => (await figure(program, 'chitra_queue_stuck{queue="tries"}')) === '1');
    await until(() => program.get(Hear).finished.length === 1);
    await until(async () => (await figure(program, 'chitra_queue_stuck{queue="tries"}')) === '0');
    expect(
      Number(await figure(program, 'chitra_queue_worker_restarts_total{queue="tries"}')),
    ).toBeGreaterThan(0);
  });
}

describe('a queue in PostgreSQL', () => {
  stories(() => undefined);

  it('whose tables go before a worker has seen them gets new ones, and another worker', async () => {
    const db = await testDatabase();
    const both = { databaseUrl: db.url, providers: [Hear], specs: [QUEUE] };
    const web = await queueProgram({ ...both, environment: { ROLE: 'web' } });
    const isRung = (word: string) =>
      ring(web, word).then(
        () => true,
        () => false,
      );
    await until(() => isRung('lost'));
    const opened = async () => {
      await execute(db.database.reader, 'drop schema chitra_queue cascade');
    };
    const worker = await queueProgram({ ...both, opened });
    try {
      await until(() => isRung('heard after all'));
      await until(() => worker.get(Hear).finished.includes('heard after all'));
    } finally {
      await worker.close();
      await web.close();
      await db.close();
    }
  });

  it('whose tables are gone gets new ones from its workers, two at once, and goes on', async () => {
    const db = await testDatabase();
    const both = { databaseUrl: db.url, providers: [Hear], specs: [QUEUE] };
    const programs = [await queueProgram(both), await queueProgram(both)] as const;
    const finished = () => programs.flatMap((program) => program.get(Hear).finished);
    try {
      await ring(programs[0], 'before');
      await until(() => finished().length === 1);
      // Against workers that are just reading, dropping may lose a deadlock.
      await until(() =>
        execute(db.database.reader, 'drop schema chitra_queue cascade').then(
          () => true,
          () => false,
        ),
      );
      await until(() =>
        ring(programs[0], 'after').then(
          () => true,
          () => false,
        ),
      );
      await until(() => finished().length === 2);
      // Whichever of the two programs took which.
      expect(finished().sort()).toEqual(['after', 'before']);
    } finally {
      for (const program of programs) await program.close();
      await db.close();
    }
  });
});

describeWithRedis('a queue in Redis', (redis) => {
  beforeEach(() => redis().flush());
  stories(() => redis().url);
});

describeWith('a queue in a Redis Cluster', testCluster, (cluster) => {
  beforeEach(() => cluster().flush());
  stories(() => cluster().url);
});

describeWith('a queue in a Redis that sentinels watch', testSentinel, (sentinel) => {
  beforeEach(() => sentinel().flush());
  stories(() => sentinel().url);
});
