import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { MOODS, type Mood } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { rows } from '../platform/database/index.js';

const atInstant = { account: { bin: INSTANT_BIN } };

describe('a sender that does not come back within its lease', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: PaymentDesk;

  beforeAll(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await paymentDesk(db, clock);
  });
  afterAll(() => db.close());

  const onePayment = async (runId: string) => {
    const [payment, ...more] = await desk.payments(runId);
    if (!payment || more.length > 0) throw new Error('one payment expected');
    return payment;
  };
  const attempts = (submissionId: string) =>
    rows<{ outcome: string | null }>(
      db.database.reader,
      `select outcome from attempt where submission_id = $1 order by started_at, id`,
      [submissionId],
    );
  const submissionState = (id: string) =>
    rows<{ state: string }>(db.database.reader, `select state from submission where id = $1`, [id]);
  const send = (submissionId: string) => desk.sending.handle({ submissionId });

  /** The bank books, the lease runs out, the sweeper gives the sender up; then the sender wakes. */
  const lateAnswer = async (mood: (typeof MOODS)[keyof typeof MOODS]) => {
    desk.instant.usually(mood);
    const { runId } = await desk.running([atInstant]);
    desk.doorbell.take();
    const { submissionId } = await onePayment(runId);
    const during: string[] = [];
    desk.instant.beforeAnswer = async () => {
      clock.advanceMs(15_001);
      await desk.sweeper.sweep();
      during.push(...(await desk.states(runId)));
    };
    await send(submissionId);
    desk.instant.beforeAnswer = null;
    expect(during).toEqual(['unknown']);
    return { runId, submissionId };
  };

  it('its late `not-sent` is not believed: only the bank is', async () => {
    const { runId, submissionId } = await lateAnswer(MOODS.neverGotIt);
    expect(await desk.states(runId)).toEqual(['unknown']);
    expect(await submissionState(submissionId)).toEqual([{ state: 'answered' }]);
    expect(await attempts(submissionId)).toMatchObject([{ outcome: 'lost' }]);
  });

  it('its late `settled` counts', async () => {
    const { runId } = await lateAnswer(MOODS.settles);
    expect(await desk.states(runId)).toEqual(['settled']);
  });

  /** What the first sender is told when it wakes, after the payment was proven never to have happened and sent anew. */
  const wakesDuringTheSecond = async (first: Mood, second: Mood) => {
    desk.instant.usually(first);
    const { runId } = await desk.running([atInstant]);
    desk.doorbell.take();
    const { submissionId, reference } = await onePayment(runId);
    let sending: Promise<void> | undefined;
    let open: () => void = () => undefined;
    const gate = new Promise<void>((wake) => (open = wake));
    desk.instant.beforeAnswer = async () => {
      desk.instant.beforeAnswer = null;
      clock.advanceMs(15_001);
      await desk.sweeper.sweep();
      clock.advanceMs(1_000_000);
      desk.instant.onEnquiry('not-found');
      await desk.sweeper.sweep();
      await desk.work();
      desk.instant.onEnquiry('truth');
      clock.advanceMs(1000);
      await desk.sweeper.sweep();
      desk.instant.usually(second);
      desk.instant.beforeAnswer = () => gate;
      sending = send((await onePayment(runId)).submissionId);
      for (let looks = 0; looks < 400; looks += 1) {
        if (desk.instant.sendingsOf(reference).length === 2) break;
        await tick();
      }
    };
    await send(submissionId);
    const meanwhile = await onePayment(runId);
    open();
    await sending;
    desk.instant.beforeAnswer = null;
    return { meanwhile, inTheEnd: await onePayment(runId) };
  };

  it('its late doubt does not disturb a sending that has begun since', async () => {
    const seen = await wakesDuringTheSecond(MOODS.doubtfulNotBooked, MOODS.settles);
    expect(seen.meanwhile.state).toBe('sending');
    expect(seen.inTheEnd.state).toBe('settled');
    expect(desk.instant.booking(seen.inTheEnd.reference)?.credits).toBe(1);
  });

  it('its late `rejected` does not open the entitlement under a sending that has begun since', async () => {
    const forgets: Mood = { books: 'nothing', says: 'refusal', reason: { code: 'AM04' } };
    const seen = await wakesDuringTheSecond(forgets, MOODS.settles);
    expect(seen.meanwhile.state).toBe('sending');
    expect(seen.inTheEnd.state).toBe('settled');
    const owed = await rows(db.database.reader, 'select state from entitlement where id = $1', [
      seen.inTheEnd.entitlementId,
    ]);
    expect(owed).toEqual([{ state: 'paid' }]);
  });
});

const tick = () => new Promise((wake) => setTimeout(wake, 5));
