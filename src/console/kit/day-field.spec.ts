import { asWritten, dayField, filterDay, filterMonth } from './day-field.js';

describe('a day as officers write it', () => {
  it.each(['31/02/2026', '12/31/2026', '21/11/26', '21 thang 11', '', '2026-11-31'])(
    'is refused when it is none: %s',
    (text) => {
      const read = dayField().safeParse(text);
      expect(read.success).toBe(false);
      expect(read.error?.issues[0]?.message).toContain('21/11/2026');
    },
  );

  it.each([
    ['21/11/2026', '2026-11-21'],
    [' 1/9/2026 ', '2026-09-01'],
    ['01-09-2026', '2026-09-01'],
    ['1.9.2026', '2026-09-01'],
    ['2026-11-21', '2026-11-21'],
  ])('is read: %s', (text, iso) => {
    expect(dayField().parse(text)).toBe(iso);
  });

  it('a filter that names no day or month asks for all', () => {
    expect(filterDay.parse('hôm qua')).toBeUndefined();
    expect(filterDay.parse('')).toBeUndefined();
    expect(filterMonth.parse('13/2026')).toBeUndefined();
    expect(filterMonth.parse('1/2026')).toBe('2026-01');
    expect(filterMonth.parse('2026-11')).toBe('2026-11');
  });

  it('stands in its field as it is written', () => {
    expect(asWritten('2026-11-21')).toBe('21/11/2026');
    expect(asWritten('2026-11')).toBe('11/2026');
    expect(asWritten('hôm qua')).toBe('hôm qua');
  });
});
