import type { SampleCells, SampleColumn } from './sample-columns.js';

/** One way to spoil a good row. `rule` is the code under which an import refuses it. */
export interface SampleFault {
  readonly rule: string;
  readonly column: SampleColumn;
  readonly spoil: (row: SampleCells) => SampleCells;
  /** The row takes the person, or the whole line, of a good row above it. */
  readonly of?: 'same-line' | 'same-person';
}

const set =
  (column: SampleColumn, value: SampleCells[SampleColumn]) =>
  (rule: string): SampleFault => ({ rule, column, spoil: (row) => ({ ...row, [column]: value }) });

const missing = (column: SampleColumn): SampleFault => set(column, undefined)('cell.required');

const recipient = (changes: SampleCells, column: SampleColumn, rule: string): SampleFault => ({
  rule,
  column,
  spoil: (row) => ({
    ...row,
    'Người nhận thay': 'Trần Thị Thử Mẫu',
    'Số định danh người nhận thay': '020000990001',
    'Giấy ủy quyền đến ngày': '31/12/2099',
    'Tên tài khoản': 'TRAN THI THU MAU',
    ...changes,
  }),
});

/** Every rule of the entitlement list that a row can break by itself or with another row of its file. */
export const SAMPLE_FAULTS: readonly SampleFault[] = [
  missing('Họ và tên'),
  missing('Số định danh'),
  missing('Mã xã/phường'),
  missing('Số tiền'),
  missing('Số quyết định'),
  missing('Ngày quyết định'),

  set('Họ và tên', 'M')('name.length'),
  set('Họ và tên', `Nguyễn ${'Mẫu '.repeat(35)}`)('name.length'),
  set('Họ và tên', '0912345678')('name.letters'),
  set('Họ và tên', '+Nguyễn Văn Mẫu')('name.looks-like-formula'),

  set('Số định danh', '02000099001')('personal-number.length'),
  set('Số định danh', '02000099OO01')('personal-number.digits'),
  set('Số định danh', 20000990003)('personal-number.lost-zeros'),
  set('Số định danh', '2.00001E+10')('number.scientific'),

  set('Ngày sinh', '30/02/1950')('date.impossible'),
  set('Ngày sinh', '1950/21/02')('date.form'),
  set('Ngày sinh', '01/01/2999')('birth.impossible'),

  set('Mã xã/phường', '0597')('commune.form'),
  set('Mã xã/phường', 5977)('commune.lost-zeros'),
  // A commune of before July 2025 that was merged away, and a code that never was.
  set('Mã xã/phường', '05971')('commune.unknown'),
  set('Mã xã/phường', '99999')('commune.unknown'),

  set('Chế độ', 'Trợ cấp trên trời')('programme.unknown'),
  set('Kỳ', '13/2026')('period.form'),
  set('Kỳ', '2026')('period.not-a-month'),
  set('Loại khoản', 'thưởng')('kind.unknown'),

  set('Số tiền', 'một triệu')('amount.digits'),
  set('Số tiền', '1,624')('amount.ambiguous'),
  set('Số tiền', '1624000,5')('amount.decimals'),
  set('Số tiền', 1878000.5)('amount.decimals'),
  set('Số tiền', 0)('amount.zero'),
  set('Số tiền', -1878000)('amount.negative'),
  set('Số tiền', '9999999999999999')('amount.too-large'),
  set('Số tiền', { formula: '1000000+878000' })('cell.formula'),
  set('Số tiền', { error: '#REF!' })('cell.error'),

  set('Số quyết định', true)('cell.boolean'),
  set('Số quyết định', `${'1'.repeat(140)}/QĐ-SNV`)('text.length'),
  set('Ngày quyết định', '01/01/2999')('decision.future'),
  set('Ngày quyết định', 45500)('date.number-cell'),

  set('Số tài khoản', '12345')('account.form'),
  set('Số tài khoản', '12345678901234567890')('account.form'),
  set('Số tài khoản', 1234567890123456)('account.lost-digits'),
  set('Tên tài khoản', undefined)('account.name-missing'),
  set('Ngân hàng', undefined)('account.bank-missing'),
  set('Ngân hàng', 'Ngân hàng Mặt Trăng')('bank.unknown'),

  recipient(
    { 'Số định danh người nhận thay': undefined },
    'Số định danh người nhận thay',
    'recipient.incomplete',
  ),
  recipient(
    { 'Giấy ủy quyền đến ngày': '01/01/2020' },
    'Giấy ủy quyền đến ngày',
    'recipient.expired',
  ),
  set('Nguồn kinh phí', 'Quỹ không có thật')('fund.unknown'),

  { rule: 'duplicate.in-file', column: 'Số định danh', of: 'same-line', spoil: (row) => row },
  {
    rule: 'name.differs-in-file',
    column: 'Họ và tên',
    of: 'same-person',
    spoil: (row) => ({ ...row, 'Họ và tên': 'Trần Thị Khác Mẫu', 'Loại khoản': 'truy lĩnh' }),
  },
  {
    rule: 'account.differs-in-file',
    column: 'Số tài khoản',
    of: 'same-person',
    spoil: (row) => ({ ...row, 'Số tài khoản': '999999999999', 'Loại khoản': 'truy lĩnh' }),
  },
];
