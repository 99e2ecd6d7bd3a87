import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { comeBackLater, MOODS, refuses } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';

const START = new Date('2026-11-20T02:00:00Z');
const atInstant = { account: { bin: INSTANT_BIN } };

describe('sending', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: PaymentDesk;

  beforeAll(async () => {
    db = await testDatabase();
    clock = new ManualClock(START);
    desk = await paymentDesk(db, clock);
  });
  afterAll(() => db.close());
  beforeEach(() => {
    desk.doorbell.take();
    for (const bank of [desk.bulk, desk.instant]) {
      bank.usually(MOODS.settles);
      bank.onEnquiry('truth');
      bank.beforeAnswer = null;
    }
  });

  const submission = (id: string) =>
    one<{ state: string; tries: number; notBefore: Date }>(
      db.database.reader,
      `select state, tries, not_before as "notBefore" from submission where id = $1`,
      [id],
    );
  const attempts = (submissionId: string) =>
    rows<{ outcome: string | null; why: string | null }>(
      db.database.reader,
      `select outcome, why from attempt where submission_id = $1 order by started_at, id`,
      [submissionId],
    );
  const onePayment = async (runId: string) => {
    const [payment, ...more] = await desk.payments(runId);
    if (!payment || more.length > 0) throw new Error('one payment expected');
    return payment;
  };
  const send = (submissionId: string) => desk.sending.handle({ submissionId });

  it('is done once, however many workers answer the same ring at once', async () => {
    const { runId } = await desk.running([{}, {}]);
    const [payment] = await desk.payments(runId);
    const id = payment?.submissionId ?? '';
    await Promise.all(Array.from({ length: 20 }, () => send(id)));
    await send(id);
    expect(desk.bulk.sendingsOf(payment?.reference ?? '')).toHaveLength(1);
    expect(await submission(id)).toMatchObject({ state: 'answered', tries: 1 });
    expect(await attempts(id)).toEqual([{ outcome: 'answered', why: null }]);
    expect(await desk.states(runId)).toEqual(['settled', 'settled']);
  });

  it('is not done before the day, while paused, or once cancelled', async () => {
    const later = await desk.approved([{}], { payOn: '2026-11-23' });
    await desk.createRun.handle(later);
    const { runId: paused } = await desk.running([{}]);
    const { runId: cancelled } = await desk.running([{}]);
    const actor = desk.office.preparer;
    await desk.operating.pause({ actor, runId: paused, reason: 'chờ đối chiếu' });
    await desk.operating.cancel({ actor, runId: cancelled, reason: 'nhầm kỳ' });
    for (const runId of [await desk.runOf(later.batchId), paused, cancelled]) {
      const payment = await onePayment(runId);
      await send(payment.submissionId);
      expect(desk.bulk.sendingsOf(payment.reference)).toEqual([]);
      expect(payment.state).toBe('ready');
    }
  });

  it('sends nothing to people who died or were put on hold after the batch was signed', async () => {
    const later = await desk.approved([{}, {}, {}], { payOn: '2026-11-23' });
    await desk.createRun.handle(later);
    const runId = await desk.runOf(later.batchId);
    const [dead, held, well] = await desk.payments(runId);
    const set = (column: string, value: string, id = '') =>
      execute(db.database.reader, `update beneficiary set ${column} where id = $1`, [id, value]);
    await set('deceased_on = $2::date', '2026-11-21', dead?.beneficiaryId);
    await set("hold_reason = 'MD07', held_at = $2::timestamptz", '2026-11-21', held?.beneficiaryId);
    await desk.passTime(4 * 24 * 3_600_000);
    expect(await desk.states(runId)).toEqual(['cancelled', 'cancelled', 'settled']);
    for (const p of [dead, held]) expect(desk.bulk.sendingsOf(p?.reference ?? '')).toEqual([]);
    expect(desk.bulk.sendingsOf(well?.reference ?? '')).toHaveLength(1);
    const owed = await rows<{ state: string; batchId: string | null }>(
      db.database.reader,
      'select state, batch_id as "batchId" from entitlement where id = any($1::uuid[])',
      [[dead?.entitlementId, held?.entitlementId]],
    );
    expect(owed).toEqual(Array(2).fill({ state: 'open', batchId: null }));
    clock.set(START);
  });

  it('is not called after the clock was set back between the attempt and the call', async () => {
    const { runId } = await desk.running([atInstant]);
    const { reference, submissionId } = await onePayment(runId);
    clock.advanceMs(3_600_000);
    const now = clock.now.bind(clock);
    let looks = 0;
    clock.now = () => new Date(now().getTime() - 60_000 * (looks += 1));
    await send(submissionId);
    clock.now = now;
    expect(desk.instant.sendingsOf(reference)).toEqual([]);
    expect(await desk.states(runId)).toEqual(['ready']);
  });

  it('lets a pause that comes during the claim wait, and every claim after it find the pause', async () => {
    const { runId } = await desk.running(Array.from({ length: 12 }, () => atInstant));
    const payments = await desk.payments(runId);
    const before = desk.instant.calls.length;
    const actor = desk.office.preparer;
    const sends = payments.map((p) => send(p.submissionId));
    await desk.operating.pause({ actor, runId, reason: 'dừng lại' });
    const calledByThen = desk.instant.calls.length;
    await Promise.all(sends);
    const states = await desk.states(runId);
    const sent = states.filter((s) => s === 'settled').length;
    expect(states.filter((s) => s === 'ready')).toHaveLength(12 - sent);
    expect(desk.instant.calls.length - before).toBe(sent);
    // Claimed before the pause committed, called perhaps after it: never more than claims could be under way.
    expect(desk.instant.calls.length - calledByThen).toBeLessThanOrEqual(10);
    for (const p of await desk.payments(runId)) if (p.state === 'ready') await send(p.submissionId);
    expect(await desk.states(runId)).toEqual(states);
  });

  it('is tried again later under the same reference when surely nothing was sent', async () => {
    desk.instant.usually(MOODS.neverGotIt);
    const { runId } = await desk.running([atInstant]);
    const { reference, submissionId } = await onePayment(runId);
    await desk.work();
    const first = clock.now();
    expect(await onePayment(runId)).toMatchObject({ state: 'ready', reference });
    expect(await submission(submissionId)).toEqual({
      state: 'waiting',
      tries: 1,
      notBefore: new Date(first.getTime() + 1000),
    });
    await desk.sweeper.sweep();
    expect(await desk.work()).toBe(0);
    await desk.passTime(1000);
    expect(await submission(submissionId)).toEqual({
      state: 'waiting',
      tries: 2,
      notBefore: new Date(first.getTime() + 3000),
    });
    desk.instant.usually(MOODS.settles);
    await desk.passTime(2000);
    expect(await desk.states(runId)).toEqual(['settled']);
    expect(desk.instant.sendingsOf(reference)).toHaveLength(3);
    expect(desk.instant.booking(reference)?.credits).toBe(1);
    expect((await attempts(submissionId)).map((a) => a.outcome)).toEqual([
      'not-sent',
      'not-sent',
      'answered',
    ]);
  });

  it("waits as long as the bank's Retry-After asks, when that is longer", async () => {
    desk.instant.usually(comeBackLater(45_000));
    const { runId } = await desk.running([atInstant]);
    await desk.work();
    const { submissionId } = await onePayment(runId);
    const until = new Date(clock.now().getTime() + 45_000);
    expect((await submission(submissionId))?.notBefore).toEqual(until);
    clock.set(until);
  });

  it('is not done by a sender that was held up between its claim and its call', async () => {
    const { runId } = await desk.running([atInstant]);
    const { reference, submissionId } = await onePayment(runId);
    const frozen = new HeldUpClock(START, clock);
    const slow = await paymentDesk(db, frozen, { office: desk.office });
    frozen.heldUpMs = 6000;
    await slow.sending.handle({ submissionId });
    expect(slow.instant.sendingsOf(reference)).toEqual([]);
    expect(await onePayment(runId)).toMatchObject({ state: 'ready', reference });
    expect(await attempts(submissionId)).toEqual([
      { outcome: 'not-sent', why: 'the sender was held up before the call' },
    ]);
  });

  describe.each([
    ['throws', MOODS.throwsBooked],
    ['answers nothing at all', MOODS.saysNullBooked],
    ['leaves the references out', MOODS.leavesOutBooked],
    ['speaks of strangers', MOODS.speaksOfStrangers],
    ['cannot tell', MOODS.doubtfulBooked],
  ])('to a bank that has booked and %s', (_, mood) => {
    it.each(['bulk', 'instant'] as const)('leaves a doubt at once (%s)', async (which) => {
      const bank = desk[which];
      bank.usually(mood);
      const { runId } = await desk.running(which === 'bulk' ? [{}, {}] : [atInstant, atInstant]);
      await desk.work();
      expect(await desk.states(runId)).toEqual(['unknown', 'unknown']);
      const [payment] = await desk.payments(runId);
      expect(await attempts(payment?.submissionId ?? '')).toMatchObject([{ outcome: 'unknown' }]);
      expect(payment?.nextEnquiryAt).toEqual(new Date(clock.now().getTime() + 60_000));
      await desk.passTime(60_000);
      expect(await desk.states(runId)).toEqual(['settled', 'settled']);
      expect(bank.paidTwice()).toEqual([]);
    });
  });

  it.each([
    ['of an unlisted kind', { kind: 'banana' }],
    ['a refusal without a reason', { kind: 'rejected' }],
    ['with a sequence that is no whole number', { kind: 'settled', sequence: 1.5 }],
    ['with a time that is none', { kind: 'settled', at: new Date('never') }],
    ['with a wait that is none', { kind: 'not-sent', why: 'busy', retryAfterMs: Number.NaN }],
    ['a text', 'settled'],
  ])('takes an answer %s for a doubt, and spoils no neighbour by it', async (_, answer) => {
    const { runId } = await desk.running([{}, {}]);
    const [first, second] = await desk.payments(runId);
    const { payMany } = desk.bulk;
    desk.bulk.payMany = async (order, call) => {
      const said = await payMany?.(order, call);
      said?.set(first?.reference ?? '', JSON.parse(JSON.stringify(answer), revive));
      return said ?? new Map();
    };
    await desk.work();
    desk.bulk.payMany = payMany;
    expect(await desk.states(runId)).toEqual(['unknown', 'settled']);
    expect(await attempts(second?.submissionId ?? '')).toMatchObject([{ outcome: 'partly' }]);
  });

  it('hears every payment of a message on its own', async () => {
    const owed = ['0011', '0012', '0013'].map((number) => ({
      account: { number: `77770${number}` },
    }));
    desk.bulk.script('777700012', refuses('AC01'));
    desk.bulk.script('777700013', MOODS.accepts);
    const { runId } = await desk.running(owed);
    await desk.work();
    const payments = await desk.payments(runId);
    expect(new Map(payments.map((p) => [p.accountNumber, [p.state, p.reasonCode]]))).toEqual(
      new Map([
        ['777700011', ['settled', null]],
        ['777700012', ['rejected', 'AC01']],
        ['777700013', ['accepted', null]],
      ]),
    );
  });

  it('to a bank that hangs ends with the time-out and leaves a doubt', async () => {
    const brisk = await paymentDesk(db, clock, {
      office: desk.office,
      instant: { timeoutMs: 100 },
    });
    brisk.instant.usually(MOODS.hangsBooked);
    const { runId } = await brisk.running([atInstant]);
    await brisk.work();
    expect(await brisk.states(runId)).toEqual(['unknown']);
    await brisk.passTime(60_000);
    expect(await brisk.states(runId)).toEqual(['settled']);
    expect(brisk.instant.paidTwice()).toEqual([]);
  });
});

const revive = (key: string, value: unknown): unknown => {
  if (key === 'at' && value === null) return new Date('never');
  return key === 'retryAfterMs' && value === null ? Number.NaN : value;
};

// Once at the bank's gate, twice around the look at the whole batch, and once for the claim.
const LOOKS_UP_TO_THE_CLAIM = 4;

/** The time of another clock, until the claim has looked at it; from then on much later: the machine froze. */
class HeldUpClock extends ManualClock {
  heldUpMs = 0;
  private looks = 0;

  constructor(
    at: Date,
    private readonly real: ManualClock,
  ) {
    super(at);
  }

  override now(): Date {
    this.looks += this.heldUpMs > 0 ? 1 : 0;
    const late = this.looks > LOOKS_UP_TO_THE_CLAIM ? this.heldUpMs : 0;
    return new Date(this.real.now().getTime() + late);
  }
}
