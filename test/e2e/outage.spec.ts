import { ManualClock } from '../../src/kernel/index.js';
import { rows } from '../../src/platform/database/index.js';
import { alertDesk } from '../builders/alert-desk.js';
import { paymentDesk, type PaymentDesk } from '../builders/payment-desk.js';
import { multitudeOwed } from '../builders/owed.js';
import { MOODS } from '../builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../setup/database.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const PAYMENTS = 5000;
const PER_SUBMISSION = 50;
/** Tries of an hour: after half a minute, one, two, four, eight, and then every ten. */
const A_HANDFUL = 10;

describe('a bank that goes away for an hour in the middle of 5,000 payments', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: PaymentDesk;
  let alerts: ReturnType<typeof alertDesk>;

  beforeAll(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    // Its breaker as the product ships it.
    desk = await paymentDesk(db, clock, { bulk: { maxPerSubmission: PER_SUBMISSION } });
    alerts = alertDesk(db.database, clock);
  });
  afterAll(() => db.close());

  const passTime = async (ms: number, stepMs: number) => {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await desk.passTime(stepMs);
      await alerts.evaluating.evaluate();
    }
  };
  const runOfMany = async () => {
    const [programme, period] = ['NCC_MONTHLY', '2027-01'];
    await multitudeOwed(db.database.reader, { count: PAYMENTS, period, amount: '1500000' });
    const order = { actor: desk.office.preparer, programme, period };
    const { batchId } = await desk.batches.assembling.assemble(order);
    await desk.createRun.handle(await desk.sign(batchId));
    await desk.sweeper.sweep();
    return desk.runOf(batchId);
  };
  const everAlerted = async () =>
    (await alerts.read.list({ before: null, limit: 100 })).map(({ rule }) => rule).sort();
  const standing = async (runId: string) => {
    const found = await rows<{ state: string; n: number }>(
      db.database.reader,
      'select state, count(*)::int as n from payment where run_id = $1 group by 1',
      [runId],
    );
    return Object.fromEntries(found.map(({ state, n }) => [state, n]));
  };

  it('is tried a handful of times, alarms once, and pays everybody once when it is back', async () => {
    const runId = await runOfMany();
    const rings = desk.doorbell.take();
    expect(rings).toHaveLength(PAYMENTS / PER_SUBMISSION);
    const paidBefore = rings.splice(0, rings.length / 2);
    for (const rung of paidBefore) await desk.answerRing(rung);
    expect(await standing(runId)).toEqual({ settled: PAYMENTS / 2, ready: PAYMENTS / 2 });

    // It dies with two messages booked and not answered, and one neither; then nobody can connect.
    desk.bulk.onEnquiry('throws');
    for (const [nth, rung] of rings.entries()) {
      const moods = [MOODS.throwsBooked, MOODS.doubtfulBooked, MOODS.doubtfulNotBooked];
      desk.bulk.usually(moods[nth] ?? MOODS.neverGotIt);
      await desk.answerRing(rung);
    }
    const callsBefore = desk.bulk.calls.length;
    expect(callsBefore).toBe(paidBefore.length + 5);
    await passTime(60 * MINUTE, 30 * SECOND);

    expect(desk.bulk.calls.length - callsBefore).toBeLessThanOrEqual(A_HANDFUL);
    expect(desk.bulk.calls.length).toBeGreaterThan(callsBefore);
    // Every call is an attempt, and there was none without a call.
    expect(await rows(db.database.reader, 'select count(*)::int as n from attempt')).toEqual([
      { n: desk.bulk.calls.length },
    ]);
    expect(await everAlerted()).toEqual(['bank-unreachable', 'payments-unknown']);
    const [outage] = await alerts.read.list({ before: null, limit: 100, rule: 'bank-unreachable' });
    const inDoubt = 3 * PER_SUBMISSION;
    expect(outage).toMatchObject({ state: 'open', count: PAYMENTS / 2 - inDoubt });
    expect(await standing(runId)).toEqual({
      settled: PAYMENTS / 2,
      unknown: inDoubt,
      ready: PAYMENTS / 2 - inDoubt,
    });

    desk.bulk.usually(MOODS.settles);
    desk.bulk.onEnquiry('truth');
    await passTime(60 * MINUTE, MINUTE);

    expect(await standing(runId)).toEqual({ settled: PAYMENTS });
    expect(desk.bulk.credited()).toHaveLength(PAYMENTS);
    expect(desk.bulk.paidTwice()).toEqual([]);
    expect(await everAlerted()).toEqual(['bank-unreachable', 'payments-unknown']);
    const living = await alerts.read.list({ before: null, limit: 100, state: 'open' });
    expect(living).toEqual([]);
    const failed = await rows(
      db.database.reader,
      `select 1 from payment_history where to_state in ('rejected', 'returned', 'cancelled')`,
    );
    expect(failed).toEqual([]);
    expect(await desk.runs.find(db.database.reader, runId)).toMatchObject({ state: 'finished' });
  }, 300_000);
});
