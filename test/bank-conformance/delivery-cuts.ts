import type { PaymentOrder } from '../../src/banks/index.js';
import { messageReference } from './counter.js';
import { orderTo, type FileBankHarness } from './harness.js';

/** Bytes of ours after which the line breaks: in the greeting, the keys, the file, its renaming, and after it. */
const MOMENTS = [
  0, 200, 1500, 2200, 2600, 3000, 3400, 3800, 4200, 4600, 5000, 6000, 8000, 10_000, 11_000, 12_000,
  13_000, 14_000, 16_000, 20_000, 100_000,
];
const ORDERS = 8;
const SHORT_CALL_MS = 800;
/** Bytes before the end of a delivery at which the server's answers are lost: its renaming is among them. */
const FROM_THE_END = [0, 80, 160, 240, 320, 400, 480, 560, 640, 720, 800, 900, 1000];

/**
 * Whenever the line breaks, a delivery ends as `not-sent` only when the bank surely has nothing; what was not sent or
 * is not known is brought again, and nobody is credited twice. Only for banks behind a line that can be broken.
 */
export function deliveryCuts(harness: () => FileBankHarness): void {
  describe('a delivery that is cut', () => {
    const parts = () => {
      const { line, counter } = harness();
      if (!line) throw new Error('this bank has no line that can be cut');
      return [line, counter] as const;
    };
    const someOrders = () => Array.from({ length: ORDERS }, () => orderTo(harness(), 'credited'));
    const creditsOf = async (payments: readonly PaymentOrder[]) => {
      await harness().atRest();
      return Promise.all(
        payments.map(async ({ reference }) => (await harness().credits(reference)).times),
      );
    };
    const each = (times: number) => Array<number>(ORDERS).fill(times);

    it('after any number of bytes is never wrongly not-sent, and brought again it is credited once', async () => {
      const [line, counter] = parts();
      const ends = new Set<string>();
      for (const bytes of MOMENTS) {
        const payments = someOrders();
        const message = messageReference();
        const file = await counter.write(payments, message);
        line.cutAfter(bytes);
        const { kind } = await counter.bring(file, message);
        line.cut();
        ends.add(kind);
        const credits = await creditsOf(payments);
        if (kind === 'not-sent') expect({ bytes, credits }).toEqual({ bytes, credits: each(0) });
        if (kind === 'delivered') expect({ bytes, credits }).toEqual({ bytes, credits: each(1) });
        expect((await counter.bring(file, message)).kind).toBe('delivered');
        expect({ bytes, credits: await creditsOf(payments) }).toEqual({ bytes, credits: each(1) });
      }
      expect([...ends]).toEqual(expect.arrayContaining(['not-sent', 'delivered']));
      await counter.learn();
      expect(counter.contradicted.size).toBe(0);
    }, 120_000);

    it('whose last answers are lost, that of the renaming among them, is never wrongly not-sent', async () => {
      const [line, counter] = parts();
      const before = line.sent;
      const first = messageReference();
      await counter.bring(await counter.write(someOrders(), first), first);
      const whole = line.sent - before;
      for (const fromTheEnd of FROM_THE_END) {
        const payments = someOrders();
        const message = messageReference();
        const file = await counter.write(payments, message);
        line.deafenAfter(whole - fromTheEnd);
        const { kind } = await counter.bring(file, message, SHORT_CALL_MS);
        line.cut();
        const credits = await creditsOf(payments);
        const so = { fromTheEnd, kind, credits };
        if (kind === 'not-sent') expect(so).toEqual({ ...so, credits: each(0) });
        if (kind === 'delivered') expect(so).toEqual({ ...so, credits: each(1) });
        await counter.bring(file, message);
        expect(await creditsOf(payments)).toEqual(each(1));
      }
    }, 120_000);

    it.each([0, 20, 60, 150])(
      'by a server that no longer answers after %i ms is never wrongly not-sent',
      async (afterMs) => {
        const [line, counter] = parts();
        const payments = someOrders();
        const message = messageReference();
        const file = await counter.write(payments, message);
        const bringing = counter.bring(file, message, SHORT_CALL_MS);
        await new Promise((wake) => setTimeout(wake, afterMs));
        line.deafen();
        const { kind } = await bringing;
        line.cut();
        const credits = await creditsOf(payments);
        if (kind === 'not-sent') expect(credits).toEqual(each(0));
        await counter.bring(file, message);
        expect(await creditsOf(payments)).toEqual(each(1));
      },
      30_000,
    );

    it('by a server that is gone is not sent, and is delivered when it is back', async () => {
      const [line, counter] = parts();
      const payments = someOrders();
      const message = messageReference();
      const file = await counter.write(payments, message);
      await line.kill();
      expect((await counter.bring(file, message, SHORT_CALL_MS)).kind).toBe('not-sent');
      await expect(counter.learn()).rejects.toThrow();
      await line.revive();
      expect(await creditsOf(payments)).toEqual(each(0));
      expect((await counter.bring(file, message)).kind).toBe('delivered');
      expect(await creditsOf(payments)).toEqual(each(1));
    }, 30_000);
  });
}
