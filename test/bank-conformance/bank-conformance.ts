import { Money, newId } from '../../src/kernel/index.js';
import type { NoticeRefused } from '../../src/banks/index.js';
import {
  type BankCall,
  type BankNotice,
  type EnquiryAnswer,
  type PaymentOrder,
  type RawNotice,
  type StatementEntry,
} from '../../src/banks/index.js';
import { everyBank } from './every-bank.js';
import { eventually, orderTo, type BankHarness, type Mood } from './harness.js';
import { OnlineCounter } from './online-counter.js';

export type { BankHarness, Mood } from './harness.js';

const CALL_MS = 2000;
const MANY = 1000;

/**
 * The promises of contract.ts as tests, for a bank that is asked and answers; `fileBankConformance` has them for one
 * that takes files, `listBankConformance` for one that people bring lists to. A new bank's adapter passes its suite
 * against the bank's test system, or against a fake of it that passes too. Optional methods are tried only where the
 * adapter has them.
 */
export function bankConformance(given: { name: string; start: () => Promise<BankHarness> }): void {
  describe(`${given.name} keeps the promises of a bank adapter`, () => {
    let bank: BankHarness;
    let counter: OnlineCounter;
    beforeAll(async () => {
      bank = await given.start();
      counter = new OnlineCounter(bank.adapter);
    });
    afterAll(() => bank.stop());

    const order = (mood: Mood, differing: Partial<PaymentOrder> = {}) =>
      orderTo(bank, mood, differing);
    const call = (): BankCall => ({ signal: AbortSignal.timeout(CALL_MS), attemptId: newId() });
    const pay = (payment: PaymentOrder) => bank.adapter.pay(payment, call());
    const enquire = async (payment: PaymentOrder): Promise<EnquiryAnswer | undefined> => {
      const query = {
        reference: payment.reference,
        firstSentAt: new Date(),
        amount: payment.amount,
      };
      return (await bank.adapter.enquire([query], call())).get(payment.reference);
    };
    const enquiredUntil = (payment: PaymentOrder, kind: EnquiryAnswer['kind']) =>
      eventually(async () => {
        const answer = await enquire(payment);
        return answer?.kind === kind ? answer : undefined;
      });
    const creditsOf = async (payment: PaymentOrder) =>
      (await bank.credits(payment.reference)).times;

    everyBank(() => ({ bank, counter, mendsItsWords: true }));

    describe('one payment', () => {
      it('an order sent twenty times at once is credited once', async () => {
        const payment = order('credited');
        const answers = await Promise.all(Array.from({ length: 20 }, () => pay(payment)));
        for (const answer of answers)
          expect(['settled', 'accepted', 'unknown']).toContain(answer.kind);
        await enquiredUntil(payment, 'settled');
        expect(await bank.credits(payment.reference)).toEqual({ times: 1, amount: '1624000' });
      });

      it('a used reference with another amount or account books nothing, and is a doubt', async () => {
        const payment = order('credited');
        await pay(payment);
        await enquiredUntil(payment, 'settled');
        expect((await pay({ ...payment, amount: Money.of('1624001') })).kind).toBe('unknown');
        expect((await pay({ ...payment, accountNumber: '5550001112' })).kind).toBe('unknown');
        expect(await bank.credits(payment.reference)).toEqual({ times: 1, amount: '1624000' });
      });

      it('a refusal carries its reason, credits nothing and stays', async () => {
        const payment = order('rejected');
        const { reason } = bank.account('rejected');
        for (const answer of [await pay(payment), await pay(payment), await enquire(payment)]) {
          expect(answer).toMatchObject({ kind: 'rejected', reason: { code: reason } });
        }
        expect(await creditsOf(payment)).toBe(0);
      });

      it('accepted is not the end: it may be rejected later', async () => {
        const payment = order('rejected-later');
        expect((await pay(payment)).kind).toBe('accepted');
        const { reason } = bank.account('rejected-later');
        expect(await enquiredUntil(payment, 'rejected')).toMatchObject({
          reason: { code: reason },
        });
        expect(await creditsOf(payment)).toBe(0);
      });

      it('settled is not the end: it may come back, with a reason', async () => {
        const payment = order('returned');
        await pay(payment);
        const { reason } = bank.account('returned');
        expect(await enquiredUntil(payment, 'returned')).toMatchObject({
          reason: { code: reason },
        });
        expect((await pay(payment)).kind).toBe('unknown');
        expect(await creditsOf(payment)).toBe(1);
      });

      it.each<Mood>([
        'answer-lost',
        'never-answers',
        'garbage',
        'unknown-word',
        'refused-for-a-time-out',
        'refused-as-duplicate',
      ])('%s: in doubt; an enquiry finds the credit, and sending again adds none', async (mood) => {
        const payment = order(mood);
        expect((await pay(payment)).kind).toBe('unknown');
        await enquiredUntil(payment, 'settled');
        expect(['settled', 'accepted']).toContain((await pay(payment)).kind);
        expect(await creditsOf(payment)).toBe(1);
      });

      it.each<Mood>(['broken-before-booking', 'error-before-booking'])(
        '%s: in doubt; an enquiry finds nothing, and sending again credits once',
        async (mood) => {
          const payment = order(mood);
          expect((await pay(payment)).kind).toBe('unknown');
          expect((await enquire(payment))?.kind).toBe('not-found');
          await pay(payment);
          await enquiredUntil(payment, 'settled');
          expect(await creditsOf(payment)).toBe(1);
        },
      );

      it('a promise that nothing was accepted is kept, and sending again credits once', async () => {
        const payment = order('nothing-accepted');
        expect((await pay(payment)).kind).toBe('not-sent');
        expect((await enquire(payment))?.kind).toBe('not-found');
        await pay(payment);
        await enquiredUntil(payment, 'settled');
        expect(await creditsOf(payment)).toBe(1);
      });

      it('a call whose time is over before it begins sends nothing', async () => {
        const payment = order('credited');
        const answer = await bank.adapter.pay(payment, {
          signal: AbortSignal.abort(),
          attemptId: newId(),
        });
        expect(answer.kind).toBe('not-sent');
        expect((await enquire(payment))?.kind).toBe('not-found');
      });

      it('an outage refuses no payment and settles none', async () => {
        const payment = order('credited');
        await bank.duringOutage(async () => {
          expect(['unknown', 'not-sent']).toContain((await pay(payment)).kind);
          expect((await enquire(payment))?.kind).toBe('unknown');
        });
        expect(await creditsOf(payment)).toBe(0);
      });

      it('the bank’s restart forgets nothing', async () => {
        const payment = order('credited');
        await pay(payment);
        await enquiredUntil(payment, 'settled');
        await bank.restart();
        expect((await enquire(payment))?.kind).toBe('settled');
        await pay(payment);
        expect(await creditsOf(payment)).toBe(1);
      });
    });

    describe('enquiries', () => {
      it('each reference has its own answer, and one never sent is not found', async () => {
        const [credited, rejected, never] = [
          order('credited'),
          order('rejected'),
          order('credited'),
        ];
        await pay(credited);
        await pay(rejected);
        await enquiredUntil(credited, 'settled');
        const queries = [never, rejected, credited].map(({ reference }) => ({
          reference,
          firstSentAt: new Date(),
        }));
        const answers = await bank.adapter.enquire(queries, call());
        expect(answers.get(credited.reference)?.kind).toBe('settled');
        expect(answers.get(rejected.reference)?.kind).toBe('rejected');
        expect(answers.get(never.reference)?.kind).toBe('not-found');
        expect((await bank.adapter.enquire([], call())).size).toBe(0);
      });

      it('an answer about another amount than ours is a doubt', async () => {
        const payment = order('credited');
        await pay(payment);
        await enquiredUntil(payment, 'settled');
        expect((await enquire({ ...payment, amount: Money.of('1') }))?.kind).toBe('unknown');
      });
    });

    describe('many payments in one message', () => {
      const submission = (orders: PaymentOrder[]) => ({
        reference: `S${newId().replaceAll('-', '').toUpperCase()}`,
        orders,
        total: Money.sum(orders.map((each) => each.amount)),
      });
      const payMany = async (orders: PaymentOrder[], reference?: string) => {
        const message = submission(orders);
        const answers = await bank.adapter.payMany?.(
          { ...message, reference: reference ?? message.reference },
          call(),
        );
        return answers ?? new Map<string, never>();
      };

      it('every payment has its own answer; one that is rejected holds back no other', async () => {
        if (!bank.adapter.payMany) return;
        const orders = [order('credited'), order('rejected'), order('credited')];
        const answers = await payMany(orders);
        expect([...answers.keys()].sort()).toEqual(orders.map((each) => each.reference).sort());
        expect(orders.map((each) => answers.get(each.reference)?.kind === 'rejected')).toEqual([
          false,
          true,
          false,
        ]);
        for (const each of [orders[0], orders[2]] as PaymentOrder[]) {
          await enquiredUntil(each, 'settled');
          expect(await creditsOf(each)).toBe(1);
        }
      });

      it('a message sent again, a payment in two messages and a payment sent alone as well are credited once', async () => {
        if (!bank.adapter.payMany) return;
        const [one, two, three] = [order('credited'), order('credited'), order('credited')];
        await pay(one);
        await payMany([one, two], 'SAGAIN');
        await payMany([one, two], 'SAGAIN');
        await payMany([two, three]);
        for (const each of [one, two, three]) {
          await enquiredUntil(each, 'settled');
          expect(await creditsOf(each)).toBe(1);
        }
      });

      it('a lost answer leaves all in doubt, and each is found by enquiry, once', async () => {
        if (!bank.adapter.payMany) return;
        const orders = [order('credited'), order('answer-lost'), order('rejected')];
        const kinds = [...(await payMany(orders)).values()].map((answer) => answer.kind);
        expect(kinds).toEqual(['unknown', 'unknown', 'unknown']);
        await enquiredUntil(orders[0] as PaymentOrder, 'settled');
        await enquiredUntil(orders[1] as PaymentOrder, 'settled');
        expect((await enquire(orders[2] as PaymentOrder))?.kind).toBe('rejected');
        expect(await Promise.all(orders.map(creditsOf))).toEqual([1, 1, 0]);
      });

      it(`${MANY} payments in one message are taken in within one call`, async () => {
        if (!bank.adapter.payMany) return;
        const orders = Array.from({ length: MANY }, () => order('credited'));
        const answers = await payMany(orders);
        expect(answers.size).toBe(MANY);
        expect([...answers.values()].filter((answer) => answer.kind === 'unknown')).toEqual([]);
        await enquiredUntil(orders[MANY - 1] as PaymentOrder, 'settled');
      });
    });

    describe('notices', () => {
      const read = (notice: RawNotice): BankNotice | undefined =>
        bank.adapter.verifyNotice?.(notice, new Date());
      const itemsAbout = (payment: PaymentOrder) =>
        bank
          .notices()
          .flatMap((raw) =>
            (read(raw)?.items ?? [])
              .filter((item) => item.reference === payment.reference)
              .map((item) => ({ item, id: read(raw)?.id })),
          );
      const toldAbout = (payment: PaymentOrder, times: number) =>
        eventually(() =>
          Promise.resolve(itemsAbout(payment).length >= times ? itemsAbout(payment) : undefined),
        );

      it('a return is told by a signed notice with its reason', async () => {
        if (!bank.adapter.verifyNotice) return;
        const payment = order('returned');
        await pay(payment);
        const told = await toldAbout(payment, 1);
        const { reason } = bank.account('returned');
        expect(told.at(-1)?.item).toMatchObject({
          fact: { kind: 'returned', reason: { code: reason } },
          amount: payment.amount,
        });
      });

      it('the same notice sent again has the same id', async () => {
        if (!bank.adapter.verifyNotice) return;
        const payment = order('told-twice');
        await pay(payment);
        const told = await toldAbout(payment, 2);
        expect(new Set(told.map((each) => each.id)).size).toBe(1);
      });

      it('what arrives out of order has the bank’s own order in it', async () => {
        if (!bank.adapter.verifyNotice) return;
        const payment = order('told-out-of-order');
        await pay(payment);
        const told = await toldAbout(payment, 2);
        expect(told.map((each) => each.item.fact.kind)).toEqual(['settled', 'accepted']);
        const [later, earlier] = told.map((each) => each.item.fact.sequence ?? Number.NaN);
        expect(later).toBeGreaterThan(earlier as number);
      });

      it('a payment that is never told is found by enquiry', async () => {
        const payment = order('never-told');
        await pay(payment);
        await enquiredUntil(payment, 'settled');
        expect(itemsAbout(payment)).toEqual([]);
      });

      it('a notice with one byte changed, without a signature, or read ten minutes later is refused', async () => {
        const { adapter } = bank;
        if (!adapter.verifyNotice) return;
        const payment = order('told-twice');
        await pay(payment);
        await toldAbout(payment, 1);
        const notice = bank.notices().at(-1) as RawNotice;
        const changed = Buffer.from(notice.body);
        changed[changed.length - 3] = (changed[changed.length - 3] ?? 0) ^ 1;
        const refusals: [RawNotice, Date, NoticeRefused['fault']][] = [
          [{ ...notice, body: changed }, new Date(), 'signature'],
          [{ ...notice, headers: {} }, new Date(), 'signature'],
          [notice, new Date(Date.now() + 600_000), 'replay-window'],
        ];
        for (const [raw, now, fault] of refusals) {
          expect(() => adapter.verifyNotice?.(raw, now)).toThrow(
            expect.objectContaining({ fault }),
          );
        }
      });
    });

    describe('accounts', () => {
      it('an account that does not exist is told from one whose name is not known', async () => {
        if (!bank.adapter.verifyAccount) return;
        expect(
          (await bank.adapter.verifyAccount(bank.account('no-such-account'), call())).kind,
        ).toBe('no-such-account');
        const other = await bank.adapter.verifyAccount(bank.account('credited'), call());
        expect(['found', 'cannot-tell']).toContain(other.kind);
      });
    });

    describe('statements', () => {
      it('opening, every entry and closing fit, over all pages; payments and returns carry our reference', async () => {
        if (!bank.adapter.statement) return;
        const [kept, returned] = [order('credited'), order('returned')];
        await pay(kept);
        await pay(returned);
        await enquiredUntil(returned, 'returned');
        const days = { from: daysFromNow(-1), to: daysFromNow(1) };
        const entries: StatementEntry[] = [];
        let [opening, closing] = [Money.zero(), Money.zero()];
        let pages = 0;
        for await (const page of bank.adapter.statement(days, call())) {
          entries.push(...page.entries);
          ({ opening, closing } = page);
          pages += 1;
        }
        const of = (direction: string) =>
          Money.sum(
            entries.filter((entry) => entry.direction === direction).map((entry) => entry.amount),
          );
        expect(opening.plus(of('credit')).minus(of('debit')).toString()).toBe(closing.toString());
        expect(new Set(entries.map((entry) => entry.entryId)).size).toBe(entries.length);
        const directions = (payment: PaymentOrder) =>
          entries
            .filter((entry) => entry.reference === payment.reference)
            .map((entry) => entry.direction);
        expect(directions(kept)).toEqual(['debit']);
        expect(directions(returned)).toEqual(['debit', 'credit']);
        const { reason } = bank.account('returned');
        const back = entries.find(
          (entry) => entry.reference === returned.reference && entry.direction === 'credit',
        );
        expect(back?.returnReason?.code).toBe(reason);
        if (entries.length > MANY) expect(pages).toBeGreaterThan(1);
      });
    });
  });
}

function daysFromNow(days: number): string {
  return new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
}
