import { Money } from '../../src/kernel/index.js';
import type { PaymentOrder, StatementEntry } from '../../src/banks/index.js';
import { deliveryCuts } from './delivery-cuts.js';
import { everyBank } from './every-bank.js';
import { messageReference, type LearntFact } from './counter.js';
import { eventually, orderTo, type FileBankHarness, type Mood, type ReportWay } from './harness.js';

/** What single reports say nothing of is learnt from the statement, which knows no refusal. */
const SAY_OF_EACH: readonly ReportWay[] = [
  'whole',
  'partial',
  'doubled',
  'reordered',
  'late',
  'broken',
];
const SAY_LESS: readonly ReportWay[] = ['group-only', 'none'];

/** The promises of a bank that takes files over a wire and lays its reports and statements out. */
export function fileBankConformance(given: {
  name: string;
  start: () => Promise<FileBankHarness>;
  /** Behind a line that can be cut. */
  line: boolean;
}): void {
  describe(`${given.name} keeps the promises of a bank of files`, () => {
    let bank: FileBankHarness;
    beforeAll(async () => {
      bank = await given.start();
    }, 30_000);
    afterAll(() => bank.stop());
    afterEach(() => bank.tells('whole'));

    if (given.line) deliveryCuts(() => bank);

    const order = (mood: Mood, differing: Partial<PaymentOrder> = {}) =>
      orderTo(bank, mood, differing);
    const kindOf = ({ reference }: PaymentOrder) => bank.counter.known(reference)?.kind;
    const learnAll = async () => {
      await bank.atRest();
      await bank.counter.learn();
    };
    const noContradiction = (payments: readonly PaymentOrder[]) => {
      for (const { reference } of payments) {
        expect([...bank.counter.contradicted]).not.toContain(reference);
      }
    };

    it('the same message has the same bytes and name whenever it is written, and another has others', async () => {
      const [one, two] = [order('credited'), order('credited', { fund: 'NSTW_BTXH' })];
      const message = messageReference();
      const first = await bank.counter.write([one, two], message);
      const again = await bank.counter.write([one, two], message);
      expect(again).toMatchObject({ fileName: first.fileName, sha256: first.sha256 });
      const other = await bank.counter.write([one, two], messageReference());
      expect(other.fileName).not.toBe(first.fileName);
    });

    it.each(['DU01', 'DU03', 'AM05'] as const)(
      'a file that was delivered twice is credited once, and its refusal as %s refuses nobody',
      async (code) => {
        await bank.refusesDuplicatesAs(code);
        const payments = [order('credited'), order('never-told'), order('rejected')];
        const message = messageReference();
        const file = await bank.counter.write(payments, message);
        for (let time = 0; time < 2; time += 1) {
          expect((await bank.counter.bring(file, message)).kind).toBe('delivered');
          await learnAll();
        }
        expect(payments.map(kindOf)).toEqual(['settled', 'accepted', 'rejected']);
        noContradiction(payments);
        for (const [at, times] of [1, 1, 0].entries()) {
          const { reference } = payments[at] as PaymentOrder;
          expect((await bank.credits(reference)).times).toBe(times);
        }
      },
    );

    const ENDS: readonly [Mood, LearntFact['kind']][] = [
      ['credited', 'settled'],
      ['rejected', 'rejected'],
      ['rejected-later', 'rejected'],
      ['returned', 'returned'],
      ['told-twice', 'settled'],
      ['told-out-of-order', 'settled'],
      ['never-told', 'settled'],
    ];
    const oneOfEach = () =>
      ENDS.map(([mood], at) => order(mood, { fund: at % 2 === 0 ? 'NSTW_NCC' : 'NSTW_BTXH' }));
    const endedAs = async (payments: readonly PaymentOrder[]) => {
      await bank.counter.handIn(payments);
      await learnAll();
      await bank.layStatement('camt053');
      await learnAll();
      noContradiction(payments);
      for (const [at, [mood, end]] of ENDS.entries()) {
        const { reference } = payments[at] as PaymentOrder;
        const { times } = await bank.credits(reference);
        expect({ mood, times }).toEqual({ mood, times: end === 'rejected' ? 0 : 1 });
      }
    };

    it.each(SAY_OF_EACH)(
      'reports that are %s end the same: each as the bank booked it',
      async (way) => {
        await bank.tells(way);
        const payments = oneOfEach();
        await endedAs(payments);
        expect(payments.map(kindOf)).toEqual(ENDS.map(([, end]) => end));
        for (const [at, [mood]] of ENDS.entries()) {
          const { reason } = bank.account(mood);
          const fact = bank.counter.known((payments[at] as PaymentOrder).reference);
          if (reason !== undefined) expect(fact).toMatchObject({ reason: { code: reason } });
        }
      },
    );

    it.each(SAY_LESS)(
      'reports that are %s prove nothing; the statement proves what was paid',
      async (way) => {
        await bank.tells(way);
        const payments = oneOfEach();
        await endedAs(payments);
        const kinds = payments.map(kindOf);
        for (const [at, [, end]] of ENDS.entries()) {
          if (end === 'rejected') expect([undefined, 'accepted']).toContain(kinds[at]);
          else expect(kinds[at]).toBe(end);
        }
      },
    );

    it.each(['truncated', 'doctype', 'wrong-namespace'] as const)(
      'a report that is %s is set aside with where it broke, and the right one after it is read',
      async (breakage) => {
        await bank.tells('broken', [breakage]);
        const before = bank.counter.broken.length;
        const payment = order('rejected');
        await bank.counter.handIn([payment]);
        await learnAll();
        expect(bank.counter.broken.length).toBeGreaterThan(before);
        for (const { why, where } of bank.counter.broken.slice(before)) {
          expect([why.vi, why.en].every((text) => text.length > 10)).toBe(true);
          expect(where).not.toBeNull();
        }
        expect(kindOf(payment)).toBe('rejected');
      },
    );

    it('words of no list say nothing of a payment, and an amount that is not ours is not about it', async () => {
      const payments = [order('credited'), order('rejected')];
      await bank.tells('broken', ['unknown-words']);
      await bank.counter.handIn(payments);
      await learnAll();
      const doubted = new Set(bank.counter.unread.map(({ reference }) => reference));
      for (const { reference } of payments) expect([...doubted]).toContain(reference);
      expect(payments.map(kindOf)).toEqual(['settled', 'rejected']);

      const others = [order('credited'), order('rejected')];
      await bank.tells('broken', ['other-amount']);
      await bank.counter.handIn(others);
      await learnAll();
      const unsure = [
        ...bank.counter.otherAmounts.keys(),
        ...bank.counter.unread.map(({ reference }) => reference),
      ];
      for (const { reference } of others) expect(unsure).toContain(reference);
      expect(others.map(kindOf)).toEqual(['settled', 'rejected']);
    });

    it('a file that is refused as a whole is refused for each of its payments', async () => {
      const payments = [order('credited'), order('returned'), order('credited')];
      await bank.duringRefusal('FF01', async () => {
        await bank.counter.handIn(payments);
        await learnAll();
      });
      for (const payment of payments) {
        const { reference } = payment;
        expect(bank.counter.known(reference)).toMatchObject({
          kind: 'rejected',
          reason: { code: 'FF01' },
        });
        expect((await bank.credits(reference)).times).toBe(0);
      }
    });

    everyBank(() => ({ bank, counter: bank.counter, mendsItsWords: true }));

    // After the thousand payments of every bank, because theirs are in each statement from then on: so this one is long,
    // and the others are not.
    it('opening, entries and closing fit in every statement, and an entry is the same in all of them', async () => {
      const [kept, returned] = [order('credited'), order('returned', { fund: 'NSTW_BTXH' })];
      await bank.counter.handIn([kept, returned]);
      await learnAll();
      const before = bank.counter.statements.length;
      for (const form of ['camt053', 'mt940', 'camt053'] as const) {
        await bank.layStatement(form);
        await learnAll();
      }
      await bank.counter.handIn([order('credited')]);
      await learnAll();
      await bank.layStatement('camt053');
      await learnAll();
      const statements = bank.counter.statements.slice(before);
      expect(statements.length).toBeGreaterThanOrEqual(3);
      for (const { opening, closing, entries } of statements) {
        const of = (side: StatementEntry['direction']) =>
          Money.sum(entries.filter((e) => e.direction === side).map((e) => e.amount));
        expect(opening.plus(of('credit')).minus(of('debit')).toString()).toBe(closing.toString());
        expect(new Set(entries.map(({ entryId }) => entryId)).size).toBe(entries.length);
      }
      const all = statements.flatMap(({ entries }) => entries);
      for (const { reference } of [kept, returned]) {
        const ofPayment = all.filter((entry) => entry.reference === reference);
        const ids = (side: StatementEntry['direction']) =>
          new Set(ofPayment.filter((e) => e.direction === side).map((e) => e.entryId));
        expect(ids('debit').size).toBe(1);
        expect(ids('credit').size).toBe(reference === returned.reference ? 1 : 0);
        expect(ofPayment.length).toBeGreaterThan(2);
      }
      const { reason } = bank.account('returned');
      const back = all.filter(
        (e) => e.reference === returned.reference && e.direction === 'credit',
      );
      for (const entry of back) expect(entry.returnReason?.code).toBe(reason);
    });

    it('what the bank has to say while nobody looks is learnt when somebody does', async () => {
      const payment = order('returned');
      await bank.counter.handIn([payment]);
      await bank.atRest();
      await bank.restart();
      await eventually(async () => {
        await bank.counter.learn();
        return kindOf(payment) === 'returned' ? true : undefined;
      });
    });
  });
}
