import { Funds } from './funds.js';
import { programmeFile, Programmes } from './programmes.js';

const source = { configDir: 'config', variable: () => undefined };
const funds = Funds.load(source);
const programmes = Programmes.load(source, funds);

describe('programmes', () => {
  it('all twelve of the office are configured, each with a fund that exists', () => {
    expect(programmes.all().map((p) => p.code)).toEqual([
      'NCC_MONTHLY',
      'NCC_ONE_OFF',
      'NCC_FUNERAL',
      'NCC_WORSHIP',
      'NCC_EDUCATION',
      'NCC_ORTHOPAEDIC',
      'NCC_CONVALESCENCE_HOME',
      'NCC_CONVALESCENCE_CENTRE',
      'NCC_GIFT',
      'BTXH_MONTHLY',
      'SOCIAL_PENSION',
      'EMERGENCY',
    ]);
    for (const programme of programmes.all())
      expect(funds.find(programme.defaultFund)).not.toBeNull();
  });

  it.each([
    ['ncc_monthly', 'NCC_MONTHLY'],
    ['Trợ cấp hàng tháng', null],
    ['tro cap hang thang nguoi co cong', 'NCC_MONTHLY'],
    ['Thờ cúng liệt sĩ', 'NCC_WORSHIP'],
    ['Hưu trí xã hội', 'SOCIAL_PENSION'],
  ])('"%s" is %s', (text, code) => {
    expect(programmes.find(text)?.code ?? null).toBe(code);
  });

  it('a ceiling is the one in force in the period, not the newest', () => {
    expect(programmes.ceilingOf('NCC_CONVALESCENCE_HOME', '2025')?.toString()).toBe('2510000');
    expect(programmes.ceilingOf('NCC_CONVALESCENCE_HOME', '2026')?.toString()).toBe('2711000');
    expect(programmes.ceilingOf('SOCIAL_PENSION', '2026-06')?.toString()).toBe('500000');
    expect(programmes.ceilingOf('SOCIAL_PENSION', '2026-07')?.toString()).toBe('540000');
    expect(programmes.ceilingOf('SOCIAL_PENSION', '2024-07')).toBeNull();
    expect(programmes.ceilingOf('NCC_MONTHLY', '2026-11')).toBeNull();
  });

  it('a monthly programme has months, a round programme rounds', () => {
    const fits = (code: string, period: string) =>
      programmes.periodFits(programmes.find(code)!, period);
    expect(fits('NCC_MONTHLY', '2026-11')).toBe(true);
    expect(fits('NCC_MONTHLY', '2026')).toBe(false);
    expect(fits('NCC_EDUCATION', '2026-D1')).toBe(true);
    expect(fits('NCC_EDUCATION', '2026-11')).toBe(false);
    expect(fits('NCC_WORSHIP', '2026')).toBe(true);
    expect(fits('EMERGENCY', '2026-11')).toBe(true);
  });

  it('a programme whose default fund nobody configured stops the start', () => {
    const programme = {
      code: 'X_1',
      name: { vi: 'x', en: 'y' },
      aliases: [],
      rhythm: 'monthly' as const,
      defaultFund: 'NO_SUCH',
      payee: 'person' as const,
      ceilings: [],
    };
    expect(() => new Programmes({ programmes: [programme] }, funds)).toThrow('NO_SUCH');
  });

  it('accounts are checked as the programme says, and warned about where it says nothing', () => {
    const programme = (code: string, accountCheck?: object) => ({
      code,
      name: { vi: code, en: code.toLowerCase() },
      rhythm: 'monthly',
      defaultFund: 'NSTW_NCC',
      ...(accountCheck && { accountCheck }),
    });
    const read = (accountCheck?: object) =>
      new Programmes(
        programmeFile.parse({ programmes: [programme('X_1', accountCheck)] }),
        funds,
      ).accountCheckOf('X_1');
    expect(read()).toEqual({ mode: 'warn', freshForDays: 180 });
    expect(read({ mode: 'block', freshForDays: 30 })).toEqual({ mode: 'block', freshForDays: 30 });
    for (const wrong of [
      { mode: 'maybe', freshForDays: 1 },
      { mode: 'off' },
      { mode: 'warn', freshForDays: 0 },
    ])
      expect(() => read(wrong)).toThrow();
  });

  it('a fund is found by code, name or alias', () => {
    expect(funds.find('nstw')?.code).toBe('NSTW_NCC');
    expect(funds.find('Quỹ Đền ơn đáp nghĩa')?.code).toBe('QUY_DODN');
    expect(funds.find('Quỹ đen')).toBeNull();
  });
});
