import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { MOODS, refuses } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock, newId } from '../kernel/index.js';
import { rows } from '../platform/database/index.js';

const MINUTE = 60_000;
const atInstant = (number: string) => ({ account: { bin: INSTANT_BIN, number } });

describe('operating a run', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: PaymentDesk;

  beforeAll(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await paymentDesk(db, clock);
  });
  afterAll(() => db.close());
  beforeEach(() => {
    desk.doorbell.take();
    desk.instant.usually(MOODS.settles);
    desk.bulk.usually(MOODS.settles);
  });

  const reader = () => db.database.reader;
  const actor = () => desk.office.preparer;
  const run = (runId: string) => desk.runs.find(reader(), runId);
  const happened = async (runId: string) =>
    (await desk.runs.history(reader(), runId)).map((event) => event.happened);
  const entitlements = async (batchId: string) =>
    (
      await rows<{ state: string }>(
        reader(),
        `select e.state from batch_line l join entitlement e on e.id = l.entitlement_id
          where l.batch_id = $1 order by l.line_no`,
        [batchId],
      )
    ).map((e) => e.state);

  it('is refused to who may not, for a run that is not there, and in the wrong state', async () => {
    const { runId } = await desk.running([{}]);
    const nobody = { ...actor(), permissions: new Set<never>() };
    const { operating } = desk;
    const reason = 'chờ đối chiếu';
    await expect(operating.pause({ actor: nobody, runId, reason })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(operating.pause({ actor: actor(), runId: newId(), reason })).rejects.toMatchObject(
      {
        code: 'payments.run-not-found',
      },
    );
    await expect(operating.resume({ actor: actor(), runId })).rejects.toMatchObject({
      code: 'payments.run-not-in-state',
    });
    await desk.work();
    await desk.sweeper.sweep();
    expect(await run(runId)).toMatchObject({ state: 'finished' });
    for (const act of ['pause', 'cancel'] as const) {
      await expect(operating[act]({ actor: actor(), runId, reason })).rejects.toMatchObject({
        code: 'payments.run-not-in-state',
      });
    }
    expect(await happened(runId)).toEqual(['created', 'started', 'finished']);
  });

  it('of ten who pause at once one does', async () => {
    const { runId } = await desk.running([{}]);
    const pauses = await Promise.allSettled(
      Array.from({ length: 10 }, () =>
        desk.operating.pause({ actor: actor(), runId, reason: 'dừng lại' }),
      ),
    );
    expect(pauses.filter((p) => p.status === 'fulfilled')).toHaveLength(1);
    expect((await happened(runId)).filter((h) => h === 'paused')).toHaveLength(1);
  });

  it('a resumed run goes on at once, also with what was rung for while it was paused', async () => {
    const { runId } = await desk.running([{}]);
    await desk.operating.pause({ actor: actor(), runId, reason: 'dừng lại' });
    await desk.work();
    expect(await desk.states(runId)).toEqual(['ready']);
    await desk.operating.resume({ actor: actor(), runId });
    await desk.sweeper.sweep();
    await desk.work();
    expect(await desk.states(runId)).toEqual(['settled']);
  });

  it('resuming before the day sends nothing before the day', async () => {
    const batch = await desk.approved([{}], { payOn: '2026-11-23' });
    await desk.createRun.handle(batch);
    const runId = await desk.runOf(batch.batchId);
    await desk.operating.pause({ actor: actor(), runId, reason: 'dừng lại' });
    await desk.operating.resume({ actor: actor(), runId });
    await desk.passTime(60 * MINUTE, 20 * MINUTE);
    expect(await desk.states(runId)).toEqual(['ready']);
  });

  it('while paused doubts are still asked about', async () => {
    desk.instant.usually(MOODS.doubtfulBooked);
    const { runId } = await desk.running([atInstant('880001'), atInstant('880002')]);
    const [first] = await desk.payments(runId);
    await desk.sending.handle({ submissionId: first?.submissionId ?? '' });
    await desk.operating.pause({ actor: actor(), runId, reason: 'dừng lại' });
    await desk.passTime(MINUTE);
    expect(await desk.states(runId)).toEqual(['settled', 'ready']);
  });

  it('cancelling takes back what is not sent and follows the rest to its end', async () => {
    desk.instant.script('990001', MOODS.settles);
    desk.instant.script('990002', MOODS.doubtfulBooked);
    desk.instant.script('990003', MOODS.doubtfulNotBooked);
    desk.instant.script('990004', refuses('AC06'));
    const numbers = ['990001', '990002', '990003', '990004', '990005', '990006'];
    const { runId, batchId } = await desk.running(numbers.map(atInstant));
    desk.doorbell.take();
    const payments = await desk.payments(runId);
    const byNumber = new Map(payments.map((p) => [p.accountNumber, p]));
    for (const number of numbers.slice(0, 4)) {
      await desk.sending.handle({ submissionId: byNumber.get(number)?.submissionId ?? '' });
    }
    const order = { actor: actor(), runId, reason: 'danh sách nhầm kỳ' };
    await desk.operating.cancel(order);
    await expect(desk.operating.cancel(order)).rejects.toMatchObject({
      code: 'payments.run-already-cancelled',
    });
    await Promise.all([desk.sweeper.sweep(), desk.sweeper.sweep()]);
    expect(await desk.states(runId)).toEqual([
      'settled',
      'unknown',
      'unknown',
      'rejected',
      'cancelled',
      'cancelled',
    ]);
    expect(await entitlements(batchId)).toEqual([
      'paid',
      'in_batch',
      'in_batch',
      'open',
      'open',
      'open',
    ]);
    expect(await run(runId)).toMatchObject({ state: 'running' });
    await expect(desk.operating.resume({ actor: actor(), runId })).rejects.toMatchObject({
      code: 'payments.run-already-cancelled',
    });
    // The booked one is found; the other is proven never to have happened, and not sent again.
    await desk.passTime(40 * MINUTE, MINUTE);
    await desk.sweeper.sweep();
    expect(await desk.states(runId)).toEqual([
      'settled',
      'settled',
      'cancelled',
      'rejected',
      'cancelled',
      'cancelled',
    ]);
    expect(await entitlements(batchId)).toEqual(['paid', 'paid', 'open', 'open', 'open', 'open']);
    expect(await run(runId)).toMatchObject({ state: 'finished' });
    expect(await happened(runId)).toEqual(['created', 'started', 'cancelled', 'finished']);
    for (const number of ['990003', '990005']) {
      expect(desk.instant.booking(byNumber.get(number)?.reference ?? '')).toBeUndefined();
    }
    const open = await rows(
      reader(),
      `select 1 from submission where run_id = $1 and state in ('waiting', 'sending')`,
      [runId],
    );
    expect(open).toEqual([]);
  });

  it('a cancel that races the senders leaves nobody between: sent and followed, or taken back', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { runId, batchId } = await desk.running(
        Array.from({ length: 8 }, (_, nth) => atInstant(`9${round}77${nth}0`)),
      );
      desk.doorbell.take();
      const before = desk.instant.calls.length;
      const payments = await desk.payments(runId);
      await Promise.all([
        ...payments.map((p) => desk.sending.handle({ submissionId: p.submissionId })),
        desk.operating.cancel({ actor: actor(), runId, reason: 'danh sách nhầm kỳ' }),
        desk.sweeper.sweep(),
      ]);
      await desk.sweeper.sweep();
      const states = await desk.states(runId);
      expect(new Set([...states, 'settled', 'cancelled'])).toEqual(
        new Set(['settled', 'cancelled']),
      );
      expect(desk.instant.calls.length - before).toBe(states.filter((s) => s === 'settled').length);
      expect(await entitlements(batchId)).toEqual(
        states.map((s) => (s === 'settled' ? 'paid' : 'open')),
      );
      expect(await run(runId)).toMatchObject({ state: 'finished' });
    }
  });

  it('a cancelled run that never began finishes too', async () => {
    const batch = await desk.approved([{}], { payOn: '2026-12-23' });
    await desk.createRun.handle(batch);
    const runId = await desk.runOf(batch.batchId);
    await desk.operating.cancel({ actor: actor(), runId, reason: 'danh sách nhầm kỳ' });
    await desk.sweeper.sweep();
    expect(await run(runId)).toMatchObject({ state: 'finished' });
    expect(await entitlements(batch.batchId)).toEqual(['open']);
  });
});
