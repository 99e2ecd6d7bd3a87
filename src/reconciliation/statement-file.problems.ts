import type { Bilingual } from '../kernel/index.js';
import type { FileField } from './statement-file.columns.js';

/** What may be wrong with a statement's file, in words: what it is, and what to do. Vietnamese first. */
const TEXTS = {
  'column.missing': [
    'Thiếu cột này. Hãy thêm cột rồi gửi lại.',
    'This column is missing. Add it and send the file again.',
  ],
  'column.twice': [
    'Cột này có hai lần. Hãy giữ một cột.',
    'This column is there twice. Keep one of them.',
  ],
  'columns.too-many': [
    'Tệp có quá nhiều cột. Hãy chỉ giữ các cột của sao kê.',
    'The file has too many columns. Keep only those of the statement.',
  ],
  'row.too-wide': [
    'Dòng có nhiều ô hơn dòng tiêu đề. Hãy kiểm tra dấu phân cách và dấu ngoặc kép.',
    'The row has more cells than the header. Check the separators and quotation marks.',
  ],
  'cell.formula': [
    'Ô bắt đầu bằng =, +, - hoặc @ nên có thể là công thức. Hãy bỏ ký tự đó.',
    'The cell begins with =, +, - or @ and may be a formula. Remove that character.',
  ],
  'cell.too-long': [
    'Nội dung ô quá dài. Hãy rút ngắn.',
    'The content of the cell is too long. Shorten it.',
  ],
  'cell.missing': [
    'Ô này không được để trống. Hãy điền vào.',
    'This cell must not be empty. Fill it in.',
  ],
  'cell.scientific': [
    'Mã đã bị bảng tính đổi thành số mũ. Hãy định dạng cột là văn bản và xuất lại.',
    'The spreadsheet turned this id into a power of ten. Format the column as text and export again.',
  ],
  'record.unknown': [
    'Loại dòng phải là opening, entry hoặc closing (số dư đầu, phát sinh, số dư cuối).',
    'The record must be opening, entry or closing.',
  ],
  'record.opening-missing': [
    'Không có dòng số dư đầu (opening). Hãy thêm đúng một dòng.',
    'There is no opening record. Add exactly one.',
  ],
  'record.closing-missing': [
    'Không có dòng số dư cuối (closing). Hãy thêm đúng một dòng.',
    'There is no closing record. Add exactly one.',
  ],
  'record.twice': [
    'Có hơn một dòng số dư đầu hoặc số dư cuối. Hãy giữ một dòng mỗi loại.',
    'There is more than one opening or closing record. Keep one of each.',
  ],
  'frame.differs': [
    'Khác với dòng số dư đầu của sao kê. Mỗi tệp chỉ chứa một sao kê.',
    'Differs from the opening record. A file holds one statement only.',
  ],
  'date.form': [
    'Ngày phải viết dd/mm/yyyy hoặc yyyy-mm-dd, giờ hh:mm hoặc hh:mm:ss.',
    'Write the date as dd/mm/yyyy or yyyy-mm-dd, and the time as hh:mm or hh:mm:ss.',
  ],
  'date.impossible': [
    'Không có ngày giờ này. Hãy sửa lại.',
    'There is no such day or time. Mend it.',
  ],
  'span.backward': [
    'Ngày cuối đứng trước ngày đầu. Hãy sửa lại.',
    'The last day is before the first. Mend it.',
  ],
  'span.future': [
    'Sao kê kết thúc sau hôm nay. Hãy lấy sao kê đến hết hôm nay.',
    'The statement ends after today. Take one that ends today at the latest.',
  ],
  'span.too-long': [
    'Sao kê dài hơn 92 ngày. Hãy chia thành nhiều tệp.',
    'The statement is longer than 92 days. Split it into several files.',
  ],
  'booked.outside': [
    'Ngày hạch toán nằm ngoài khoảng ngày của sao kê. Hãy kiểm tra ngày.',
    'Booked outside the days of the statement. Check the date.',
  ],
  'direction.unknown': [
    'Chiều phải là debit hoặc credit (Nợ hoặc Có, D hoặc C).',
    'The direction must be debit or credit (Nợ or Có, D or C).',
  ],
  'direction.of-balance': [
    'Số dư không có chiều Nợ. Hãy để trống; số dư âm viết với dấu trừ.',
    'A balance has no debit direction. Leave it empty; write a negative balance with a minus.',
  ],
  'amount.digits': [
    'Đây không phải là số tiền. Hãy viết 1234567 hoặc 1.234.567.',
    'This is no amount. Write 1234567 or 1.234.567.',
  ],
  'amount.ambiguous': [
    'Dấu phẩy không rõ là hàng nghìn hay thập phân. Hãy viết 1234567 hoặc 1.234.567.',
    'The comma may mean thousands or decimals. Write 1234567 or 1.234.567.',
  ],
  'amount.decimals': [
    'Số tiền có phần lẻ của đồng. Hãy viết số nguyên.',
    'The amount has parts of a đồng. Write a whole number.',
  ],
  'amount.zero': [
    'Số tiền phải lớn hơn không. Hãy bỏ dòng này hoặc sửa số tiền.',
    'The amount must be above zero. Remove the row or mend the amount.',
  ],
  'amount.negative': [
    'Số tiền không được âm. Hãy dùng cột chiều (Nợ/Có).',
    'The amount must not be negative. Use the direction column.',
  ],
  'amount.too-large': ['Số tiền quá lớn. Hãy kiểm tra lại.', 'The amount is too large. Check it.'],
  'currency.unknown': [
    'Chỉ nhận sao kê bằng đồng Việt Nam (VND).',
    'Only statements in Vietnamese đồng (VND) are taken.',
  ],
  'entry-id.twice': [
    'Mã giao dịch này đã có ở dòng {otherRow}. Mỗi giao dịch cần một mã riêng.',
    'Row {otherRow} has this entry id already. Each entry needs an id of its own.',
  ],
  'return-code.form': [
    'Mã lý do gồm đúng bốn chữ cái hoặc chữ số (ISO 20022). Hãy sửa hoặc để trống.',
    'A return code is exactly four letters or digits (ISO 20022). Mend it or leave it empty.',
  ],
  'reversal.unknown': [
    'Cột đảo chỉ nhận true hoặc false (có, không; x hoặc để trống).',
    'The reversal column takes true or false (có, không; x or empty).',
  ],
} as const satisfies Record<string, readonly [string, string]>;

export type FileRule = keyof typeof TEXTS;

/** One thing that is wrong, where it lies. */
export interface FileProblem {
  /** As a spreadsheet program counts, from 1; null where the file as a whole is meant. */
  readonly row: number | null;
  /** `H`; null where the row as a whole is meant. */
  readonly column: string | null;
  readonly field: FileField | null;
  readonly rule: FileRule;
  readonly message: Bilingual;
}

export function problemOf(
  rule: FileRule,
  at: { row: number | null; column: string | null; field: FileField | null; otherRow?: number },
): FileProblem {
  const { row, column, field } = at;
  const [vi, en] = TEXTS[rule];
  const words = (text: string) => text.replace('{otherRow}', String(at.otherRow ?? ''));
  return { row, column, field, rule, message: { vi: words(vi), en: words(en) } };
}
