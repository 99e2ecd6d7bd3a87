import {
  formatDate,
  formatInstant,
  ManualClock,
  officeDate,
  officeStamp,
  SystemClock,
} from './clock.js';

describe("the office's date", () => {
  it.each([
    ['2026-11-20T16:59:59.999Z', '2026-11-20'],
    ['2026-11-20T17:00:00.000Z', '2026-11-21'],
    ['2026-12-31T17:00:00.000Z', '2027-01-01'],
    ['2024-02-28T17:00:00.000Z', '2024-02-29'],
  ])('at %s is %s', (instant, date) => {
    expect(officeDate(new Date(instant))).toBe(date);
    expect(officeStamp(new Date(instant)).slice(0, 10)).toBe(date);
  });

  it('does not exist at an instant that is none', () => {
    expect(() => officeDate(new Date(Number.NaN))).toThrow('not an instant');
  });

  it('is shown day first', () => {
    expect(formatDate('2026-11-21')).toBe('21/11/2026');
    expect(() => formatDate('21/11/2026')).toThrow('invalid date');
  });

  it('is shown with its hour at the office', () => {
    expect(formatInstant(new Date('2026-12-31T17:05:59Z'))).toBe('00:05 01/01/2027');
    expect(() => formatInstant(new Date(Number.NaN))).toThrow('not an instant');
  });
});

describe('a clock', () => {
  it('that is held in the hand moves only when it is told, and nobody moves it by its answer', () => {
    const start = new Date('2026-11-21T00:00:00Z');
    const clock = new ManualClock(start);
    start.setFullYear(1999);
    clock.now().setFullYear(1999);
    expect(clock.now().toISOString()).toBe('2026-11-21T00:00:00.000Z');
    clock.advanceMs(1500);
    expect(clock.now().toISOString()).toBe('2026-11-21T00:00:01.500Z');
    clock.set(new Date('2027-01-01T00:00:00Z'));
    expect(clock.now().getUTCFullYear()).toBe(2027);
  });

  it('of the system is the time', () => {
    expect(Math.abs(new SystemClock().now().getTime() - Date.now())).toBeLessThan(1000);
  });
});
