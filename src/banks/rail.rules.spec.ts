import fc from 'fast-check';
import { Money } from '../kernel/index.js';
import { Calendar } from '../organisation/index.js';
import { bankFileSchema } from './bank.settings.js';
import { messageBounds, nextDayOf, openAt, railFor, worksOnWorkingDaysOnly } from './rail.rules.js';
import { mergedRanges, railProblems, railSchema, type Rail } from './rail.settings.js';

const calendar = Calendar.load({ configDir: 'config', variable: () => undefined });
const rail = (odd: Record<string, unknown> = {}): Rail => railSchema.parse({ code: 'one', ...odd });
const working = { days: 'working', from: '08:00', to: '16:30', cutOff: '15:30' } as const;

/** An instant by its date and time at the office. */
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+07:00`);

const INSTANT = rail({ code: 'instant', maxAmount: '499999999' });
const HIGH = rail({ code: 'high-value', minAmount: '500000000', open: working });
const BOOK = rail({ code: 'book', onlyTo: ['970405'], maxAmount: '2000000000' });

describe('the way a payment takes', () => {
  const ruled = (rails: Rail[], amount: string, bankBin = '970436') => {
    const routed = railFor(rails, { amount: Money.of(amount), bankBin });
    return routed && [routed.rail.code, routed.rule];
  };

  it.each([
    ['499999999', '970436', ['instant', 'book:other-bank']],
    ['500000000', '970436', ['high-value', 'book:other-bank,instant:above-max']],
    ['500000000', '970405', ['book', 'preferred']],
    ['2000000001', '970405', ['high-value', 'book:above-max,instant:above-max']],
    ['1', '970405', ['book', 'preferred']],
  ])('%s đ to %s', (amount, bin, expected) => {
    expect(ruled([BOOK, INSTANT, HIGH], amount, bin)).toEqual(expected);
  });

  it('none at all, when no rail carries so much', () => {
    expect(ruled([INSTANT], '500000000')).toBeNull();
    expect(ruled([HIGH], '499999999')).toBeNull();
  });

  it('is not one whose message or day could never hold the payment', () => {
    const small = rail({ limits: { perMessage: { amount: '1000' }, perDay: { amount: '5000' } } });
    expect(ruled([small], '1000')).toEqual(['one', 'preferred']);
    expect(ruled([small], '1001')).toBeNull();
    const day = rail({ limits: { perDay: { amount: '5000' } } });
    expect(ruled([day], '5001')).toBeNull();
  });

  it('carries every amount of the ranges that a batch is gathered by, and no other', () => {
    const someRail = fc
      .record({
        a: fc.integer({ min: 1, max: 60 }),
        b: fc.integer({ min: 1, max: 60 }),
        open: fc.boolean(),
      })
      .map(({ a, b, open }) =>
        rail({ minAmount: `${Math.min(a, b)}`, maxAmount: open ? undefined : `${Math.max(a, b)}` }),
      );
    fc.assert(
      fc.property(
        fc.array(someRail, { maxLength: 5 }),
        fc.integer({ min: 1, max: 70 }),
        (rails, n) => {
          const amount = Money.of(`${n}`);
          const inRange = mergedRanges(rails).some(
            ({ least, most }) =>
              amount.compare(least) >= 0 && (most === null || amount.compare(most) <= 0),
          );
          expect(inRange).toBe(railFor(rails, { amount, bankBin: '970405' }) !== null);
        },
      ),
    );
  });

  it('one message holds no more than its bank, its rail and its day allow', () => {
    const limits = {
      perMessage: { payments: 200, amount: '9000' },
      perDay: { payments: 150, amount: '8000' },
    };
    const bulk = { mode: 'bulk', maxPerSubmission: 1000 } as const;
    expect(messageBounds(rail({ limits }), bulk)).toEqual({
      payments: 150,
      amount: Money.of('8000'),
    });
    expect(messageBounds(rail(), bulk)).toEqual({ payments: 1000, amount: null });
    expect(messageBounds(rail(), { ...bulk, mode: 'single' }).payments).toBe(1);
  });
});

describe('the hours of a rail', () => {
  const opening = (text: string, odd: Rail = HIGH) => {
    const found = openAt(odd, calendar, at(text));
    return found.isOpen ? 'open' : [found.why, found.until];
  };

  it.each([
    ['2026-11-20 07:59', ['before-hours', at('2026-11-20 08:00')]],
    ['2026-11-20 08:00', 'open'],
    ['2026-11-20 15:29', 'open'],
    ['2026-11-20 15:30', ['after-cut-off', at('2026-11-23 08:00')]],
    ['2026-11-20 23:59', ['after-cut-off', at('2026-11-23 08:00')]],
    ['2026-11-21 10:00', ['closed-day', at('2026-11-23 08:00')]],
    // 24 November: the Day of Vietnamese Culture, a Tuesday.
    ['2026-11-23 16:00', ['after-cut-off', at('2026-11-25 08:00')]],
    ['2026-11-24 10:00', ['closed-day', at('2026-11-25 08:00')]],
    // A Saturday worked for the Monday given off before the National Day.
    ['2026-08-21 15:30', ['after-cut-off', at('2026-08-22 08:00')]],
    ['2026-08-22 10:00', 'open'],
    ['2026-08-28 16:00', ['after-cut-off', at('2026-09-03 08:00')]],
    ['2026-08-31 10:00', ['closed-day', at('2026-09-03 08:00')]],
    // The first of January on a Thursday, the Friday given off, the Saturday a week later worked.
    ['2026-01-01 09:00', ['closed-day', at('2026-01-05 08:00')]],
    ['2026-01-10 09:00', 'open'],
    // The year turns: the first of January 2027 is a Friday.
    ['2026-12-31 15:30', ['after-cut-off', at('2027-01-04 08:00')]],
    // Tết 2026, and Tết 2027 with its two days given for the weekend.
    ['2026-02-13 15:30', ['after-cut-off', at('2026-02-23 08:00')]],
    ['2027-02-04 15:29', 'open'],
    ['2027-02-04 15:30', ['after-cut-off', at('2027-02-12 08:00')]],
    ['2027-02-06 12:00', ['closed-day', at('2027-02-12 08:00')]],
    ['2027-02-11 23:59', ['closed-day', at('2027-02-12 08:00')]],
    ['2027-02-12 08:00', 'open'],
    // The day given for the first of May, a Saturday.
    ['2027-04-29 17:00', ['after-cut-off', at('2027-05-04 08:00')]],
  ])('at %s', (text, expected) => {
    expect(opening(text)).toEqual(expected);
  });

  it('a rail that is always open is open on the first of Tết at midnight, one of every day in its hours', () => {
    expect(opening('2027-02-06 00:00', INSTANT)).toBe('open');
    const daily = rail({ open: { days: 'daily', from: '06:00', to: '22:00' } });
    expect(opening('2027-02-06 21:59', daily)).toBe('open');
    expect(opening('2027-02-06 22:00', daily)).toEqual(['after-hours', at('2027-02-07 06:00')]);
    const toMidnight = rail({ open: { days: 'daily', from: '00:00', to: '24:00' } });
    expect(opening('2027-02-06 23:59', toMidnight)).toBe('open');
    expect(worksOnWorkingDaysOnly(HIGH)).toBe(true);
    expect(worksOnWorkingDaysOnly(daily)).toBe(false);
    expect(worksOnWorkingDaysOnly(INSTANT)).toBe(false);
  });

  it('says when a day that nobody has announced yet decided it', () => {
    const projected = (text: string, one: Rail = HIGH) =>
      openAt(one, calendar, at(text)).isProjected;
    expect(projected('2026-11-20 15:30')).toBe(false);
    expect(projected('2026-12-31 15:30')).toBe(true);
    // Between two announced days lies one that is only expected.
    expect(projected('2026-01-01 09:00')).toBe(true);
    expect(projected('2027-03-01 10:00')).toBe(true);
    expect(projected('2027-03-01 10:00', INSTANT)).toBe(false);
  });

  it('the day after a full one is its next day of work, even early in the morning', () => {
    expect(nextDayOf(HIGH, calendar, at('2026-11-20 00:01'))).toEqual(at('2026-11-23 08:00'));
    expect(nextDayOf(HIGH, calendar, at('2027-02-04 09:00'))).toEqual(at('2027-02-12 08:00'));
    expect(nextDayOf(INSTANT, calendar, at('2026-11-20 23:59'))).toEqual(at('2026-11-21 00:00'));
  });

  const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const clockTime = (of: number) =>
    `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
  const someHours = fc
    .tuple(fc.uniqueArray(minutes, { minLength: 3, maxLength: 3 }), fc.boolean(), fc.boolean())
    .map(([of, everyDay, cut]) => {
      const [from = 0, cutOff = 1, to = 2] = of.sort((a, b) => a - b);
      const days = everyDay ? ('daily' as const) : ('working' as const);
      const open = {
        days,
        from: clockTime(from),
        to: clockTime(to),
        cutOff: cut ? clockTime(cutOff) : undefined,
      };
      return rail({ open });
    });
  const anyTime = fc.date({
    min: new Date('2025-12-20T00:00:00Z'),
    max: new Date('2028-01-20T00:00:00Z'),
    noInvalidDate: true,
  });

  it('what waits, waits for an instant that is open, is later, and has no open instant before it', () => {
    fc.assert(
      fc.property(
        someHours,
        anyTime,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (one, when, part) => {
          const found = openAt(one, calendar, when);
          if (found.isOpen) return;
          expect(found.until > when).toBe(true);
          expect(openAt(one, calendar, found.until).isOpen).toBe(true);
          const between = new Date(
            when.getTime() + Math.floor((found.until.getTime() - when.getTime()) * part),
          );
          const again = openAt(one, calendar, between);
          expect(again.isOpen ? null : again.until).toEqual(found.until);
        },
      ),
    );
  });

  it('whoever asks later never gets an earlier answer', () => {
    const answer = (one: Rail, when: Date) => {
      const found = openAt(one, calendar, when);
      return found.isOpen ? when : found.until;
    };
    fc.assert(
      fc.property(someHours, anyTime, anyTime, (one, a, b) => {
        const [first, second] = a < b ? [a, b] : [b, a];
        expect(answer(one, first) <= answer(one, second)).toBe(true);
        expect(nextDayOf(one, calendar, first) <= nextDayOf(one, calendar, second)).toBe(true);
        expect(nextDayOf(one, calendar, first) > first).toBe(true);
      }),
    );
  });
});

