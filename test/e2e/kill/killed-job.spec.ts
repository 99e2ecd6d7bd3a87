import { emptyDatabase } from '../../setup/database.js';
import { program, type Program } from '../../setup/program.js';
import { describeWithRedis } from '../../setup/redis.js';

const STORY_MS = 60_000;
/** Longer than the lock and the look for stalled jobs of the workers that are killed. */
const STALLED_MS = 6_000;

/** A worker is killed in the middle of a job; tells whether the next one is given that job, and its end. */
async function killInTheMiddle(given: { purpose: 'money' | 'work'; redisUrl?: string }) {
  const database = await emptyDatabase();
  const name = `killed-${given.purpose}`;
  const processes: Program[] = [];
  const start = (act: 'put' | 'work' | 'look') => {
    const env = {
      NODE_ENV: 'test',
      DATABASE_URL: database.url,
      ...(given.redisUrl ? { REDIS_URL: given.redisUrl } : {}),
    };
    const made = program('test/e2e/kill/job-process.js', { env, args: [act, given.purpose, name] });
    processes.push(made);
    return made;
  };
  try {
    await start('put').says(/state wait/);
    const first = start('work');
    await first.says(/started/);
    await first.end();
    const second = start('work');
    await second.says(/ready/);
    await new Promise((wake) => setTimeout(wake, STALLED_MS));
    const look = start('look');
    await look.says(/state \w+/);
    return { startedAgain: second.written().includes('started'), state: stateIn(look) };
  } finally {
    for (const each of processes) await each.end();
    await database.close();
  }
}

const stateIn = (look: Program) => /state (\w+)/.exec(look.written())?.[1];

describe('a job whose worker is killed', () => {
  const both = (backend: () => { redisUrl?: string }) => {
    let money: Awaited<ReturnType<typeof killInTheMiddle>>;
    let work: typeof money;
    // Both at once, as most of it is waiting for locks to run out.
    beforeAll(async () => {
      [money, work] = await Promise.all([
        killInTheMiddle({ purpose: 'money', ...backend() }),
        killInTheMiddle({ purpose: 'work', ...backend() }),
      ]);
    }, STORY_MS);

    it('is never started again on a queue for money', () => {
      expect(money).toEqual({ startedAgain: false, state: 'failed' });
    });

    // So that the test above is known to see it.
    it('is started once more on a queue for other work', () => {
      expect(work).toMatchObject({ startedAgain: true });
    });
  };

  describe('in PostgreSQL', () => both(() => ({})));
  describeWithRedis('in Redis', (redis) => both(() => ({ redisUrl: redis().url })));
});
