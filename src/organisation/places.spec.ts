import { Places } from './places.js';

const source = { configDir: 'config', variable: () => undefined };
const places = Places.load(source);

describe('communes and wards', () => {
  it('a reused code named another place before July 2025', () => {
    expect(places.commune('05983', '2025-06-30')?.name).toBe('Phường Chi Lăng');
    expect(places.commune('05983', '2025-07-01')?.name).toBe('Phường Lương Văn Tri');
  });

  it('a commune that was merged away is none today', () => {
    expect(places.commune('05971', '2025-01-01')?.name).toBe('Phường Hoàng Văn Thụ');
    expect(places.commune('05971', '2026-11-30')).toBeNull();
    expect(places.wasEver('05971')).toBe(true);
  });

  it('province code 15 was Yên Bái and is Lào Cai', () => {
    const named = (date: string) =>
      new Set(
        places
          .all(date)
          .filter((c) => c.provinceCode === '15')
          .map((c) => c.provinceName),
      );
    expect(named('2025-06-30')).toEqual(new Set(['Tỉnh Yên Bái']));
    expect(named('2025-07-01')).toEqual(new Set(['Tỉnh Lào Cai']));
  });

  it('Lạng Sơn has 65 communes and Lào Cai 99 since July 2025', () => {
    const count = (province: string) =>
      places.all('2026-11-30').filter((c) => c.provinceCode === province).length;
    expect([count('20'), count('15')]).toEqual([65, 99]);
  });

  it('a code that never existed is no place', () => {
    expect(places.commune('99999', '2026-11-30')).toBeNull();
    expect(places.wasEver('99999')).toBe(false);
  });

  it('a file in which a code names two places on one day stops the start', () => {
    const row = { code: '00001', name: 'A', provinceCode: '20', provinceName: 'X', until: null };
    const communes = [
      { ...row, from: null },
      { ...row, from: '2026-01-01' },
    ];
    expect(() => new Places({ source: 's', certainty: 'c', asOf: '2026-01-01', communes })).toThrow(
      'names two places on one day',
    );
  });
});
