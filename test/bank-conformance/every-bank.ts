import { Money } from '../../src/kernel/index.js';
import type { PaymentOrder } from '../../src/banks/index.js';
import { messageReference, type Counter, type LearntFact } from './counter.js';
import { eventually, orderTo, type BankUnderTest, type Mood } from './harness.js';

export interface Counted {
  readonly bank: BankUnderTest;
  readonly counter: Counter;
  /** What this kind of bank never tells: a result list knows no return, for example. */
  readonly neverTold?: readonly LearntFact['kind'][];
  /** Whether what was told wrongly or not at all at first is told rightly later. */
  readonly mendsItsWords: boolean;
}

const MANY = 1000;
/** Learning that a fact does not come: long enough for the sandbox's moods, with room to spare. */
const ALL_SAID_MS = 1500;

/**
 * The promises that every bank keeps, whether it is asked, lays out files or is visited with a list: orders are
 * handed in, the truth is learnt, and the bank's own books are the judge.
 */
export function everyBank(counted: () => Counted): void {
  describe('as every bank', () => {
    const order = (mood: Mood, differing: Partial<PaymentOrder> = {}) =>
      orderTo(counted().bank, mood, differing);
    const credits = async ({ reference }: PaymentOrder) =>
      (await counted().bank.credits(reference)).times;
    const learntAs = (payment: PaymentOrder, kind: LearntFact['kind']) =>
      eventually(async () => {
        await counted().counter.learn([payment]);
        const known = counted().counter.known(payment.reference);
        return known?.kind === kind ? known : undefined;
      });
    const creditedOnce = (payment: PaymentOrder) =>
      eventually(async () => ((await credits(payment)) === 1 ? true : undefined));
    const allSaid = async (payments: readonly PaymentOrder[]) => {
      const until = Date.now() + ALL_SAID_MS;
      while (Date.now() < until) {
        await counted().counter.learn(payments);
        await new Promise((wake) => setTimeout(wake, 100));
      }
    };
    const isTold = (kind: LearntFact['kind']) => !counted().neverTold?.includes(kind);
    const saidNoLie = (payment: PaymentOrder) =>
      expect([...counted().counter.contradicted]).not.toContain(payment.reference);

    it('an order handed in again and again, in the same message and in another, is credited once', async () => {
      const { counter, bank } = counted();
      const payment = order('credited');
      const message = messageReference();
      for (let time = 0; time < 3; time += 1) await counter.handIn([payment], message);
      await learntAs(payment, 'settled');
      await counter.handIn([payment, order('credited')]);
      await allSaid([payment]);
      expect(counter.known(payment.reference)?.kind).toBe('settled');
      saidNoLie(payment);
      expect(await bank.credits(payment.reference)).toEqual({ times: 1, amount: '1624000' });
    });

    it('a used reference with another amount or account books nothing and refuses nobody', async () => {
      const { counter, bank } = counted();
      const payment = order('credited');
      await counter.handIn([payment]);
      await learntAs(payment, 'settled');
      await counter.handIn([{ ...payment, amount: Money.of('1624001') }]);
      await counter.handIn([{ ...payment, accountNumber: '5550001112' }]);
      await allSaid([payment]);
      expect(counter.known(payment.reference)?.kind).toBe('settled');
      saidNoLie(payment);
      expect(await bank.credits(payment.reference)).toEqual({ times: 1, amount: '1624000' });
    });

    it('a refusal carries its reason, credits nothing, stays, and holds back no other of its message', async () => {
      const { counter, bank } = counted();
      const payments = [order('credited'), order('rejected'), order('credited')] as const;
      await counter.handIn(payments);
      const { reason } = bank.account('rejected');
      const refused = await learntAs(payments[1], 'rejected');
      expect(refused).toMatchObject({ kind: 'rejected', reason: { code: reason } });
      await learntAs(payments[0], 'settled');
      await learntAs(payments[2], 'settled');
      expect(await Promise.all(payments.map(credits))).toEqual([1, 0, 1]);
      expect(counter.known(payments[1].reference)?.kind).toBe('rejected');
    });

    it('accepted is not the end: it may be rejected later, with a reason', async () => {
      const { counter, bank } = counted();
      const payment = order('rejected-later');
      await counter.handIn([payment]);
      const { reason } = bank.account('rejected-later');
      expect(await learntAs(payment, 'rejected')).toMatchObject({ reason: { code: reason } });
      expect(await credits(payment)).toBe(0);
    });

    it('settled is not the end: it may come back, with a reason', async () => {
      const { counter, bank } = counted();
      const payment = order('returned');
      await counter.handIn([payment]);
      await creditedOnce(payment);
      if (isTold('returned')) {
        const { reason } = bank.account('returned');
        expect(await learntAs(payment, 'returned')).toMatchObject({ reason: { code: reason } });
      }
      await counter.handIn([payment]);
      await allSaid([payment]);
      expect(await credits(payment)).toBe(1);
      saidNoLie(payment);
    });

    it.each<Mood>([
      'answer-lost',
      'never-answers',
      'garbage',
      'unknown-word',
      'refused-for-a-time-out',
      'refused-as-duplicate',
    ])('%s: refuses nobody; it is credited once, also when it is handed in again', async (mood) => {
      const { counter, mendsItsWords } = counted();
      const payment = order(mood);
      await counter.handIn([payment]);
      await creditedOnce(payment);
      await counter.handIn([payment]);
      if (mendsItsWords) await learntAs(payment, 'settled');
      else await allSaid([payment]);
      expect(counter.known(payment.reference)?.kind).not.toBe('rejected');
      expect(await credits(payment)).toBe(1);
      saidNoLie(payment);
    });

    it.each<Mood>(['broken-before-booking', 'error-before-booking', 'nothing-accepted'])(
      '%s: what was not taken in is credited once when it is handed in again',
      async (mood) => {
        const payment = order(mood);
        await counted().counter.handIn([payment]);
        await counted().counter.handIn([payment]);
        await learntAs(payment, 'settled');
        expect(await credits(payment)).toBe(1);
      },
    );

    it('an outage refuses no payment and settles none', async () => {
      const { bank, counter } = counted();
      const payment = order('credited');
      await bank.duringOutage(async () => {
        await counter.handIn([payment]);
        await counter.learn([payment]).catch(() => undefined);
        expect(counter.known(payment.reference)).toBeUndefined();
        expect(await credits(payment)).toBe(0);
      });
      await counter.handIn([payment]);
      await learntAs(payment, 'settled');
      expect(await credits(payment)).toBe(1);
    });

    it('the bank’s restart forgets nothing', async () => {
      const { bank, counter } = counted();
      const payment = order('credited');
      await counter.handIn([payment]);
      await learntAs(payment, 'settled');
      await bank.restart();
      await counter.handIn([payment]);
      await allSaid([payment]);
      expect(counter.known(payment.reference)?.kind).toBe('settled');
      saidNoLie(payment);
      expect(await credits(payment)).toBe(1);
    });

    it(`${MANY} payments in one message are each credited once, and learnt`, async () => {
      const { counter } = counted();
      const payments = Array.from({ length: MANY }, () => order('credited'));
      await counter.handIn(payments);
      const missing = () =>
        payments.filter(({ reference }) => counter.known(reference)?.kind !== 'settled');
      await eventually(async () => {
        await counter.learn(payments);
        return missing().length === 0 ? true : undefined;
      });
      for (const payment of [payments[0], payments[MANY - 1]] as PaymentOrder[]) {
        expect(await credits(payment)).toBe(1);
      }
    });
  });
}
