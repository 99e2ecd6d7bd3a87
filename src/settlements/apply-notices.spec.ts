import fc from 'fast-check';
import { ManualClock, newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import { outcomeDesk, signedNotice, type WireItem } from '../../test/builders/outcome-desk.js';
import { sentPayments, type SentPayment } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { SweepNotices } from './jobs/sweep-notices.js';

const NOW = new Date('2026-11-21T03:00:00Z');

describe('notices applied', () => {
  let clock: ManualClock;
  let db: TestDatabase;
  let desk: ReturnType<typeof outcomeDesk>;
  let office: Office;
  beforeAll(async () => {
    clock = new ManualClock(NOW);
    db = await testDatabase();
    desk = outcomeDesk(db.database, clock);
    office = await db.database.transaction((tx) => anOffice(tx));
  });
  afterAll(() => db.close());

  const payments = (count: number, sent = {}) =>
    db.database.transaction((tx) => sentPayments(tx, office, count, sent));
  const payment = async (sent = {}): Promise<SentPayment> => {
    const [first] = await payments(1, sent);
    if (!first) throw new Error('no payment');
    return first;
  };
  const send = (items: readonly WireItem[], given: { id?: string; bank?: string } = {}) =>
    desk.receiving.receive(
      given.bank ?? 'sandbox',
      signedNotice({ id: given.id ?? newId(), at: clock.now(), payments: items }),
    );
  const stateOf = async (id: string) =>
    (
      await one<{ state: string }>(
        db.database.reader,
        'select state from payment_view where payment_id = $1',
        [id],
      )
    )?.state;
  const historyOf = (id: string) =>
    rows<{ to_state: string }>(
      db.database.reader,
      'select to_state from payment_history_view where payment_id = $1 order by history_id',
      [id],
    );
  const resultsOf = async (reference: string) =>
    (
      await rows<{ result: string | null }>(
        db.database.reader,
        'select result from notice_item where reference = $1 order by bank_notice_id, position',
        [reference],
      )
    ).map(({ result }) => result);

  it('about a reference that nobody has stays visible and moves nothing', async () => {
    await send([{ reference: 'CT-NOBODY', status: 'ACCC' }]);
    expect(await desk.applying.apply('sandbox')).toBe(1);
    expect(await resultsOf('CT-NOBODY')).toEqual(['unknown-reference']);
  });

  it("of one bank about another bank's payment moves nothing", async () => {
    const paid = await payment({ bank: 'sandbox-instant' });
    await send([{ reference: paid.reference, status: 'RJCT', reasonCode: 'AC04' }]);
    await desk.applying.apply('sandbox');
    expect(await stateOf(paid.paymentId)).toBe('accepted');
    expect(await resultsOf(paid.reference)).toEqual(['unknown-reference']);
  });

  it('about another amount is a contradiction and moves nothing', async () => {
    const paid = await payment();
    await send([{ reference: paid.reference, status: 'ACCC', amount: '2789001' }]);
    await desk.applying.apply('sandbox');
    expect(await stateOf(paid.paymentId)).toBe('accepted');
    expect(await resultsOf(paid.reference)).toEqual(['conflict']);
  });

  it('that says nothing certain moves nothing, and its neighbours are applied', async () => {
    const [odd, clear] = await payments(2);
    if (!odd || !clear) throw new Error('no payments');
    await send([
      { reference: odd.reference, status: 'WHAT' },
      { reference: clear.reference, status: 'ACCC' },
    ]);
    await desk.applying.apply('sandbox');
    expect(await stateOf(odd.paymentId)).toBe('accepted');
    expect(await resultsOf(odd.reference)).toEqual(['unread']);
    expect(await stateOf(clear.paymentId)).toBe('settled');
  });

  it('a hundred times changes nothing after the first', async () => {
    const paid = await payment();
    for (let time = 0; time < 100; time += 1) {
      await send([{ reference: paid.reference, status: 'ACCC', sequence: 3 }], { id: 'again' });
      if (time % 10 === 0) await desk.applying.apply('sandbox');
    }
    await desk.applying.apply('sandbox');
    expect(await stateOf(paid.paymentId)).toBe('settled');
    expect(await historyOf(paid.paymentId)).toHaveLength(2);
    expect(await resultsOf(paid.reference)).toEqual(['moved']);
  });

  it('telling the same under a hundred ids moves a payment once', async () => {
    const paid = await payment();
    for (let time = 0; time < 100; time += 1) {
      await send([{ reference: paid.reference, status: 'ACCC', sequence: 3 }]);
    }
    expect(await desk.applying.apply('sandbox')).toBe(100);
    const results = await resultsOf(paid.reference);
    expect(results.filter((result) => result === 'moved')).toHaveLength(1);
    expect(results.filter((result) => result === 'repeated')).toHaveLength(99);
    expect(await historyOf(paid.paymentId)).toHaveLength(2);
  });

  it('by several workers at once are applied once each', async () => {
    const paid = await payments(300);
    for (const { reference } of paid) await send([{ reference, status: 'ACCC' }]);
    const workers = Array.from({ length: 6 }, () => desk.applying.apply('sandbox'));
    const applied = await Promise.all(workers);
    expect(applied.reduce((sum, count) => sum + count, 0)).toBe(300);
    const moves = await one<{ count: number }>(
      db.database.reader,
      `select count(*)::int as count from payment_history_view
        where payment_id = any($1::uuid[]) and to_state = 'settled'`,
      [paid.map(({ paymentId }) => paymentId)],
    );
    expect(moves?.count).toBe(300);
  });

  it('of which one cannot be applied: it is put off, the others are not held up', async () => {
    const [poison, good] = await payments(2);
    if (!poison || !good) throw new Error('no payments');
    await send([{ reference: poison.reference, status: 'ACCC' }]);
    await send([{ reference: good.reference, status: 'ACCC' }]);
    const record = desk.outcomes.record.bind(desk.outcomes);
    desk.outcomes.record = (tx, given) => {
      if (given.items.some((item) => item.reference === poison.reference))
        throw new Error('a fault of ours');
      return record(tx, given);
    };
    expect(await desk.applying.apply('sandbox')).toBe(1);
    expect(await stateOf(good.paymentId)).toBe('settled');
    expect(await stateOf(poison.paymentId)).toBe('accepted');
    expect(await desk.applying.apply('sandbox')).toBe(0);
    desk.outcomes.record = record;
    clock.advanceMs(10_000);
    expect(await desk.applying.apply('sandbox')).toBe(1);
    expect(await stateOf(poison.paymentId)).toBe('settled');
  });

  it('left behind by a killed worker are applied by the sweeper', async () => {
    const paid = await payment();
    await send([{ reference: paid.reference, status: 'ACCC' }]);
    const killed = db.database.transaction(async (tx) => {
      await desk.outcomes.record(tx, {
        bankCode: 'sandbox',
        items: [{ reference: paid.reference, fact: { kind: 'settled' } }],
        cause: 'notice',
        sourceId: null,
        at: clock.now(),
      });
      throw new Error('killed between');
    });
    await expect(killed).rejects.toThrow('killed between');
    expect(await stateOf(paid.paymentId)).toBe('accepted');
    const sweeper = new SweepNotices(db.database, desk.applying, clock);
    await sweeper.sweep();
    expect(await stateOf(paid.paymentId)).toBe('accepted');
    clock.advanceMs(6_000);
    await sweeper.sweep();
    expect(await stateOf(paid.paymentId)).toBe('settled');
    expect(await resultsOf(paid.reference)).toEqual(['moved']);
  });

  it("a returned payment's entitlement is open again", async () => {
    const paid = await payment();
    await send([{ reference: paid.reference, status: 'RTRN', reasonCode: 'AC04', sequence: 5 }]);
    await send([{ reference: paid.reference, status: 'ACCC', sequence: 4 }]);
    await desk.applying.apply('sandbox');
    expect(await stateOf(paid.paymentId)).toBe('returned');
    const owed = await one(
      db.database.reader,
      'select state, failed_code as code from payable_entitlement_view where entitlement_id = $1',
      [paid.entitlementId],
    );
    expect(owed).toEqual({ state: 'open', code: 'AC04' });
  });

  const STORIES: readonly (readonly WireItem[])[] = [
    [story('RCVD', 1), story('ACSP', 2), story('ACCC', 3)],
    [story('RCVD', 1), story('ACSP', 2), story('RJCT', 3, 'AC01')],
    [story('RCVD', 1), story('ACSP', 2), story('ACCC', 3), story('RTRN', 4, 'BE01')],
  ];

  it('in any order, any number of times and in any company end in the same state', async () => {
    const told = fc.record({
      story: fc.constantFrom(...STORIES),
      sequenced: fc.boolean(),
      order: fc.infiniteStream(fc.nat(1_000_000)),
      again: fc.array(fc.nat(3), { maxLength: 6 }),
      applyAfter: fc.array(fc.nat(12), { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        told,
        fc.constantFrom('sending', 'accepted', 'unknown'),
        async (given, start) => {
          const paid = await payment({ state: start });
          const items = [...given.story, ...given.again.flatMap((at) => given.story[at] ?? [])]
            .map((item) => ({ item, key: given.order.next().value }))
            .sort((one, other) => one.key - other.key)
            .map(({ item }) => ({
              ...item,
              reference: paid.reference,
              ...(!given.sequenced && { sequence: undefined }),
            }));
          for (const [at, item] of items.entries()) {
            await send([item]);
            if (given.applyAfter.includes(at)) await desk.applying.apply('sandbox');
          }
          await desk.applying.apply('sandbox');
          const end = { ACCC: 'settled', RJCT: 'rejected', RTRN: 'returned' }[
            given.story.at(-1)?.status ?? ''
          ];
          expect(await stateOf(paid.paymentId)).toBe(end);
          const results = await resultsOf(paid.reference);
          expect(results).not.toContain('conflict');
          expect(results).not.toContain(null);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('about 1,000 payments, one each, are applied by one job', async () => {
    const paid = await payments(1_000);
    await execute(
      db.database.reader,
      `insert into bank_notice (id, bank, notice_id, body, body_sha256, sent_at, received_at, item_count,
                                unread_count, state, last_seen_at, due_at)
       select r.id, 'sandbox', r.reference, '', repeat('0', 64), $3, $3, 1, 0, 'received', $3, $3
         from unnest($1::uuid[], $2::text[]) as r (id, reference)`,
      [paid.map(({ paymentId }) => paymentId), paid.map(({ reference }) => reference), clock.now()],
    );
    await execute(
      db.database.reader,
      `insert into notice_item (bank_notice_id, position, reference, fact)
       select r.id, 0, r.reference, 'settled' from unnest($1::uuid[], $2::text[]) as r (id, reference)`,
      [paid.map(({ paymentId }) => paymentId), paid.map(({ reference }) => reference)],
    );
    expect(await desk.applying.apply('sandbox')).toBe(1_000);
  });
});

function story(status: string, sequence: number, reasonCode?: string): WireItem {
  return { reference: '', status, sequence, reasonCode };
}
