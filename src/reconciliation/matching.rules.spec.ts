import fc from 'fast-check';
import { Money } from '../kernel/index.js';
import { judge, type Counterpart, type Entry, type LooseEntry } from './matching.rules.js';
import { faultOfSpan, fetchAgainAt, MOST_TRIES, workingDaysBefore } from './span.rules.js';

const payment: Counterpart = {
  paymentId: 'p1',
  reference: 'CT1',
  amount: Money.of('2789000'),
  standing: 'going',
  matched: false,
  returned: false,
};
const entry = (given: Partial<Entry> = {}): Entry => ({
  id: 'e1',
  reference: 'CT1',
  direction: 'debit',
  amount: Money.of('2789000'),
  bookedAt: new Date('2026-11-20T02:00:00Z'),
  reversal: false,
  returnCode: null,
  returnText: null,
  bankReference: null,
  ...given,
});
const judged = (
  entries: Entry[],
  counterpart: Partial<Counterpart> = {},
  loose: readonly LooseEntry[] = [],
) => {
  const counterparts = new Map([['CT1', { ...payment, ...counterpart }]]);
  const judgements = judge(entries, { counterparts, loose });
  return entries.map((e) => {
    const judgement = judgements.get(e);
    if (!judgement) return 'none';
    return 'proves' in judgement ? `proves ${judgement.proves}` : judgement.bucket;
  });
};

describe('what an entry of a statement is to our books', () => {
  it('another amount, another currency or another reference proves nothing', () => {
    expect(judged([entry({ amount: Money.of('2789001') })])).toEqual(['amount-differs']);
    expect(judged([entry({ amount: Money.of('2789000', 'USD') })])).toEqual(['amount-differs']);
    expect(judged([entry({ reference: 'CT2' })])).toEqual(['unknown-reference']);
    expect(judged([entry({ reference: null })])).toEqual(['not-ours']);
  });

  it('of two debits for one payment the first booked proves it, wherever it stands', () => {
    const later = entry({ id: 'e2', bookedAt: new Date('2026-11-20T03:00:00Z') });
    expect(judged([later, entry()])).toEqual(['debited-twice', 'proves settled']);
    expect(judged([entry()], { matched: true })).toEqual(['debited-twice']);
  });

  it('a credit with our reference gives the payment back, once', () => {
    const credit = entry({ id: 'e2', direction: 'credit', returnCode: 'AC04' });
    const again = entry({ id: 'e3', direction: 'credit', returnCode: 'AC04' });
    expect(judged([credit, entry(), again])).toEqual([
      'proves returned',
      'proves settled',
      'returned-twice',
    ]);
    expect(judged([credit], { returned: true })).toEqual(['returned-twice']);
  });

  it('a credit takes back the debit that was one too many, and the payment stays paid', () => {
    const again = entry({ id: 'e2', bookedAt: new Date('2026-11-20T03:00:00Z') });
    const credit = entry({ id: 'e3', direction: 'credit' });
    expect(judged([credit, again, entry()])).toEqual(['undone', 'debited-twice', 'proves settled']);
    const loose: LooseEntry = {
      id: 'e2',
      reference: 'CT1',
      direction: 'debit',
      amount: payment.amount,
      bucket: 'debited-twice',
    };
    expect(judged([credit], { matched: true, standing: 'settled' }, [loose])).toEqual(['undone']);
    // But where our books say already that the payment came back, its own return comes first.
    expect(judged([credit], { matched: true, standing: 'back' }, [loose])).toEqual([
      'proves returned',
    ]);
  });

  it('a reversal of a return never proves that a payment is fine', () => {
    const reversal = entry({ id: 'e2', reversal: true });
    expect(judged([reversal])).toEqual(['return-reversed']);
    const credit = entry({ id: 'e3', direction: 'credit' });
    expect(judged([reversal, credit, entry()])).toEqual([
      'return-reversed',
      'proves returned',
      'proves settled',
    ]);
  });

  it('does not depend on the order of the entries', () => {
    const all = [
      entry(),
      entry({ id: 'e2' }),
      entry({ id: 'e3', direction: 'credit' }),
      entry({ id: 'e4', amount: Money.of('1') }),
      entry({ id: 'e5', reference: 'CT9' }),
    ];
    const told = (entries: Entry[]) =>
      new Map(judged(entries).map((said, at) => [entries[at]?.id, said]));
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(told(order)).toEqual(told(all));
      }),
    );
  });
});

describe('a span of days', () => {
  const today = '2026-11-21';
  it.each([
    ['2026-11-21', '2026-11-20', 'backward'],
    ['2026-11-21', '2026-11-22', 'future'],
    ['2026-08-01', '2026-11-21', 'too-long'],
    ['2026-11-21', '2026-11-21', null],
    ['2026-08-22', '2026-11-21', null],
  ])('from %s to %s is refused as %s', (from, to, fault) => {
    expect(faultOfSpan({ from, to, today })).toBe(fault);
  });
});

it('a statement that cannot be had is asked for with growing waits, and not for ever', () => {
  const now = new Date('2026-11-21T00:00:00Z');
  const waits = [1, 2, 3, 4].map((tries) => Number(fetchAgainAt(tries, now)) - now.getTime());
  expect(waits).toEqual([30_000, 60_000, 120_000, 240_000]);
  expect(fetchAgainAt(MOST_TRIES, now)).toBeNull();
});

it('working days before a day leave out days off', () => {
  const off = new Set(['2026-11-21', '2026-11-22']);
  const calendar = {
    previousWorkingDay: (date: string) => {
      let day = date;
      while (off.has(day)) day = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
      return day;
    },
  };
  expect(workingDaysBefore(calendar, '2026-11-24', 3)).toBe('2026-11-19');
  expect(workingDaysBefore(calendar, '2026-11-22', 1)).toBe('2026-11-20');
});
