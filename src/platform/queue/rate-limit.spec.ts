import { Injectable } from '@nestjs/common';
import type { TestingModule } from '@nestjs/testing';
import { z } from 'zod';
import { queueProgram, until } from '../../../test/builders/queue-program.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { describeWithRedis } from '../../../test/setup/redis.js';
import { Doorbell, JobHandler, type QueueSpec } from './index.js';

/** As a bank's queue is: started once, and no faster than its contract lets us. */
const QUEUE: QueueSpec = {
  name: 'narrow',
  purpose: 'money',
  concurrency: 8,
  rateLimit: { max: 5, perMs: 1000 },
  lockDurationMs: 30_000,
};
const JOBS = 18;

@JobHandler({ name: 'narrow.pass', schema: z.object({ nth: z.number() }) })
@Injectable()
class Pass {
  readonly at: number[] = [];

  handle(): Promise<void> {
    this.at.push(Date.now());
    return Promise.resolve();
  }
}

function theLimit(addressOf: () => string | undefined): void {
  let db: TestDatabase;
  const programs: TestingModule[] = [];
  beforeAll(async () => {
    db = await testDatabase();
  });
  afterAll(async () => {
    for (const program of programs) await program.close();
    await db.close();
  });

  it('lets no more jobs start than the bank allows, over two workers together, and loses none', async () => {
    for (let nth = 0; nth < 2; nth += 1) {
      programs.push(
        await queueProgram({
          databaseUrl: db.url,
          redisUrl: addressOf(),
          providers: [Pass],
          specs: [QUEUE],
        }),
      );
    }
    const passes = programs.map((program) => program.get(Pass));
    const rings = Array.from({ length: JOBS }, (_, nth) => ({
      name: 'narrow.pass',
      id: `pass-${nth}`,
      payload: { nth },
    }));
    await programs[0]?.get(Doorbell).ring(QUEUE.name, rings);
    const all = (): number[] => passes.flatMap((pass) => pass.at).sort((a, b) => a - b);
    await until(() => all().length === JOBS);
    const starts = all();
    const first = starts[0] ?? 0;
    // 18 jobs at 5 a second fill four windows: the last one starts in the fourth.
    expect((starts.at(-1) ?? 0) - first).toBeGreaterThanOrEqual(2500);
  });
}

describe('a rate limit, with the queues in PostgreSQL', () => theLimit(() => undefined));

describeWithRedis('a rate limit, with the queues in Redis', (redis) => theLimit(() => redis().url));
