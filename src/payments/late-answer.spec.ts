import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { MOODS } from '../../test/builders/scripted-bank.js';
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

  it('its late doubt does not disturb a sending that has begun since', async () => {
    desk.instant.usually(MOODS.doubtfulNotBooked);
    const { runId } = await desk.running([atInstant]);
    desk.doorbell.take();
    const { submissionId, reference } = await onePayment(runId);
    let second: Promise<void> | undefined;
    let open: () => void = () => undefined;
    const gate = new Promise<void>((wake) => (open = wake));
    desk.instant.beforeAnswer = async () => {
      desk.instant.beforeAnswer = null;
      // Given up, asked about, proven never to have happened, and sent once more by another.
      clock.advanceMs(15_001);
      await desk.sweeper.sweep();
      clock.advanceMs(1_000_000);
      await desk.sweeper.sweep();
      await desk.work();
      clock.advanceMs(1000);
      await desk.sweeper.sweep();
      desk.instant.usually(MOODS.settles);
      desk.instant.beforeAnswer = () => gate;
      second = send((await onePayment(runId)).submissionId);
      for (
        let tries = 0;
        tries < 400 && desk.instant.sendingsOf(reference).length < 2;
        tries += 1
      ) {
        await tick();
      }
    };
    await send(submissionId);
    expect(await desk.states(runId)).toEqual(['sending']);
    open();
    await second;
    expect(await desk.states(runId)).toEqual(['settled']);
    expect(desk.instant.booking(reference)?.credits).toBe(1);
  });
});

const tick = () => new Promise((wake) => setTimeout(wake, 5));
