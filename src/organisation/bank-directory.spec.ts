import { BankDirectory, type BankFile } from './bank-directory.js';

const banks = BankDirectory.load({ configDir: 'config', variable: () => undefined });

describe('the bank directory', () => {
  it.each([
    ['970449', ['LPBank', 'LienVietPostBank', 'Lien Viet Post Bank', 'Bưu điện Liên Việt']],
    ['970414', ['MBV', 'OceanBank', 'Ocean Bank', 'Ngân hàng TMCP Đại Dương']],
    ['970406', ['Vikki', 'Vikki Bank', 'DongA Bank', 'Ngân hàng TMCP Đông Á', 'Ngân hàng Đông Á']],
    ['970444', ['VCBNeo', 'VCB Neo', 'CB Bank', 'CBBank', 'Ngân hàng Xây dựng']],
  ])('a renamed bank keeps BIN %s under every name it had', (bin, names) => {
    for (const name of [bin, ...names]) expect([name, banks.find(name)?.bin]).toEqual([name, bin]);
  });

  it.each([
    ['970405', 'AGRIBANK'],
    ['970405', 'Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam'],
    ['970405', 'Agribank - CN Lạng Sơn'],
    ['970405', 'NHNo&PTNT VN'],
    ['970415', 'Vietinbank chi nhánh Lạng Sơn'],
    ['970415', 'NGAN HANG TMCP CONG THUONG VIET NAM'],
    ['970418', ' bidv '],
    ['970436', 'VCB'],
    ['970422', 'MB'],
    ['970416', 'Á Châu'],
    ['970407', 'Techcombank (PGD Kỳ Lừa)'],
  ])('%s is found as lists write it: %s', (bin, text) => {
    expect(banks.find(text)?.bin).toBe(bin);
  });

  it.each(['', '-', '970000', 'Ngân hàng', 'Agribanc', 'Vietin Com Bank', 'Ngân hàng TMCP'])(
    'a text that is no name of a bank finds none: "%s"',
    (text) => {
      expect(banks.find(text)).toBeNull();
    },
  );

  it('every bank is found by each of its own names', () => {
    for (const bank of banks.all()) {
      for (const name of [bank.bin, bank.code, bank.shortName, bank.name]) {
        expect([name, banks.find(name)?.bin]).toEqual([name, bank.bin]);
      }
      expect(banks.byBin(bank.bin)).toBe(bank);
    }
  });

  it('a file in which one name stands for two banks stops the start', () => {
    const entry = (bin: string): BankFile['banks'][number] => ({
      bin,
      code: `B${bin}`,
      shortName: 'Cùng tên',
      name: `Ngân hàng ${bin}`,
      bic: null,
      sbvCode: null,
      kind: 'bank',
      aliases: [],
      formerNames: [],
      payingOrganisation: false,
    });
    const file = { source: 's', certainty: 'c', asOf: '2026-01-01' };
    expect(() => new BankDirectory({ ...file, banks: [entry('970001'), entry('970002')] })).toThrow(
      'stands for two',
    );
  });
});
