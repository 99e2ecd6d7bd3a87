import type { PaymentOrder } from '../../src/banks/index.js';
import { everyBank } from './every-bank.js';
import { messageReference } from './counter.js';
import { orderTo, type ListBankHarness, type Mood } from './harness.js';

/** The promises of a bank that people bring lists to, and fetch result lists from. */
export function listBankConformance(given: {
  name: string;
  start: () => Promise<ListBankHarness>;
}): void {
  describe(`${given.name} keeps the promises of a bank of lists`, () => {
    let bank: ListBankHarness;
    beforeAll(async () => {
      bank = await given.start();
    }, 30_000);
    afterAll(() => bank.stop());
    afterEach(() => bank.givesResults({}));

    // A result list knows no return, and gives its first word again and again.
    everyBank(() => ({
      bank,
      counter: bank.counter,
      neverTold: ['returned'],
      mendsItsWords: false,
    }));

    const order = (mood: Mood, differing: Partial<PaymentOrder> = {}) =>
      orderTo(bank, mood, differing);
    const kindOf = ({ reference }: PaymentOrder) => bank.counter.known(reference)?.kind;
    const learnAll = async (payments: readonly PaymentOrder[]) => {
      await bank.atRest();
      await bank.counter.learn(payments);
    };
    const MOODS = ['credited', 'rejected', 'rejected-later', 'credited', 'returned'] as const;
    const ENDS = ['settled', 'rejected', 'rejected', 'settled', 'settled'];
    const some = () => MOODS.map((mood) => order(mood));
    const handedIn = async () => {
      const payments = some();
      await bank.counter.handIn(payments);
      await bank.atRest();
      return payments;
    };
    const unreadOf = ({ reference }: PaymentOrder) =>
      bank.counter.unread.filter((item) => item.reference === reference);

    it('the same message is the same list, and brought twice it is credited once', async () => {
      const payments = some();
      const message = messageReference();
      const first = await bank.counter.write(payments, message);
      const again = await bank.counter.write(payments, message);
      expect(again).toMatchObject({ fileName: first.fileName, sha256: first.sha256 });
      await bank.counter.bring(first, message);
      await bank.counter.bring(again, message);
      await learnAll(payments);
      expect(payments.map(kindOf)).toEqual(ENDS);
      const credits = await Promise.all(payments.map(({ reference }) => bank.credits(reference)));
      expect(credits.map(({ times }) => times)).toEqual([1, 0, 0, 1, 1]);
    });

    it.each(['as-sent', 'reversed', 'shuffled'] as const)(
      'rows that come %s end the same, with the bank’s reasons',
      async (rows) => {
        bank.givesResults({ order: rows });
        const payments = await handedIn();
        await bank.counter.learn(payments);
        expect(payments.map(kindOf)).toEqual(ENDS);
        for (const at of [1, 2]) {
          const { reason } = bank.account(MOODS[at] as Mood);
          const { reference } = payments[at] as PaymentOrder;
          expect(bank.counter.known(reference)).toMatchObject({ reason: { code: reason } });
        }
      },
    );

    it.each(['as-sent', 'shuffled'] as const)(
      'a payment whose row was dropped (%s) stays in doubt, is named, and is told by the whole list later',
      async (rows) => {
        bank.givesResults({ order: rows, drop: 2 });
        const payments = await handedIn();
        await bank.counter.learn(payments);
        const left = payments.filter((payment) => kindOf(payment) === undefined);
        expect(left).toHaveLength(2);
        for (const payment of left) expect(unreadOf(payment).length).toBeGreaterThan(0);
        bank.givesResults({ order: rows });
        await bank.counter.learn(payments);
        expect(payments.map(kindOf)).toEqual(ENDS);
      },
    );

    it('rows that stand twice change nothing', async () => {
      bank.givesResults({ order: 'shuffled', double: 3 });
      const payments = await handedIn();
      await bank.counter.learn(payments);
      expect(payments.map(kindOf)).toEqual(ENDS);
      expect(bank.counter.contradicted.size).toBe(0);
    });

    it.each(['as-sent', 'shuffled'] as const)(
      'rows without our reference (%s) are known by account and amount',
      async (rows) => {
        bank.givesResults({ order: rows, references: 'blank' });
        const payments = await handedIn();
        await bank.counter.learn(payments);
        expect(payments.map(kindOf)).toEqual(ENDS);
      },
    );

    it('of payments alike, rows without a reference and in another order guess nothing', async () => {
      const [credited, rejected] = [order('credited'), order('rejected')];
      const payments = [credited, { ...order('credited'), accountNumber: credited.accountNumber }];
      bank.givesResults({ order: 'reversed', references: 'blank', drop: 1 });
      await bank.counter.handIn([...payments, rejected]);
      await learnAll([...payments, rejected]);
      const settled = payments.filter((payment) => kindOf(payment) === 'settled');
      // Two rows for the two, or one of the rows dropped: never one fact for the wrong one.
      expect([0, 2]).toContain(settled.length);
      expect(payments.map(kindOf)).not.toContain('rejected');
    });

    it('a list in the other format is read the same', async () => {
      bank.givesResults({ format: 'csv', order: 'reversed' });
      const payments = await handedIn();
      await bank.counter.learn(payments);
      expect(payments.map(kindOf)).toEqual(ENDS);
    });

    it('a word that is not listed, a time-out and a duplicate are doubts', async () => {
      const moods = ['unknown-word', 'refused-for-a-time-out', 'refused-as-duplicate'] as const;
      const payments = moods.map((mood) => order(mood));
      await bank.counter.handIn(payments);
      await learnAll(payments);
      expect(payments.map(kindOf)).toEqual([undefined, undefined, undefined]);
      for (const payment of payments) expect(unreadOf(payment).length).toBeGreaterThan(0);
    });
  });
}
