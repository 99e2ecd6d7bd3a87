import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../../test/builders/payment-desk.js';
import { MOODS } from '../../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../../test/setup/database.js';
import { ManualClock } from '../../kernel/index.js';
import { rows } from '../../platform/database/index.js';
import { SEND_SUBMISSION } from '../send-submission.js';

const MINUTE = 60_000;
const atInstant = { account: { bin: INSTANT_BIN } };
const times = <T>(n: number, one: T): T[] => Array.from({ length: n }, () => one);

describe('the sweeper', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: PaymentDesk;

  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    // Lets five messages through a minute: what may wait in the queue is little.
    desk = await paymentDesk(db, clock, { instant: { rateLimit: { max: 5, perMs: 20_000 } } });
  });
  afterEach(() => db.close());

  const queued = () => desk.doorbell.waitingFor('bank-instant-bank');
  const sendsHeard = () => desk.doorbell.heard.filter((r) => r.ring.name === SEND_SUBMISSION);

  it('rings once more for everything, when the queue has lost all of it', async () => {
    const { runId } = await desk.running([...times(4, {}), ...times(3, atInstant)]);
    expect(desk.doorbell.take()).toHaveLength(2 + 3);
    await desk.passTime(5_000);
    expect(await desk.states(runId)).toEqual(times(7, 'ready'));
    await desk.passTime(1);
    expect(await desk.states(runId)).toEqual(times(7, 'settled'));
    const ids = desk.doorbell.heard.map((r) => r.ring.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('rings once more for a ring that is lost among others, and not while it may only be slow', async () => {
    const { runId } = await desk.running(times(3, atInstant));
    const [, second, third] = desk.doorbell.take();
    if (!second || !third) throw new Error('three rings expected');
    await desk.doorbell.ring(second.queue, [second.ring, third.ring]);
    clock.advanceMs(MINUTE);
    await desk.sweeper.sweep();
    expect(queued()).toBe(2);
    clock.advanceMs(1);
    await desk.sweeper.sweep();
    await desk.work();
    expect(await desk.states(runId)).toEqual(times(3, 'settled'));
  });

  it('sees a submission through whose ring came twice, by two sweepers at once', async () => {
    const batch = await desk.approved(times(4, {}));
    await desk.createRun.handle(batch);
    await Promise.all(times(5, 0).map(() => desk.sweeper.sweep()));
    expect(sendsHeard()).toHaveLength(2);
    await desk.work((rings) => [...rings, ...rings].reverse());
    expect(desk.bulk.calls.filter((c) => c.kind === 'payMany')).toHaveLength(2);
  });

  it('rings for no more than the bank takes in a while, however large the backlog', async () => {
    await desk.running(times(30, atInstant));
    expect(queued()).toBe(5);
    await desk.sweeper.sweep();
    expect(queued()).toBe(5);
    // Nobody works for two hours: a bank that hangs, a queue that is full of what it cannot take.
    for (let minute = 0; minute < 120; minute += 1) {
      clock.advanceMs(MINUTE);
      await desk.sweeper.sweep();
    }
    expect(queued()).toBeLessThanOrEqual(5);
    await desk.passTime(MINUTE, 1000);
    const [first] = await rows<{ state: string }>(
      db.database.reader,
      `select string_agg(distinct state, ',') as state from payment`,
    );
    expect(first?.state).toBe('settled');
  });

  it('asks no more often about doubts than askers come, however long they wait', async () => {
    desk.instant.usually(MOODS.doubtfulBooked);
    await desk.running(times(5, atInstant));
    await desk.work();
    for (let second = 0; second < 600; second += 30) {
      clock.advanceMs(30_000);
      await desk.sweeper.sweep();
    }
    expect(queued()).toBeLessThanOrEqual(10);
  });

  it('does what needs only the database even when no queue answers', async () => {
    const { runId } = await desk.running([atInstant]);
    await desk.work();
    await desk.running([atInstant]);
    desk.doorbell.take();
    clock.advanceMs(2 * MINUTE);
    desk.doorbell.isBroken = true;
    await expect(desk.sweeper.sweep()).rejects.toThrow('no queue');
    const run = await desk.runs.find(db.database.reader, runId);
    expect(run?.state).toBe('finished');
  });

  it('starts a run at its time, once, by many sweepers', async () => {
    const batch = await desk.approved([{}]);
    await desk.createRun.handle(batch);
    await Promise.all(times(6, 0).map(() => desk.sweeper.sweep()));
    const history = await desk.runs.history(db.database.reader, await desk.runOf(batch.batchId));
    expect(history.map((h) => h.happened)).toEqual(['created', 'started']);
  });

  it('finishes a run when its last two outcomes come at once, and only then', async () => {
    desk.bulk.usually(MOODS.accepts);
    const { runId } = await desk.running([{}, {}]);
    await desk.work();
    await desk.sweeper.sweep();
    expect(await desk.runs.find(db.database.reader, runId)).toMatchObject({ state: 'running' });
    const [one, two] = await desk.payments(runId);
    const settle = (reference = '') =>
      db.database.transaction((tx) =>
        desk.outcomes.record(tx, {
          bankCode: 'bulk-bank',
          items: [{ reference, fact: { kind: 'settled' } }],
          cause: 'notice',
          sourceId: null,
          at: clock.now(),
        }),
      );
    await Promise.all([
      settle(one?.reference),
      desk.sweeper.sweep(),
      settle(two?.reference),
      desk.sweeper.sweep(),
    ]);
    await Promise.all(times(4, 0).map(() => desk.sweeper.sweep()));
    const history = await desk.runs.history(db.database.reader, runId);
    expect(history.map((h) => h.happened)).toEqual(['created', 'started', 'finished']);
  });

  it('gives up a sender that died in its call: the bank is asked, nothing is sent again', async () => {
    const { runId } = await desk.running([atInstant]);
    const [payment] = await desk.payments(runId);
    let open: () => void = () => undefined;
    const gate = new Promise<void>((wake) => (open = wake));
    desk.instant.beforeAnswer = () => gate;
    const working = desk.work();
    for (let tries = 0; tries < 400 && desk.instant.calls.length === 0; tries += 1) await tick();
    desk.instant.beforeAnswer = null;
    clock.advanceMs(15_000);
    await desk.sweeper.sweep();
    expect(await desk.states(runId)).toEqual(['sending']);
    clock.advanceMs(1);
    await desk.sweeper.sweep();
    expect(await desk.states(runId)).toEqual(['unknown']);
    await desk.passTime(1);
    expect(await desk.states(runId)).toEqual(['settled']);
    expect(desk.instant.sendingsOf(payment?.reference ?? '')).toHaveLength(1);
    // What it would have written had it lived changes nothing.
    open();
    await working;
    expect(await desk.states(runId)).toEqual(['settled']);
  });
});

const tick = () => new Promise((wake) => setTimeout(wake, 5));
