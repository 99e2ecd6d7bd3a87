import fc from 'fast-check';
import { Calendar } from './calendar.js';

const calendar = Calendar.load({ configDir: 'config', variable: () => undefined });

describe('the calendar of working days', () => {
  it.each([
    ['2026-11-21', false, 'a Saturday'],
    ['2026-11-24', false, 'the Day of Vietnamese Culture, from 2026'],
    ['2026-08-22', true, 'a Saturday worked for 31 August'],
    ['2026-08-31', false, 'a Monday given off'],
    ['2026-04-27', false, 'the day off for a holiday on a Sunday'],
    ['2026-11-25', true, 'a Wednesday'],
  ])('%s is a working day: %s (%s)', (date, expected) => {
    expect(calendar.isWorkingDay(date)).toBe(expected);
  });

  it('a deadline on a day off moves earlier, over the whole of Tết', () => {
    expect(calendar.previousWorkingDay('2026-02-20')).toBe('2026-02-13');
    expect(calendar.previousWorkingDay('2026-11-24')).toBe('2026-11-23');
    expect(calendar.previousWorkingDay('2026-11-25')).toBe('2026-11-25');
    expect(calendar.nextWorkingDay('2026-08-29')).toBe('2026-09-03');
  });

  it('next year is projected, and so is a year that nobody listed', () => {
    expect(calendar.isProjected('2026-11-24')).toBe(false);
    expect(calendar.isProjected('2027-03-01')).toBe(true);
    expect(calendar.isProjected('2031-03-03')).toBe(true);
    expect(calendar.isWorkingDay('2031-03-03')).toBe(true);
  });

  it('the previous working day is a working day, not later, and no working day lies between', () => {
    const anyDay = fc.date({
      min: new Date('2026-01-05'),
      max: new Date('2027-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anyDay, (at) => {
        const date = at.toISOString().slice(0, 10);
        const found = calendar.previousWorkingDay(date);
        expect(calendar.isWorkingDay(found)).toBe(true);
        expect(found <= date).toBe(true);
        for (let day = new Date(found); ;) {
          day = new Date(day.getTime() + 86_400_000);
          const next = day.toISOString().slice(0, 10);
          if (next > date) break;
          expect(calendar.isWorkingDay(next)).toBe(false);
        }
      }),
    );
  });

  it('an unending holiday stops the start, and so does a week without a working day', () => {
    const weekend = [
      ...(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const),
    ];
    expect(() => new Calendar({ weekend, years: [], days: [] })).toThrow(
      'a week has a working day',
    );
    const days = Array.from({ length: 31 }, (_, nth) => ({
      date: `2026-03-${String(nth + 1).padStart(2, '0')}`,
      kind: 'holiday' as const,
      name: 'x',
      projected: false,
    }));
    expect(() => new Calendar({ weekend: ['sunday'], years: [], days })).toThrow('no working day');
  });

  it('a span names every day, what it is, and whether that is certain', () => {
    expect(calendar.span('2026-08-21', '2026-08-22').map((day) => [day.kind, day.name])).toEqual([
      ['working', null],
      ['swap-work', 'Làm bù'],
    ]);
    expect(calendar.span('2027-02-06', '2027-02-06')).toEqual([
      {
        date: '2027-02-06',
        isWorking: false,
        kind: 'holiday',
        name: 'Mùng 1 Tết Đinh Mùi',
        isProjected: true,
      },
    ]);
    expect(calendar.span('2026-01-01', '2036-01-01')).toHaveLength(366);
    expect(calendar.isSpanProjected('2026-12-30', '2026-12-31')).toBe(false);
    expect(calendar.isSpanProjected('2026-12-31', '2027-01-01')).toBe(true);
  });

  it('a day that does not exist is refused', () => {
    expect(() => calendar.isWorkingDay('2026-02-30')).toThrow('invalid date');
  });

  it('a day listed twice stops the start', () => {
    const day = { date: '2026-01-01', kind: 'holiday' as const, name: 'x', projected: false };
    expect(() => new Calendar({ weekend: ['sunday'], years: [], days: [day, day] })).toThrow(
      'twice',
    );
  });
});
