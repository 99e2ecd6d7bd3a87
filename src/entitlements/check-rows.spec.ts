import { importsOver } from '../../test/builders/imports.js';
import { line, workbookOf } from '../../test/builders/list-file.js';
import { scratchFolder } from '../../test/builders/scratch-folder.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';

describe('every rule of a row', () => {
  let db: TestDatabase;
  let imports: ReturnType<typeof importsOver>;
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  beforeAll(async () => {
    [db, scratch] = [await testDatabase(), await scratchFolder()];
    imports = importsOver(db.database);
  });
  afterAll(async () => {
    await scratch.remove();
    await db.close();
  });

  type Differs = Parameters<typeof line>[1];
  const checked = async (lines: readonly ReturnType<typeof line>[]) =>
    imports.checked(await scratch.file(await workbookOf(lines)));

  // Headings of `line`: A STT, B name, C number, D birth, E commune, F programme, G period, H kind, I amount,
  // J decision, K its date, L account, M its name, N bank, then what a case adds.
  const account = {
    'Số tài khoản': '0123456789',
    'Tên tài khoản': 'NGUYEN VAN THU BA',
    'Ngân hàng': 'BIDV',
  };
  const recipient = {
    'Người nhận thay': 'Lê Thị Thay',
    'Số định danh người nhận thay': '020000000999',
    'Giấy ủy quyền đến ngày': '31/12/2026',
  };
  let nr = 0;

  it.each<[string, Differs, string, string]>([
    ['a missing name', { 'Họ và tên': '' }, 'B2', 'cell.required'],
    ['a name of one letter', { 'Họ và tên': 'A' }, 'B2', 'name.length'],
    [
      'a name that is a formula',
      { 'Họ và tên': { formula: '1+1', result: 2 } },
      'B2',
      'cell.formula',
    ],
    ['a name that looks like one', { 'Họ và tên': '=1+1' }, 'B2', 'cell.formula'],
    ['a missing personal number', { 'Số định danh': '' }, 'C2', 'cell.required'],
    [
      'a number cell without its zero',
      { 'Số định danh': 20090123456 },
      'C2',
      'personal-number.lost-zeros',
    ],
    ['eleven digits', { 'Số định danh': '02009012345' }, 'C2', 'personal-number.length'],
    ['a day that is none', { 'Ngày sinh': '31/02/1950' }, 'D2', 'date.impossible'],
    ['a birth in the future', { 'Ngày sinh': '01/01/2030' }, 'D2', 'birth.impossible'],
    ['a commune code of four digits', { 'Mã xã/phường': '5983' }, 'E2', 'commune.form'],
    ['a commune code that lost its zero', { 'Mã xã/phường': 5983 }, 'E2', 'commune.lost-zeros'],
    [
      'a commune merged away before the period',
      { 'Mã xã/phường': '05971' },
      'E2',
      'commune.unknown',
    ],
    ['an unknown programme', { 'Chế độ': 'Quà Noel' }, 'F2', 'programme.unknown'],
    ['a period that is none', { Kỳ: '13/2026' }, 'G2', 'period.form'],
    ['a year for a monthly allowance', { Kỳ: '2026' }, 'G2', 'period.not-a-month'],
    ['an unknown kind', { 'Loại khoản': 'truy thu' }, 'H2', 'kind.unknown'],
    ['an ambiguous amount', { 'Số tiền': '1,624' }, 'I2', 'amount.ambiguous'],
    ['parts of a đồng', { 'Số tiền': 1624000.5 }, 'I2', 'amount.decimals'],
    ['nothing to pay', { 'Số tiền': 0 }, 'I2', 'amount.zero'],
    ['a negative amount', { 'Số tiền': -1 }, 'I2', 'amount.negative'],
    ['an amount by formula', { 'Số tiền': { formula: 'A1*2', result: 5 } }, 'I2', 'cell.formula'],
    ['an amount that is an error', { 'Số tiền': { error: '#REF!' } }, 'I2', 'cell.error'],
    ['a missing decision', { 'Số quyết định': '' }, 'J2', 'cell.required'],
    ['a decision of tomorrow', { 'Ngày quyết định': '22/11/2026' }, 'K2', 'decision.future'],
    ['an account too short', { ...account, 'Số tài khoản': '12345' }, 'L2', 'account.form'],
    [
      'an account without a name',
      { ...account, 'Tên tài khoản': '' },
      'M2',
      'account.name-missing',
    ],
    ['an account without a bank', { ...account, 'Ngân hàng': '' }, 'N2', 'account.bank-missing'],
    ['an unknown bank', { ...account, 'Ngân hàng': 'Ngân hàng Mặt Trăng' }, 'N2', 'bank.unknown'],
    [
      'a recipient without a paper',
      { ...recipient, 'Giấy ủy quyền đến ngày': '' },
      'Q2',
      'recipient.incomplete',
    ],
    [
      'a paper that ran out',
      { ...recipient, 'Giấy ủy quyền đến ngày': '20/11/2026' },
      'Q2',
      'recipient.expired',
    ],
    ['an unknown fund', { 'Nguồn kinh phí': 'Quỹ đen' }, 'O2', 'fund.unknown'],
  ])('%s is refused at its cell', async (_, differs, cell, rule) => {
    nr += 1;
    const id = await checked([line(nr, differs)]);
    const errors = (await imports.errors(id)).filter(({ severity }) => severity === 'error');
    expect(errors.map((error) => [error.cell, error.rule])).toEqual([[cell, rule]]);
    expect(errors[0]?.messageVi && errors[0]?.messageEn && errors[0]?.remedyVi).toBeTruthy();
    expect(await imports.view(id)).toMatchObject({ state: 'checked', goodRows: 0, badRows: 1 });
  });

  it.each<[string, Differs, string, string]>([
    ['an old card', { 'Số định danh': '080123456' }, 'C2', 'personal-number.old-card'],
    [
      'another name at the bank',
      { ...account, 'Tên tài khoản': 'TRAN VAN KHAC' },
      'M2',
      'account.name-differs',
    ],
    [
      'an account in a number cell',
      { ...account, 'Số tài khoản': 123456789, 'Tên tài khoản': 'nguyen van thu za' },
      'L2',
      'account.number-cell',
    ],
    ['a bank without an account', { 'Ngân hàng': 'BIDV' }, 'L2', 'account.number-missing'],
  ])('%s is only warned of', async (_, differs, cell, rule) => {
    const id = await checked([line(25, { ...differs, Kỳ: '10/2026' })]);
    expect((await imports.errors(id)).map((e) => [e.cell, e.rule, e.severity])).toEqual([
      [cell, rule, 'warning'],
    ]);
    expect(await imports.view(id)).toMatchObject({ goodRows: 1, badRows: 0, warningCount: 1 });
  });
});