describe('a list of rails that contradicts itself', () => {
  const problemsOf = (...rails: Record<string, unknown>[]) =>
    railProblems(rails.map((odd) => rail(odd))).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );

  it.each([
    ['0.minAmount', [{ minAmount: '5', maxAmount: '4' }]],
    ['0.open.to', [{ open: { days: 'daily', from: '16:00', to: '08:00' } }]],
    ['0.open.cutOff', [{ open: { ...working, cutOff: '17:00' } }]],
    ['0.open.cutOff', [{ open: { ...working, cutOff: '08:00' } }]],
    [
      '0.limits.perMessage.payments',
      [{ limits: { perMessage: { payments: 11 }, perDay: { payments: 10 } } }],
    ],
    [
      '0.limits.perMessage.amount',
      [{ limits: { perMessage: { amount: '11' }, perDay: { amount: '10' } } }],
    ],
    ['0.maxAmount', [{ maxAmount: '11', limits: { perMessage: { amount: '10' } } }]],
    ['0.maxAmount', [{ maxAmount: '11', limits: { perDay: { amount: '10' } } }]],
    ['1.code', [{ maxAmount: '10' }, { minAmount: '11' }]],
    ['1.code', [{ maxAmount: '10' }, { code: 'default', minAmount: '11' }]],
    ['1: is never used', [{}, { code: 'two' }]],
    [
      '1: is never used',
      [{ maxAmount: '10' }, { code: 'two', maxAmount: '9', onlyTo: ['970405'] }],
    ],
    [
      ': no rail carries more than 10 and less than 12',
      [{ maxAmount: '10' }, { code: 'two', minAmount: '12' }],
    ],
  ])('is refused at %s', (place, rails) => {
    expect(problemsOf(...rails)).toEqual(expect.arrayContaining([expect.stringContaining(place)]));
  });

  it('is told by the bank file with the field, and a sound one is taken', () => {
    const file = {
      code: 'bank',
      name: 'A bank',
      adapter: 'rest',
      receives: '*',
      mode: 'bulk',
      maxPerSubmission: 100_000,
      concurrency: 1,
      rateLimit: { max: 1, perMs: 1 },
      timeoutMs: 1000,
      retry: { baseMs: 1, capMs: 1, jitter: 0 },
      enquiry: { intervalsMs: [1], acceptedAfterMs: 1, maxPerEnquiry: 1, notFoundWindowMs: 1000 },
      idempotentByReference: true,
    };
    const places = (rails: unknown) =>
      bankFileSchema.safeParse({ ...file, rails }).error?.issues.map((i) => i.path.join('.')) ?? [];
    expect(places([{ code: 'aa', open: { ...working, cutOff: '18:00' } }])).toEqual([
      'rails.0.open.cutOff',
    ]);
    expect(places([{ code: 'aa', maxAmount: 499_999_999 }])).toEqual(['rails.0.maxAmount']);
    expect(
      places([{ code: 'aa', open: { days: 'working', from: '8:00', to: '17:00' } }]),
    ).toHaveLength(1);
    expect(places([{ code: 'aa', minAmount: '1', maxAmount: '1e9' }])).toEqual([
      'rails.0.maxAmount',
    ]);
    expect(places([{ code: 'aa', colour: 'red' }])).toEqual(['rails.0']);
    expect(places([])).toEqual(['rails']);
    expect(places([BOOK, INSTANT, HIGH])).toEqual([]);
    expect(bankFileSchema.parse(file).rails).toEqual([
      { code: 'default', open: 'always', limits: { perMessage: {}, perDay: {} } },
    ]);
  });
});
