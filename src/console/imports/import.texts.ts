import { RULES, type Field } from '../../entitlements/index.js';
import type { Bilingual } from '../../kernel/index.js';

/** What the columns of a list are called on the pages. */
export const FIELD_TEXTS: Readonly<Record<Field, Bilingual>> = {
  row: { vi: 'Số thứ tự', en: 'Running number' },
  fullName: { vi: 'Họ và tên', en: 'Full name' },
  personalNumber: { vi: 'Số định danh', en: 'Personal number' },
  dateOfBirth: { vi: 'Ngày sinh', en: 'Date of birth' },
  communeCode: { vi: 'Mã xã/phường', en: 'Commune code' },
  programme: { vi: 'Chế độ', en: 'Programme' },
  period: { vi: 'Kỳ', en: 'Period' },
  kind: { vi: 'Loại khoản', en: 'Kind' },
  amount: { vi: 'Số tiền', en: 'Amount' },
  decisionNumber: { vi: 'Số quyết định', en: 'Decision number' },
  decisionDate: { vi: 'Ngày quyết định', en: 'Decision date' },
  accountNumber: { vi: 'Số tài khoản', en: 'Account number' },
  accountName: { vi: 'Tên tài khoản', en: 'Account name' },
  bank: { vi: 'Ngân hàng', en: 'Bank' },
  recipientName: { vi: 'Người nhận thay', en: 'Authorised recipient' },
  recipientPersonalNumber: {
    vi: 'Số định danh người nhận thay',
    en: 'Personal number of the recipient',
  },
  authorisedUntil: { vi: 'Giấy ủy quyền đến ngày', en: 'Authorised until' },
  fund: { vi: 'Nguồn kinh phí', en: 'Fund' },
  note: { vi: 'Ghi chú', en: 'Note' },
};

export function fieldText(field: string | null): Bilingual | null {
  if (field === null) return null;
  const texts: Readonly<Record<string, Bilingual>> = FIELD_TEXTS;
  return texts[field] ?? { vi: field, en: field };
}

/** What a rule says in general, without the value it was broken by. */
export function ruleText(rule: string): Bilingual {
  const rules: Readonly<Record<string, { message: Bilingual }>> = RULES;
  const message = rules[rule]?.message;
  if (!message) return { vi: rule, en: rule };
  const general = (text: string): string => text.replace(/\{\w+\}/g, '…');
  return { vi: general(message.vi), en: general(message.en) };
}

const SKIPPED: Readonly<Record<string, Bilingual>> = {
  total: { vi: 'dòng cộng', en: 'a total' },
  'column-numbers': { vi: 'dòng đánh số cột', en: 'column numbers' },
  'repeated-header': { vi: 'tiêu đề lặp lại', en: 'a repeated header' },
  'text-only': { vi: 'chỉ có chữ (tiêu đề nhóm, chữ ký)', en: 'words only (titles, signatures)' },
};

export function skippedText(why: string): Bilingual {
  return SKIPPED[why] ?? { vi: why, en: why };
}

export const SEVERITIES = [
  { value: 'error', text: { vi: 'Lỗi: chưa nhập được', en: 'Errors: cannot be applied' } },
  { value: 'warning', text: { vi: 'Lưu ý: cần xem lại', en: 'Warnings: to be looked at' } },
] as const;

export const FORMATS: Readonly<Record<string, string>> = {
  xlsx: 'Excel',
  csv: 'CSV',
  json: 'JSON',
};

/** `H17` as a spreadsheet names it; of rows sent by a program the row is named. */
export function placeOf(found: {
  readonly cell: string;
  readonly row: number;
  readonly column: string | null;
}): Bilingual {
  if (found.column === null) return { vi: `Dòng ${found.row}`, en: `Row ${found.row}` };
  return found.cell.startsWith('/')
    ? { vi: `Dòng ${found.row}, ${found.column}`, en: `Row ${found.row}, ${found.column}` }
    : { vi: found.cell, en: found.cell };
}

/** Who sent a list; of programs that do not say, only an id is kept, which tells nobody anything. */
export function senderText(sender: string): Bilingual {
  return isId(sender)
    ? { vi: '(không ghi nơi gửi)', en: '(sender not given)' }
    : { vi: sender, en: sender };
}

export const isId = (text: string): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
