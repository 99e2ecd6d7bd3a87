import fc from 'fast-check';
import { firstDayOf, formatPeriod, lastDayOf, parsePeriod, previousPeriod } from './period.js';

const two = (n: number) => String(n).padStart(2, '0');
const year = fc.integer({ min: 1901, max: 2199 });
const month = fc.tuple(year, fc.integer({ min: 1, max: 12 })).map(([y, m]) => `${y}-${two(m)}`);
const round = fc.tuple(year, fc.integer({ min: 1, max: 9 })).map(([y, n]) => `${y}-D${n}`);
const period = fc.oneof(month, round, year.map(String));

describe('a period', () => {
  it.each([
    ...['', '11', '13/2026', '00/2026', '0/2026', '2026-13', '2026-00', '2026-1', '2026-D0'],
    ...['2026-D10', '11/26', '0202-11', '11/0202', '2300', '2026-11-01', '11/2026x', '2026/11'],
  ])('is not %j', (text) => {
    expect(() => parsePeriod(text)).toThrow('invalid period');
  });

  it.each([
    ['11/2026', '2026-11'],
    ['1/2026', '2026-01'],
    ['01-2026', '2026-01'],
    ['7.2026', '2026-07'],
    [' 2026-11 ', '2026-11'],
    ['2026', '2026'],
    ['2026-d1', '2026-D1'],
  ])('is read from %j as %s', (text, canonical) => {
    expect(parsePeriod(text)).toBe(canonical);
  });

  it('is read back from how it is stored', () => {
    fc.assert(fc.property(period, (stored) => expect(parsePeriod(stored)).toBe(stored)));
  });

  it.each([
    ['2026-01', '2025-12'],
    ['2026-11', '2026-10'],
    ['2026', '2025'],
    ['2026-D2', '2026-D1'],
    ['2026-D1', '2025-D1'],
  ])('%s comes after %s', (one, before) => {
    expect(previousPeriod(one)).toBe(before);
  });

  it.each([
    ['2026-11', '2026-11-01', '2026-11-30'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2100-02', '2100-02-01', '2100-02-28'],
    ['2026-12', '2026-12-01', '2026-12-31'],
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-D1', '2026-01-01', '2026-12-31'],
  ])('%s runs from %s to %s', (one, first, last) => {
    expect([firstDayOf(one), lastDayOf(one)]).toEqual([first, last]);
  });

  it('sorts as text in the order of time, month by month', () => {
    fc.assert(
      fc.property(month, (one) => {
        const before = previousPeriod(one);
        expect(before < one).toBe(true);
        expect(lastDayOf(before) < firstDayOf(one)).toBe(true);
      }),
    );
  });

  it('is refused by all where it is none', () => {
    for (const ask of [previousPeriod, firstDayOf, lastDayOf]) {
      expect(() => ask('11/2026')).toThrow('invalid period');
    }
    expect(formatPeriod('11/2026')).toBe('11/2026');
  });

  it.each([
    ['2026-11', '11/2026'],
    ['2026', '2026'],
    ['2026-D1', 'đợt 1/2026'],
  ])('%s is shown as %s', (one, shown) => {
    expect(formatPeriod(one)).toBe(shown);
  });
});
