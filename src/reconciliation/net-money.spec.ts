import fc from 'fast-check';
import type { StatementEntry } from '../banks/index.js';
import { ManualClock, Money, newId } from '../kernel/index.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import {
  debitOf,
  reconciliationDesk,
  returnOf,
  standingOf,
  statementOf,
  type ReconciliationDesk,
} from '../../test/builders/reconciliation-desk.js';
import { sentPayments, type SentPayment } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';

const query = { bank: 'sandbox', from: '2026-11-20', to: '2026-11-20' };

/** What moved under one payment's reference: `d` debit, `c` credit, `r` a return that the bank reversed. */
type Move = 'd' | 'c' | 'r';

describe('the money that is out, whatever the bank booked and however it tells of it', () => {
  let db: TestDatabase;
  let office: Office;
  let desk: ReconciliationDesk;
  const clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));
  beforeAll(async () => {
    db = await testDatabase();
    office = await db.database.transaction((tx) => anOffice(tx));
    desk = reconciliationDesk(db.database, clock);
  });
  afterAll(() => db.close());

  const payment = async (): Promise<SentPayment> => {
    const [first] = await db.database.transaction((tx) => sentPayments(tx, office, 1));
    if (!first) throw new Error('no payment');
    return first;
  };
  const entryOf = (paid: SentPayment, move: Move, at: number): StatementEntry => {
    const bookedAt = new Date(Date.parse('2026-11-20T02:00:00Z') + at * 1000);
    if (move === 'c') return returnOf(paid, { bookedAt });
    return debitOf(paid, { bookedAt, ...(move === 'r' && { reversal: true }) });
  };
  const tell = async (entries: readonly StatementEntry[], pageSize = 100) => {
    const whole = statementOf(entries);
    desk.says.pages = [];
    for (let at = 0; at === 0 || at < entries.length; at += pageSize)
      desk.says.pages.push({ ...whole, entries: entries.slice(at, at + pageSize) });
    await desk.fetching.fetch(query);
    await desk.matching.match('sandbox');
  };
  const after = async (...statements: readonly (readonly Move[])[]) => {
    const paid = await payment();
    let at = 0;
    for (const moves of statements) await tell(moves.map((move) => entryOf(paid, move, (at += 1))));
    const { state, entitlement, held, open } = await standingOf(db.database, paid);
    return [state, entitlement, held, ...open].join(' ').replace(/ +/g, ' ').trim();
  };

  const told = (text: string) => text.split(' | ').map((moves) => moves.split(' ') as Move[]);

  it.each([
    // Debited twice and one given back: one is out, so it stays paid, and nothing is left to look at.
    ['d d c', 'settled paid'],
    ['d d | c', 'settled paid'],
    ['d | d | c', 'settled paid'],
    ['d | d c', 'settled paid'],
    ['d c d', 'settled paid'],
    ['c d d', 'settled paid'],
    ['d d c c', 'returned open AC04'],
    ['d d | c | c', 'returned open AC04'],
    ['d d', 'settled paid debited-twice'],
    ['d d d c', 'settled paid debited-twice'],
    // Returned first, debited again: money is out although it counts as failed. Loud, and nobody pays it again.
    ['d c | d', 'returned open DUPL debited-twice'],
    ['c | d d', 'returned open DUPL debited-twice'],
    ['c | d | d', 'returned open DUPL debited-twice'],
    ['d c | d | c', 'returned open DUPL'],
    ['d c | d d | c', 'returned open DUPL debited-twice'],
    ['c', 'returned open AC04'],
    ['c | d', 'returned open AC04'],
    ['d c c', 'returned open AC04 returned-twice'],
    ['d c c | d', 'returned open AC04'],
    // The bank takes a return back: never settled by that, whenever it is told.
    ['d c r', 'returned open DUPL return-reversed'],
    ['d c | r', 'returned open DUPL return-reversed'],
    ['d r | c', 'returned open DUPL return-reversed'],
    ['r | d c', 'returned open DUPL return-reversed'],
    ['r | d | c', 'returned open DUPL return-reversed'],
    ['r', 'accepted in_batch DUPL return-reversed'],
    ['d c r c', 'returned open AC04'],
    ['d c | r | c', 'returned open DUPL'],
  ])('%s: %s', async (moves, standing) => {
    expect(await after(...told(moves))).toBe(standing);
  });

  it('any order and any cutting into statements and pages leaves no money unnoticed', async () => {
    const moves = fc.array(fc.constantFrom<Move>('d', 'd', 'd', 'c', 'c', 'r'), {
      minLength: 1,
      maxLength: 7,
    });
    const cuts = fc.array(fc.nat({ max: 6 }), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(
        moves,
        cuts,
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async (all, at, page, overlap) => {
          const paid = await payment();
          const entries = all.map((move, nth) => entryOf(paid, move, nth));
          const borders = [0, ...[...new Set(at)].sort(), entries.length];
          for (const [nth, border] of borders.entries()) {
            const from = overlap ? 0 : (borders[nth - 1] ?? 0);
            if (nth > 0) await tell(entries.slice(from, border), page);
          }
          const count = (move: Move) => all.filter((each) => each === move).length;
          const net = count('d') + count('r') - count('c');
          const { state, entitlement, held, open } = await standingOf(db.database, paid);
          const debits = count('d') > 0;
          // One credit stands in the payee's account: it is not owed again, or it is held and told.
          if (net >= 1 && entitlement === 'open') {
            expect(held).toBe('DUPL');
            expect(open.length).toBeGreaterThanOrEqual(1);
          }
          if (state === 'settled') expect(open).toHaveLength(net - 1);
          if (state === 'returned' && debits) expect(open).toHaveLength(Math.abs(net));
          if (net <= 0 && count('c') > 0)
            expect([state, entitlement]).toEqual(['returned', 'open']);
          if (net === 0 && debits) expect(open).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  }, 120_000);

  it('told all at once, the order of the entries decides nothing', async () => {
    const moves = fc.array(fc.constantFrom<Move>('d', 'd', 'c', 'r'), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(moves, fc.infiniteStream(fc.nat()), async (all, random) => {
        const [one, other] = [await payment(), await payment()];
        const entries = (paid: SentPayment) => all.map((move, nth) => entryOf(paid, move, nth));
        await tell(entries(one));
        const shuffled = entries(other)
          .map((entry) => ({ entry, key: random.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key);
        await tell(
          shuffled.map(({ entry }) => entry),
          2,
        );
        expect(await standingOf(db.database, other)).toEqual(await standingOf(db.database, one));
      }),
      { numRuns: 15 },
    );
  }, 120_000);

  it('a debit under an unknown reference, or of another amount, rests when the bank takes it back', async () => {
    const paid = await payment();
    const stranger = { reference: `CT-${newId()}`, amount: '700' };
    const wrong = { ...paid, amount: '2789001' };
    await tell([debitOf(stranger), debitOf(wrong)]);
    expect((await standingOf(db.database, paid)).open).toEqual(['amount-differs']);
    const back = returnOf(stranger, { amount: Money.of('700') });
    await tell([back, returnOf(wrong)]);
    expect((await standingOf(db.database, paid)).open).toEqual([]);
    const [left] = await desk.exceptions.list({ kind: 'unknown-reference', after: null, limit: 5 });
    expect(left).toMatchObject({ state: 'ended', endedBy: 'system' });
  });

  it('rejected in our books, debited and given back by the bank: told, then ended; the payee stays held', async () => {
    const [paid] = await db.database.transaction((tx) =>
      sentPayments(tx, office, 1, { state: 'rejected' }),
    );
    if (!paid) throw new Error('no payment');
    await tell([debitOf(paid)]);
    expect(await standingOf(db.database, paid)).toMatchObject({
      state: 'rejected',
      held: 'DUPL',
      open: ['contradicts'],
    });
    await tell([returnOf(paid)]);
    expect(await standingOf(db.database, paid)).toMatchObject({ state: 'rejected', open: [] });
  });

  it('a notice of a return after a duplicate was undone: one is out and owed again, so it is held and told', async () => {
    const paid = await payment();
    await tell([entryOf(paid, 'd', 1), entryOf(paid, 'd', 2), entryOf(paid, 'c', 3)]);
    await db.database.transaction((tx) =>
      desk.outcomes.record(tx, {
        bankCode: 'sandbox',
        items: [
          { reference: paid.reference, fact: { kind: 'returned', reason: { code: 'MS03' } } },
        ],
        cause: 'notice',
        sourceId: null,
        at: clock.now(),
      }),
    );
    await desk.unproven.find();
    expect(await standingOf(db.database, paid)).toMatchObject({
      state: 'returned',
      held: 'DUPL',
      open: ['contradicts'],
    });
    await tell([entryOf(paid, 'c', 4)]);
    await desk.unproven.find();
    expect((await standingOf(db.database, paid)).open).toEqual([]);
  });
});
