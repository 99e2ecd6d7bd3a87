import {
  INSTANT_BIN,
  paymentDesk,
  type BankOddities,
  type PaymentDesk,
} from '../../test/builders/payment-desk.js';
import { MOODS } from '../../test/builders/scripted-bank.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { railSchema } from '../banks/index.js';
import { ManualClock } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';

/** An instant by its date and time at the office. */
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+07:00`);
const MINUTE = 60_000;
const times = <T>(n: number, item: T): T[] => Array.from({ length: n }, () => item);
const railsOf = (...rails: Record<string, unknown>[]): BankOddities => ({
  rails: rails.map((rail) => railSchema.parse(rail)),
});

const INSTANT = { code: 'instant', maxAmount: '499999999' };
const HIGH_VALUE = {
  code: 'high-value',
  minAmount: '500000000',
  open: { days: 'working', from: '08:00', to: '16:30', cutOff: '15:30' },
};
const small = { amount: '2789000', kind: 'arrears' as const };
const large = { amount: '500000000', kind: 'arrears' as const };

interface Waiting {
  state: string;
  rail: string;
  tries: number;
  notBefore: Date;
  because: string | null;
}

describe('what a rail does not take now', () => {
  let db: TestDatabase;
  let clock: ManualClock;

  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(at('2027-02-04 09:00'));
  });
  afterEach(() => db.close());

  const submissions = (runId: string) =>
    rows<Waiting>(
      db.database.reader,
      `select state, rail, tries, not_before as "notBefore", waits_because as because
         from submission where run_id = $1 order by rail desc, id`,
      [runId],
    );
  const attempts = () =>
    one<{ n: number }>(db.database.reader, `select count(*)::int as n from attempt`);
  const waits = () =>
    rows<{ because: string; until: Date }>(
      db.database.reader,
      `select because, until from submission_wait order by id`,
    );

  describe('in the week of Tết', () => {
    let desk: PaymentDesk;
    beforeEach(async () => {
      desk = await paymentDesk(db, clock, { bulk: railsOf(INSTANT, HIGH_VALUE) });
    });

    it('waits from the cut-off of the last working day for the first one after it, while the instant rail goes on', async () => {
      clock.set(at('2027-02-04 15:30'));
      const { runId } = await desk.running([large, small, large, small]);
      await desk.work();
      expect(await desk.states(runId)).toEqual(['ready', 'settled', 'ready', 'settled']);
      const opens = at('2027-02-12 08:00');
      expect(await submissions(runId)).toEqual([
        {
          state: 'answered',
          rail: 'instant',
          tries: 1,
          notBefore: at('2027-02-04 15:30'),
          because: null,
        },
        {
          state: 'waiting',
          rail: 'high-value',
          tries: 0,
          notBefore: opens,
          because: 'after-cut-off',
        },
      ]);
      expect(await attempts()).toEqual({ n: 1 });
      await desk.passTime(7 * 24 * 60 * MINUTE, 6 * 60 * MINUTE);
      expect(clock.now()).toEqual(at('2027-02-11 15:30'));
      expect(await desk.states(runId)).toEqual(['ready', 'settled', 'ready', 'settled']);
      expect(await waits()).toEqual([{ because: 'after-cut-off', until: opens }]);
      clock.set(at('2027-02-12 07:59'));
      await desk.passTime(MINUTE - 1);
      expect(await attempts()).toEqual({ n: 1 });
      await desk.passTime(1);
      expect(await desk.states(runId)).toEqual(times(4, 'settled'));
      expect(desk.bulk.paidTwice()).toEqual([]);
      expect(await submissions(runId)).toEqual([
        expect.objectContaining({ state: 'answered', because: null }),
        expect.objectContaining({ state: 'answered', tries: 1, because: null }),
      ]);
    });

    it('a ring from before the cut-off that is answered after it sends nothing', async () => {
      clock.set(at('2027-02-04 15:29'));
      const { runId } = await desk.running([large]);
      clock.set(at('2027-02-04 15:30'));
      const rung = desk.doorbell.take();
      const [ring] = rung;
      if (!ring || rung.length > 1) throw new Error('one ring was expected');
      await Promise.all(times(5, ring).map((one) => desk.answerRing(one)));
      expect(desk.bulk.calls).toEqual([]);
      expect(await attempts()).toEqual({ n: 0 });
      expect(await submissions(runId)).toEqual([
        expect.objectContaining({ state: 'waiting', tries: 0, because: 'after-cut-off' }),
      ]);
      expect(await waits()).toHaveLength(1);
    });

    it('what the bank says after the cut-off counts as ever, and enquiries know no hours', async () => {
      clock.set(at('2027-02-04 15:29'));
      desk.bulk.usually(MOODS.doubtfulBooked);
      const { runId } = await desk.running([large]);
      await desk.work();
      expect(await desk.states(runId)).toEqual(['unknown']);
      await desk.passTime(10 * MINUTE, MINUTE);
      expect(await desk.states(runId)).toEqual(['settled']);
    });

    it('what the bank never had is sent again on its own rail, when that is open', async () => {
      clock.set(at('2027-02-04 15:20'));
      desk.bulk.usually(MOODS.doubtfulNotBooked);
      const { runId } = await desk.running([large]);
      await desk.work();
      desk.bulk.usually(MOODS.settles);
      await desk.passTime(3 * 60 * MINUTE, 5 * MINUTE);
      expect(await desk.states(runId)).toEqual(['ready']);
      expect((await submissions(runId)).map((s) => [s.rail, s.state, s.because])).toEqual([
        ['high-value', 'answered', null],
        ['high-value', 'waiting', 'after-cut-off'],
      ]);
      clock.set(at('2027-02-12 08:00'));
      await desk.passTime(MINUTE);
      expect(await desk.states(runId)).toEqual(['settled']);
      expect(desk.bulk.paidTwice()).toEqual([]);
    });

    it('is taken back like anything unsent, when the run is cancelled meanwhile', async () => {
      clock.set(at('2027-02-06 10:00'));
      const { runId } = await desk.running([large]);
      await desk.operating.cancel({ actor: desk.office.preparer, runId, reason: 'nhầm kỳ' });
      await desk.sweeper.sweep();
      expect(await desk.states(runId)).toEqual(['cancelled']);
    });

    it('goes at once when the hours turn out to be others than it was told', async () => {
      clock.set(at('2027-02-04 16:00'));
      const { runId } = await desk.running([large]);
      expect(await submissions(runId)).toEqual([expect.objectContaining({ state: 'waiting' })]);
      const later = { ...HIGH_VALUE, open: { ...HIGH_VALUE.open, cutOff: '16:30' } };
      Object.assign(desk.banks.of('bulk-bank').settings, railsOf(INSTANT, later));
      await desk.passTime(1000);
      expect(await desk.states(runId)).toEqual(['settled']);
    });

    it('waits and is told when its rail is no longer configured; it takes no other', async () => {
      const { runId } = await desk.running([large]);
      Object.assign(desk.banks.of('bulk-bank').settings, railsOf(INSTANT));
      await desk.work();
      expect(desk.bulk.calls).toEqual([]);
      expect(await submissions(runId)).toEqual([
        expect.objectContaining({ rail: 'high-value', because: 'no-such-rail' }),
      ]);
      Object.assign(desk.banks.of('bulk-bank').settings, railsOf(INSTANT, HIGH_VALUE));
      await desk.passTime(15 * MINUTE);
      expect(await desk.states(runId)).toEqual(['settled']);
    });
  });

  describe('for its limit a day', () => {
    const limited = (perDay: Record<string, unknown>, more: Record<string, unknown> = {}) =>
      railsOf({ code: 'limited', limits: { perDay }, ...more });
    const oneBank = { account: { bin: INSTANT_BIN } };

    it('two senders at once never both take the last place', async () => {
      const desk = await paymentDesk(db, clock, { instant: limited({ payments: 3 }) });
      const { runId } = await desk.running(times(3, oneBank));
      await desk.work();
      expect(await desk.states(runId)).toEqual(times(3, 'settled'));

      clock.set(at('2027-02-05 00:00'));
      const more = await desk.running(times(8, oneBank));
      const ids = [...new Set((await desk.payments(more.runId)).map((p) => p.submissionId))];
      await execute(
        db.database.reader,
        `update submission set not_before = $2, waits_because = null where run_id = $1`,
        [more.runId, clock.now()],
      );
      await Promise.all(ids.map((submissionId) => desk.sending.handle({ submissionId })));
      const states = await desk.states(more.runId);
      expect(states.filter((state) => state === 'settled')).toHaveLength(3);
      expect(states.filter((state) => state === 'ready')).toHaveLength(5);
      expect(desk.instant.calls).toHaveLength(6);
      const put = (await submissions(more.runId)).filter((s) => s.state === 'waiting');
      expect(put.map((s) => [s.because, s.notBefore])).toEqual(
        times(5, ['day-limit', at('2027-02-06 00:00')]),
      );
    });

    it('the sweeper puts off what does not fit as a whole, and each day takes its share', async () => {
      const desk = await paymentDesk(db, clock, { instant: limited({ payments: 3 }) });
      const { runId } = await desk.running(times(7, oneBank));
      expect(desk.doorbell.take()).toHaveLength(3);
      expect((await submissions(runId)).filter((s) => s.because === 'day-limit')).toHaveLength(4);
      await desk.passTime(6 * 60 * MINUTE, 30 * MINUTE);
      expect((await desk.states(runId)).filter((state) => state === 'settled')).toHaveLength(3);
      clock.set(at('2027-02-05 00:00'));
      await desk.passTime(60 * MINUTE, 30 * MINUTE);
      expect((await desk.states(runId)).filter((state) => state === 'settled')).toHaveLength(6);
      clock.set(at('2027-02-06 00:00'));
      await desk.passTime(60 * MINUTE, 30 * MINUTE);
      expect(await desk.states(runId)).toEqual(times(7, 'settled'));
      expect(desk.instant.calls).toHaveLength(7);
    });

    it('by amount: what fits goes, what is too much for today waits, and is never more than a day', async () => {
      const desk = await paymentDesk(db, clock, {
        bulk: limited({ amount: '10000000' }, { limits: { perDay: { amount: '10000000' } } }),
      });
      const of = (amount: string) => ({ amount, kind: 'arrears' as const });
      const { runId } = await desk.running(['6000000', '6000000', '4000000', '3000000'].map(of));
      await desk.work();
      await desk.passTime(60 * MINUTE, 20 * MINUTE);
      // Packs: 6 | 6 + 4 | 3. The first and the third fit into the day together.
      expect(await desk.states(runId)).toEqual(['settled', 'ready', 'ready', 'settled']);
      clock.set(at('2027-02-05 00:00'));
      await desk.passTime(60 * MINUTE, 30 * MINUTE);
      expect(await desk.states(runId)).toEqual(times(4, 'settled'));
    });

    it('a doubt counts, and what surely was not sent gives its place back', async () => {
      const desk = await paymentDesk(db, clock, { instant: limited({ payments: 2 }) });
      desk.instant.onEnquiry('unknown');
      const { runId } = await desk.running(times(4, oneBank));
      const [doubtful, unsent] = await desk.payments(runId);
      desk.instant.script(doubtful?.reference ?? '', MOODS.doubtfulBooked);
      desk.instant.script(unsent?.reference ?? '', MOODS.neverGotIt);
      await desk.work();
      expect(await desk.states(runId)).toEqual(['unknown', 'ready', 'ready', 'ready']);
      // The day is counted anew after a minute: one place is free, and taken by one.
      await desk.passTime(10 * MINUTE, 20_000);
      const states = await desk.states(runId);
      expect(states.filter((state) => state === 'settled').length).toBeLessThanOrEqual(1);
      desk.instant.script(unsent?.reference ?? '', MOODS.settles);
      await desk.passTime(10 * MINUTE, 20_000);
      expect((await desk.states(runId)).filter((state) => state === 'settled')).toHaveLength(1);
      expect((await desk.states(runId)).filter((state) => state === 'unknown')).toHaveLength(1);
    });

    it('is counted from the payments themselves, when a limit comes in the middle of a day', async () => {
      const desk = await paymentDesk(db, clock);
      await desk.running(times(2, oneBank));
      await desk.work();
      Object.assign(desk.banks.of('instant-bank').settings, {
        rails: railsOf({ code: 'default', limits: { perDay: { payments: 3 } } }).rails,
      });
      const { runId } = await desk.running(times(2, oneBank));
      await desk.work();
      expect((await desk.states(runId)).sort()).toEqual(['ready', 'settled']);
    });
  });
});
