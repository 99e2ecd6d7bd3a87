/** The columns of a sample list, with the headings an office writes, in their order. */
export const SAMPLE_COLUMNS = [
  'STT',
  'Họ và tên',
  'Số định danh',
  'Ngày sinh',
  'Mã xã/phường',
  'Chế độ',
  'Kỳ',
  'Loại khoản',
  'Số tiền',
  'Số quyết định',
  'Ngày quyết định',
  'Số tài khoản',
  'Tên tài khoản',
  'Ngân hàng',
  'Người nhận thay',
  'Số định danh người nhận thay',
  'Giấy ủy quyền đến ngày',
  'Nguồn kinh phí',
  'Ghi chú',
] as const;

export type SampleColumn = (typeof SAMPLE_COLUMNS)[number];

/** What may stand in a cell: a text, a number cell, or one of the things that must not stand there. */
export type SampleCell = string | number | boolean | { formula: string } | { error: '#REF!' };

export type SampleCells = Readonly<Partial<Record<SampleColumn, SampleCell>>>;
