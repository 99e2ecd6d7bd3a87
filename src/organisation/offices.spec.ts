import { Funds } from './funds.js';
import { Offices, type OfficeFile } from './offices.js';
import { TreasuryForms } from './treasury-forms.js';

const source = { configDir: 'config', variable: () => undefined };
const funds = Funds.load(source);

type Entry = OfficeFile['offices'][number];

const anEntry = (differs: Partial<Entry> = {}): Entry => ({
  from: '2025-07-01',
  name: 'Sở Mẫu',
  budgetCode: '1000001',
  place: 'Mẫu Sơn',
  treasury: 'Kho bạc Mẫu',
  paymentAccount: { number: '1900000000001', bank: 'Ngân hàng Mẫu' },
  accounts: [{ fund: 'NSDP', kind: 'budget', number: '9523.3.1000001' }],
  ...differs,
});
const made = (...offices: Entry[]) => new Offices({ offices }, funds);

describe('the office on its papers', () => {
  it('does not start with two entries of one day, or an account of a fund that is not there or there twice', () => {
    expect(() => made(anEntry(), anEntry({ name: 'Sở khác' }))).toThrow('begin on 2025-07-01');
    const [account] = anEntry().accounts;
    if (!account) throw new Error('the sample entry has an account');
    const unknown = anEntry({ accounts: [{ ...account, fund: 'QUY_DEN' }] });
    expect(() => made(unknown)).toThrow('QUY_DEN is not configured');
    expect(() => made(anEntry({ accounts: [account, account] }))).toThrow('NSDP');
  });

  it('is the one that was in force on the day, whatever the order of the file', () => {
    const offices = made(
      anEntry({ from: '2027-01-01', name: 'Sở mới' }),
      anEntry({ from: '2020-01-01', name: 'Sở cũ' }),
      anEntry(),
    );
    const on = (day: string) => offices.on(day).name;
    expect([on('2025-06-30'), on('2025-07-01'), on('2026-12-31')]).toEqual([
      'Sở cũ',
      'Sở Mẫu',
      'Sở Mẫu',
    ]);
    expect([on('2027-01-01'), on('1999-01-01')]).toEqual(['Sở mới', 'Sở cũ']);
  });

  it('is invented in the files that come with the program', () => {
    const offices = Offices.load(source, funds);
    expect(offices.on('2026-11-30').name).toContain('tỉnh Mẫu Sơn');
    expect(offices.on('2025-06-30').name).toContain('Lao động');
  });
});

describe('form Mẫu 09', () => {
  const form = TreasuryForms.load(source).paymentList;

  it('has its thirteen numbered columns, a sum and the other allowances among them', () => {
    expect(form.columns.map(({ number }) => number)).toEqual(
      Array.from({ length: 13 }, (_, at) => String(at + 1)),
    );
    expect([form.columns[4]?.title, form.columns[9]?.title]).toEqual([
      'Tổng số',
      'Tiền phụ cấp và trợ cấp khác',
    ]);
  });

  it('has places for three who sign and two of the treasury', () => {
    expect(form.head).toEqual({ title: 'Thủ trưởng đơn vị', note: '(ký tên, đóng dấu)' });
    expect(form.treasury.heading).toBe('KHO BẠC NHÀ NƯỚC');
    expect(form.treasury.places).toHaveLength(2);
    expect([form.budgetAccount, form.depositAccount]).toEqual([
      'Tài khoản dự toán',
      'Tài khoản tiền gửi',
    ]);
  });
});
