import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { MOODS, refuses, type EnquiryMood } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { rows } from '../platform/database/index.js';

const MINUTE = 60_000;
const WINDOW = 10 * MINUTE;
const atInstant = { account: { bin: INSTANT_BIN } };

describe('enquiring', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: PaymentDesk;

  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    desk = await paymentDesk(db, clock);
  });
  afterEach(() => db.close());

  const doubtful = async (mood = MOODS.doubtfulNotBooked) => {
    desk.instant.usually(mood);
    const { runId } = await desk.running([atInstant]);
    await desk.work();
    expect(await desk.states(runId)).toEqual(['unknown']);
    return { runId, payment: await only(runId) };
  };
  const only = async (runId: string) => {
    const [payment, ...more] = await desk.payments(runId);
    if (!payment || more.length > 0) throw new Error('one payment expected');
    return payment;
  };
  const enquiries = () => desk.instant.calls.filter((c) => c.kind === 'enquire').length;
  const answersAbout = (paymentId: string) =>
    rows<{ answer: string }>(
      db.database.reader,
      `select answer from enquiry_answer where payment_id = $1 order by at`,
      [paymentId],
    );

  it.each(['unknown', 'throws', 'null', 'leaves-out'] as EnquiryMood[])(
    'a bank that answers `%s` keeps the doubt, and is asked again at growing intervals',
    async (mood) => {
      const { runId, payment } = await doubtful(MOODS.doubtfulBooked);
      desk.instant.onEnquiry(mood);
      const sentAt = clock.now().getTime();
      const askedAfter: number[] = [];
      for (let minute = 1; minute <= 70; minute += 1) {
        const before = enquiries();
        await desk.passTime(MINUTE);
        if (enquiries() > before) askedAfter.push((clock.now().getTime() - sentAt) / MINUTE);
      }
      expect(askedAfter).toEqual([1, 6, 36, 66]);
      expect(await only(runId)).toMatchObject({ state: 'unknown', enquiries: 4 });
      expect((await answersAbout(payment.id)).map((a) => a.answer)).toEqual(
        Array.from({ length: 4 }, () => 'unknown'),
      );
      desk.instant.onEnquiry('truth');
      await desk.passTime(30 * MINUTE);
      expect(await desk.states(runId)).toEqual(['settled']);
    },
  );

  it('"not found" inside the window keeps the doubt, and sends nothing', async () => {
    const { runId, payment } = await doubtful();
    await desk.passTime(9 * MINUTE, MINUTE);
    expect((await answersAbout(payment.id)).map((a) => a.answer)).toEqual([
      'not-found',
      'not-found',
    ]);
    expect(await desk.states(runId)).toEqual(['unknown']);
    expect(desk.instant.sendingsOf(payment.reference)).toHaveLength(1);
  });

  it('"not found" after the window is proof: sent again under the same reference, in a new message', async () => {
    const { runId, payment } = await doubtful();
    desk.instant.usually(MOODS.settles);
    await desk.passTime(40 * MINUTE, MINUTE);
    const after = await only(runId);
    expect(after).toMatchObject({ state: 'settled', reference: payment.reference });
    expect(after.submissionId).not.toBe(payment.submissionId);
    expect(desk.instant.sendingsOf(payment.reference)).toHaveLength(2);
    expect(desk.instant.paidTwice()).toEqual([]);
  });

  it('an answer that was given inside the window and heard after it proves nothing', async () => {
    const { runId } = await doubtful();
    clock.advanceMs(6 * MINUTE);
    // The asker freezes between the bank's answer and our record of it; meanwhile the bank books.
    desk.instant.beforeAnswer = () => {
      desk.instant.beforeAnswer = null;
      clock.advanceMs(WINDOW);
      return Promise.resolve();
    };
    await desk.enquiring.handle({ bankCode: 'instant-bank' });
    expect(await desk.states(runId)).toEqual(['unknown']);
  });

  it('two askers of one bank ask about each payment once', async () => {
    desk.instant.usually(MOODS.doubtfulBooked);
    const { runId } = await desk.running(Array.from({ length: 4 }, () => atInstant));
    await desk.work();
    clock.advanceMs(MINUTE);
    await Promise.all(
      Array.from({ length: 8 }, () => desk.enquiring.handle({ bankCode: 'instant-bank' })),
    );
    const asked = desk.instant.calls
      .filter((c) => c.kind === 'enquire')
      .flatMap((c) => c.references);
    expect([...asked].sort()).toEqual((await desk.payments(runId)).map((p) => p.reference).sort());
    expect(new Set(await desk.states(runId))).toEqual(new Set(['settled']));
  });

  it('a doubt that the bank has refused ends rejected, with its reason', async () => {
    desk.instant.usually({ ...refuses('AC04'), says: 'unknown' });
    const { runId } = await desk.running([atInstant]);
    await desk.work();
    await desk.passTime(MINUTE);
    expect(await only(runId)).toMatchObject({ state: 'rejected', reasonCode: 'AC04' });
  });

  it('an accepted payment without news is asked about, and stays accepted while the bank says so', async () => {
    desk.instant.usually(MOODS.accepts);
    const { runId } = await desk.running([atInstant]);
    await desk.work();
    const { reference } = await only(runId);
    await desk.passTime(119 * MINUTE, 60 * MINUTE - 30_000);
    expect(enquiries()).toBe(0);
    await desk.passTime(MINUTE);
    expect(enquiries()).toBe(1);
    expect(await only(runId)).toMatchObject({ state: 'accepted' });
    desk.instant.onEnquiry('not-found');
    await desk.passTime(40 * MINUTE, MINUTE);
    expect(enquiries()).toBe(3);
    expect(await only(runId)).toMatchObject({ state: 'accepted' });
    desk.instant.onEnquiry('truth');
    desk.instant.becomes(reference, 'settled');
    await desk.passTime(40 * MINUTE, MINUTE);
    expect(await desk.states(runId)).toEqual(['settled']);
  });

  it('an enquiry whose asker died is closed, and the payment is asked about at its next time', async () => {
    const { runId } = await doubtful(MOODS.doubtfulBooked);
    clock.advanceMs(MINUTE);
    desk.instant.beforeAnswer = () => new Promise(() => undefined);
    // It wakes when its call times out, perhaps after this test's database is gone.
    desk.enquiring.handle({ bankCode: 'instant-bank' }).catch(() => undefined);
    for (let tries = 0; tries < 400 && enquiries() < 1; tries += 1) await tick();
    desk.instant.beforeAnswer = null;
    await desk.passTime(5 * MINUTE, MINUTE);
    expect(await desk.states(runId)).toEqual(['settled']);
    const open = await rows(db.database.reader, 'select 1 from attempt where ended_at is null');
    expect(open).toEqual([]);
  });
});

const tick = () => new Promise((wake) => setTimeout(wake, 5));
