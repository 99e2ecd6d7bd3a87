import { paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { MOODS } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { AskAfterAccepted } from './ask-after-accepted.js';

const HOUR = 3_600_000;
const NOW = new Date('2026-11-20T02:00:00Z');

describe('what a bank took in and says no more of', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: PaymentDesk;
  let asking: AskAfterAccepted;

  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(NOW);
    desk = await paymentDesk(db, clock);
    asking = new AskAfterAccepted(db.database, clock);
    desk.bulk.usually(MOODS.accepts);
  });
  afterEach(() => db.close());

  const bank = () => desk.banks.of('bulk-bank');
  const plan = () => asking.plan(bank());
  const acceptedRun = async () => {
    const { runId } = await desk.running([{}, {}, {}]);
    await desk.work();
    return runId;
  };
  const isAskedAt = async (runId: string) =>
    (await desk.payments(runId)).map((p) => p.nextEnquiryAt);
  const acceptedAfterMs = 2 * HOUR;

  it('is asked about when its time has come, and not before', async () => {
    await plan();
    const runId = await acceptedRun();
    clock.advanceMs(acceptedAfterMs - 1000);
    expect(await plan()).toBe(0);
    expect(await isAskedAt(runId)).toEqual([null, null, null]);
    clock.advanceMs(61_000);
    expect(await plan()).toBe(3);
  });

  it('is planned once by many who look at the same moment', async () => {
    await plan();
    await acceptedRun();
    clock.advanceMs(acceptedAfterMs + 61_000);
    const planned = await Promise.all([plan(), plan(), plan(), plan()]);
    expect(planned.sort((a, b) => b - a)).toEqual([3, 0, 0, 0]);
  });

  it('is found also after a clock ran far ahead and was set back', async () => {
    clock.advanceMs(24 * HOUR);
    await plan();
    clock.set(NOW);
    const runId = await acceptedRun();
    clock.advanceMs(acceptedAfterMs + 61_000);
    expect(await plan()).toBe(3);
    expect(await isAskedAt(runId)).not.toContain(null);
  });
});
