import { INSTANT_BIN, paymentDesk, type PaymentDesk } from '../../test/builders/payment-desk.js';
import { comeBackLater, MOODS } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { BankGate, BankHealthReads } from '../banks/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { ENQUIRE_PAYMENTS } from './enquire-payments.js';
import { SEND_SUBMISSION } from './send-submission.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const atInstant = { account: { bin: INSTANT_BIN } };
const times = <T>(n: number, each: T): T[] => Array.from({ length: n }, () => each);
const INSTANT = 'instant-bank';

describe('a bank that goes away', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let desk: PaymentDesk;

  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    const breaker = { failures: 3, forgetAfterMs: 600_000, openMs: 30_000, maxOpenMs: 600_000 };
    desk = await paymentDesk(db, clock, { instant: { breaker } });
  });
  afterEach(() => db.close());

  const health = async (bankCode = INSTANT) => {
    const found = await new BankHealthReads().all(db.database.reader);
    return found.find((row) => row.bankCode === bankCode);
  };
  const happened = async () => {
    const of = { bankCode: INSTANT, before: null, limit: 100 };
    const found = await new BankHealthReads().history(db.database.reader, of);
    return found.map((entry) => entry.happened).reverse();
  };
  const calls = (bank = desk.instant) => bank.calls.length;
  const attempts = async () =>
    (await one<{ n: number }>(db.database.reader, 'select count(*)::int as n from attempt'))?.n;
  const waiting = () =>
    rows<{ id: string; tries: number; notBefore: Date }>(
      db.database.reader,
      `select id, tries, not_before as "notBefore" from submission where state = 'waiting' order by id`,
    );
  const switchTo = (to: 'on' | 'off') =>
    desk.switching.switch({
      actor: desk.office.accountant,
      bankCode: INSTANT,
      to,
      reason: 'bảo trì',
    });

  it('is called no more, whatever is still in the queue; nothing is claimed, written or moved for it', async () => {
    desk.instant.usually(MOODS.neverGotIt);
    const { runId } = await desk.running(times(10, atInstant));
    const before = await waiting();
    await desk.work();
    expect(calls()).toBe(3);
    expect(await attempts()).toBe(3);
    expect(await health()).toMatchObject({
      state: 'open',
      failures: 3,
      lastWhy: 'refused to connect',
    });
    const untouched = (await waiting()).filter(({ tries }) => tries === 0);
    expect(untouched).toHaveLength(7);
    expect(before).toEqual(expect.arrayContaining(untouched));
    await desk.passTime(29 * SECOND, SECOND);
    expect(calls()).toBe(3);
    expect(desk.doorbell.heard).toHaveLength(10);
    expect(new Set(await desk.states(runId))).toEqual(new Set(['ready']));
  });

  it('is tried once when that is due, however many workers come at the same moment', async () => {
    desk.instant.usually(MOODS.neverGotIt);
    await desk.running(times(8, atInstant));
    await desk.work();
    clock.advanceMs(30 * SECOND);
    const ids = (await waiting()).map(({ id }) => id);
    await Promise.all(
      [...ids, ...ids].map((submissionId) => desk.sending.handle({ submissionId })),
    );
    expect(calls()).toBe(3 + 1);
    expect(await health()).toMatchObject({ state: 'open', probes: 1 });
    expect(await happened()).toEqual(['opened', 'probing', 'reopened']);
  });

  it('is rung for once at each try, and comes back by itself', async () => {
    desk.instant.usually(MOODS.neverGotIt);
    const { runId } = await desk.running(times(8, atInstant));
    await desk.work();
    await desk.passTime(15 * MINUTE, 5 * SECOND);
    // After 30 s, then 1, 2, 4 and 8 minutes more.
    expect(calls()).toBe(3 + 4);
    expect(desk.doorbell.heard.length).toBe(8 + 4);
    desk.instant.usually(MOODS.settles);
    await desk.passTime(MINUTE, 5 * SECOND);
    expect(await health()).toMatchObject({ state: 'closed', failingSince: null });
    await desk.passTime(MINUTE, 5 * SECOND);
    expect(await desk.states(runId)).toEqual(times(8, 'settled'));
    expect(desk.instant.paidTwice()).toEqual([]);
  });

  it('is tried by a question where something is in doubt, then by a payment', async () => {
    desk.instant.usually(MOODS.doubtfulBooked);
    desk.instant.onEnquiry('throws');
    const { runId } = await desk.running(times(5, atInstant));
    await desk.work();
    await desk.passTime(55 * SECOND, 5 * SECOND);
    // Nothing is due to be asked after half a minute: a payment is the only try there is.
    expect(desk.instant.calls.map((c) => c.kind)).toEqual(times(4, 'pay'));
    await desk.passTime(4 * MINUTE, 5 * SECOND);
    const kinds = desk.instant.calls.slice(4).map((c) => c.kind);
    expect(kinds).toEqual(['pay', 'enquire']);
    desk.instant.usually(MOODS.settles);
    desk.instant.onEnquiry('truth');
    await desk.passTime(20 * MINUTE, 10 * SECOND);
    expect(await desk.states(runId)).toEqual(times(5, 'settled'));
    expect(desk.instant.paidTwice()).toEqual([]);
  });

  it('is tried again when the one who tried it died', async () => {
    desk.instant.usually(MOODS.neverGotIt);
    await desk.running(times(5, atInstant));
    await desk.work();
    clock.advanceMs(30 * SECOND);
    const stuck = gate();
    desk.instant.beforeAnswer = () => {
      desk.instant.beforeAnswer = null;
      return stuck.passed;
    };
    const [first, second] = await waiting();
    const lost = desk.sending.handle({ submissionId: first?.id ?? '' });
    for (let tries = 0; tries < 400 && calls() < 4; tries += 1) await tick();
    expect(await health()).toMatchObject({ state: 'probing' });
    clock.advanceMs(14 * SECOND);
    await desk.sending.handle({ submissionId: second?.id ?? '' });
    expect(calls()).toBe(4);
    clock.advanceMs(SECOND);
    desk.instant.usually(MOODS.settles);
    await desk.sending.handle({ submissionId: second?.id ?? '' });
    expect(calls()).toBe(5);
    expect(await happened()).toEqual(['opened', 'probing', 'probing', 'closed']);
    // What it heard, had it lived, says nothing any more.
    stuck.open();
    await lost;
    expect(await health()).toMatchObject({ state: 'closed', failures: 0 });
  });

  it('gives back a try that found nothing to send or to ask', async () => {
    desk.instant.usually(MOODS.neverGotIt);
    const { runId } = await desk.running(times(4, atInstant));
    await desk.work();
    clock.advanceMs(30 * SECOND);
    const { preparer: actor } = desk.office;
    await desk.operating.pause({ actor, runId, reason: 'chờ đối chiếu' });
    await desk.enquiring.handle({ bankCode: INSTANT });
    expect(await health()).toMatchObject({ state: 'open', probes: 0 });
    expect(await happened()).toEqual(['opened', 'probing', 'probe-withdrawn']);
    await desk.operating.resume({ actor, runId });
    await desk.passTime(SECOND);
    expect(await happened()).toEqual([
      'opened',
      'probing',
      'probe-withdrawn',
      'probing',
      'reopened',
    ]);
  });

  it('that asks for a pause gets it from all workers; the other bank is paid through meanwhile', async () => {
    desk.instant.usually(comeBackLater(90 * SECOND));
    const { runId } = await desk.running([...times(6, atInstant), ...times(4, {})]);
    await desk.work();
    expect(calls()).toBe(1);
    expect(desk.bulk.credited()).toHaveLength(4);
    expect(await happened()).toEqual(['paused']);
    await desk.passTime(89 * SECOND, SECOND);
    expect(calls()).toBe(1);
    desk.instant.usually(MOODS.settles);
    await desk.passTime(2 * SECOND, SECOND);
    expect(await desk.states(runId)).toEqual(times(10, 'settled'));
  });

  it('is not counted out for refusals in its own words', async () => {
    desk.instant.usually({ books: 'nothing', says: 'refusal', reason: { code: 'AC01' } });
    const { runId } = await desk.running(times(6, atInstant));
    await desk.work();
    expect(await desk.states(runId)).toEqual(times(6, 'rejected'));
    expect(await health()).toBeUndefined();
  });

  describe('when an officer has switched it off', () => {
    it('is sent nothing until it is switched on, and is asked about its doubts all the while', async () => {
      desk.instant.usually(MOODS.doubtfulBooked);
      const { runId } = await desk.running(times(2, atInstant));
      await desk.work();
      await switchTo('off');
      const { runId: later } = await desk.running(times(3, atInstant));
      await desk.passTime(2 * MINUTE, 10 * SECOND);
      expect(await desk.states(runId)).toEqual(['settled', 'settled']);
      expect(await desk.states(later)).toEqual(times(3, 'ready'));
      const rings = (name: string) => desk.doorbell.heard.filter(({ ring }) => ring.name === name);
      expect(rings(SEND_SUBMISSION)).toHaveLength(2);
      expect(rings(ENQUIRE_PAYMENTS).length).toBeGreaterThan(0);
      desk.instant.usually(MOODS.settles);
      await switchTo('on');
      await desk.passTime(SECOND);
      expect(await desk.states(later)).toEqual(times(3, 'settled'));
    });

    it('every claim after that finds it off', async () => {
      await desk.running(times(12, atInstant));
      const ids = (await waiting()).map(({ id }) => id);
      const sends = ids.map((submissionId) => desk.sending.handle({ submissionId }));
      await switchTo('off');
      const claimed = await attempts();
      await Promise.all(sends);
      expect(await attempts()).toBe(claimed);
      expect(calls()).toBe(claimed);
    });

    it('the officer waits for a claim that is being made, and has the last word after it', async () => {
      const entry = {
        bankCode: INSTANT,
        callId: newId(),
        at: clock.now(),
        leaseUntil: clock.now(),
      };
      const [admitted, claim] = [gate(), gate()];
      const claiming = db.database.transaction(async (tx) => {
        expect(await new BankGate().admitSending(tx, entry)).toBe('go');
        admitted.open();
        await claim.passed;
      });
      await admitted.passed;
      let isOff = false;
      const switching = switchTo('off').then(() => (isOff = true));
      const someoneWaits = async () =>
        (await rows(db.database.reader, `select 1 from pg_locks where not granted`)).length > 0;
      for (let tries = 0; tries < 200 && !(await someoneWaits()); tries += 1) await tick();
      expect(isOff).toBe(false);
      claim.open();
      await claiming;
      await switching;
      const next = db.database.transaction((tx) => new BankGate().admitSending(tx, entry));
      expect(await next).toBe('hold');
    });
  });

  it('keeps its payments: neither doubts nor what waits go to another bank, whatever the routing says now', async () => {
    desk.instant.usually(MOODS.doubtfulNotBooked);
    desk.instant.onEnquiry('throws');
    const { runId } = await desk.running(times(6, atInstant));
    await desk.work();
    await switchTo('off');
    expect((await health())?.state).toBe('open');
    // A day later the office has given the BIN to the other bank: this one receives another BIN only.
    const elsewhere = await paymentDesk(db, clock, {
      office: desk.office,
      instantReceives: ['970407'],
    });
    expect(elsewhere.banks.route(INSTANT_BIN)).toBe('bulk-bank');
    elsewhere.instant.onEnquiry('throws');
    await elsewhere.passTime(4 * 60 * MINUTE, 10 * MINUTE);
    expect(elsewhere.bulk.calls).toEqual([]);
    const kept = await elsewhere.payments(runId);
    expect(new Set(kept.map((p) => p.bankCode))).toEqual(new Set([INSTANT]));
    expect(kept.map((p) => p.state).sort()).toEqual([...times(3, 'ready'), ...times(3, 'unknown')]);
    // Nor can it be done by hand.
    await expect(
      execute(db.database.reader, `update payment set bank_code = 'bulk-bank'`),
    ).rejects.toThrow('does not change');
    // When it is back, the bank itself says that it had nothing, and gets it again.
    elsewhere.instant.onEnquiry('truth');
    await elsewhere.switching.switch({
      actor: desk.office.holder,
      bankCode: INSTANT,
      to: 'on',
      reason: 'ngân hàng báo đã hoạt động',
    });
    await elsewhere.passTime(4 * 60 * MINUTE, MINUTE);
    expect(await elsewhere.states(runId)).toEqual(times(6, 'settled'));
    expect(elsewhere.bulk.calls).toEqual([]);
  });
});

function gate(): { passed: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((wake) => (open = wake));
  return { passed, open };
}

const tick = () => new Promise((wake) => setTimeout(wake, 5));
