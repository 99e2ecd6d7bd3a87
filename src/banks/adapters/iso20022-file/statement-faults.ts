import { FileBroken } from '../../contract.js';

type Why = FileBroken['why'];

const SHOWN_MAX = 40;

/** What is wrong with a statement or a notice, in the words of whoever must tell the bank. */
export const STATEMENT_FAULTS = {
  missing: (what: string): Why => ({ vi: `Thiếu ${what}.`, en: `${what} is missing.` }),
  amount: (text: string): Why => ({
    vi: `Số tiền ${shown(text)} không phải là số đồng nguyên (không có phần lẻ, không âm).`,
    en: `The amount ${shown(text)} is not a whole number of đồng, zero or more.`,
  }),
  currency: (text: string): Why => ({
    vi: `Tiền tệ là ${shown(text)}; tài khoản này chỉ dùng VND.`,
    en: `The currency is ${shown(text)}; this account is in VND only.`,
  }),
  direction: (text: string): Why => ({
    vi: `Không rõ ghi nợ hay ghi có: ${shown(text)}.`,
    en: `Neither a debit nor a credit: ${shown(text)}.`,
  }),
  indicator: (text: string): Why => ({
    vi: `${shown(text)} không phải là true hoặc false.`,
    en: `${shown(text)} is neither true nor false.`,
  }),
  date: (text: string): Why => ({
    vi: `${shown(text)} không phải là ngày hoặc thời điểm hợp lệ.`,
    en: `${shown(text)} is not a date or a time.`,
  }),
  form: (what: string, text: string): Why => ({
    vi: `${what} sai định dạng: ${shown(text)}.`,
    en: `${what} is malformed: ${shown(text)}.`,
  }),
  backward: (from: string, to: string): Why => ({
    vi: `Sao kê kết thúc (${to}) trước khi bắt đầu (${from}).`,
    en: `The statement ends (${to}) before it begins (${from}).`,
  }),
  twoBalances: (which: string): Why => ({
    vi: `Có hai số dư ${which} khác nhau trong cùng ngày.`,
    en: `There are two different balances ${which} of one day.`,
  }),
  tooMany: (what: string, most: number): Why => ({
    vi: `Tệp có nhiều hơn ${most} ${what}.`,
    en: `The file has more than ${most} ${what}.`,
  }),
  nothing: { vi: 'Tệp không có sao kê nào.', en: 'The file holds no statement.' },
  order: {
    vi: 'Thiếu số tiền (Amt) trước chi tiết của bút toán.',
    en: 'Amt is missing before the details of the entry.',
  },
  outside: (text: string): Why => ({
    vi: `Dòng nằm ngoài sao kê: ${shown(text)}.`,
    en: `A line outside of any statement: ${shown(text)}.`,
  }),
  unended: {
    vi: 'Sao kê bị cắt: thiếu số dư cuối (:62F: hoặc :62M:).',
    en: 'The statement is cut off: its closing balance (:62F: or :62M:) is missing.',
  },
  binary: {
    vi: 'Tệp chứa byte 0, không phải là văn bản.',
    en: 'The file holds bytes of zero: it is no text.',
  },
} as const;

/** @param where `line 17:3, Stmt/Ntry/Amt` or `line 17, :61:` */
export function broken(why: Why, where: string): FileBroken {
  return new FileBroken(why, where);
}

function shown(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cs}\p{Cf}]/gu, '�');
  return JSON.stringify(clean.length > SHOWN_MAX ? `${clean.slice(0, SHOWN_MAX)}…` : clean);
}
