import { describeWithRedis, type TestRedis } from '../../setup/redis.js';
import { killDesk, until } from './kill-desk.js';

const PEOPLE = 6;
const STORY_MS = 90_000;

/**
 * One worker is killed and another frozen while the bank has booked their payments and not answered yet; a third
 * takes over; then the frozen one wakes, long after its lease.
 */
async function story(backend: { redisUrl?: string; meanwhile?: () => Promise<void> }) {
  const desk = await killDesk(backend);
  try {
    desk.bank.hold(2);
    // The one to be frozen does not sweep: it is to stop in its call, and not with a lock of a sweep in its hand.
    const [killed, frozen] = await Promise.all([desk.worker(), desk.worker(3_600_000)]);
    await desk.approvedBatch(PEOPLE);
    await until(() => desk.bank.held() === 2);
    frozen.signal('SIGSTOP');
    await killed.end();
    expect(desk.bank.bookings.size).toBe(2);
    expect((await desk.payments()).filter((p) => p.state === 'sending')).toHaveLength(2);
    await backend.meanwhile?.();

    await desk.worker();
    await until(async () => (await desk.payments()).every((p) => p.state === 'settled'));
    await until(async () => (await desk.runs()).every((run) => run.state === 'finished'));
    frozen.signal('SIGCONT');
    // It wakes to its own time-out and to jobs that may have been given to it: a while for all that.
    await new Promise((wake) => setTimeout(wake, 3000));

    const payments = await desk.payments();
    expect(payments.map((p) => p.state)).toEqual(Array.from({ length: PEOPLE }, () => 'settled'));
    expect(new Map(payments.map((p) => [p.reference, 1]))).toEqual(desk.bank.bookings);
    const pays = (await desk.attempts()).filter((a) => a.kind === 'pay').map((a) => a.outcome);
    expect(pays.sort()).toEqual(['answered', 'answered', 'answered', 'answered', 'lost', 'lost']);
  } finally {
    await desk.close();
  }
}

describe('workers killed and frozen between the bank’s booking and our record', () => {
  it(
    'pay nobody twice and forget nobody, with the queues in PostgreSQL',
    () => story({}),
    STORY_MS,
  );

  describeWithRedis('pay nobody twice and forget nobody', (redis: () => TestRedis) => {
    it('with the queues in Redis', () => story({ redisUrl: redis().url }), STORY_MS);

    it(
      'nor when Redis forgets everything in between',
      () => story({ redisUrl: redis().url, meanwhile: () => redis().flush() }),
      STORY_MS,
    );
  });
});
