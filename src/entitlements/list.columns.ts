import { foldText } from '../kernel/index.js';

/**
 * The columns of an entitlement list: the heading an office writes, what else is understood, and whether a
 * list can do without. Headings are compared without case, diacritics, line breaks and punctuation.
 */
export const LIST_FIELDS = {
  row: { heading: 'STT', also: ['TT', 'No'], need: 'no' },
  fullName: {
    heading: 'Họ và tên',
    also: ['Họ tên người hưởng', 'Họ và tên người hưởng', 'Họ tên', 'Full name'],
    need: 'yes',
  },
  personalNumber: {
    heading: 'Số định danh',
    also: ['CCCD', 'Số CCCD', 'CMND', 'Số định danh cá nhân', 'Personal number'],
    need: 'yes',
  },
  dateOfBirth: { heading: 'Ngày sinh', also: ['DOB', 'Date of birth'], need: 'no' },
  communeCode: { heading: 'Mã xã/phường', also: ['Mã xã', 'Commune code'], need: 'yes' },
  programme: {
    heading: 'Chế độ',
    also: ['Chương trình', 'Programme', 'Program'],
    need: 'or-declared',
  },
  period: { heading: 'Kỳ', also: ['Kỳ chi trả', 'Tháng', 'Period'], need: 'or-declared' },
  kind: { heading: 'Loại khoản', also: ['Kind'], need: 'no' },
  amount: { heading: 'Số tiền', also: ['Amount'], need: 'yes' },
  decisionNumber: {
    heading: 'Số quyết định',
    also: ['Số QĐ', 'Decision no', 'Decision number'],
    need: 'yes',
  },
  decisionDate: { heading: 'Ngày quyết định', also: ['Ngày QĐ', 'Decision date'], need: 'yes' },
  accountNumber: { heading: 'Số tài khoản', also: ['Số TK', 'Account number'], need: 'no' },
  accountName: { heading: 'Tên tài khoản', also: ['Tên TK', 'Account name'], need: 'no' },
  bank: { heading: 'Ngân hàng', also: ['Bank', 'BIN', 'Bank, BIN'], need: 'no' },
  recipientName: { heading: 'Người nhận thay', also: ['Authorised recipient'], need: 'no' },
  recipientPersonalNumber: {
    heading: 'Số định danh người nhận thay',
    also: ['Recipient personal number'],
    need: 'no',
  },
  authorisedUntil: {
    heading: 'Giấy ủy quyền đến ngày',
    also: ['Authorised until'],
    need: 'no',
  },
  fund: { heading: 'Nguồn kinh phí', also: ['Fund'], need: 'no' },
  note: { heading: 'Ghi chú', also: ['Note', 'Notes'], need: 'no' },
} as const satisfies Record<
  string,
  { heading: string; also: readonly string[]; need: 'yes' | 'no' | 'or-declared' }
>;

export type Field = keyof typeof LIST_FIELDS;

export const FIELDS = Object.keys(LIST_FIELDS) as Field[];

export function isField(text: string): text is Field {
  return Object.hasOwn(LIST_FIELDS, text);
}

/** What an officer says a heading means: a field, or that its column is not to be taken for one. */
export const NOT_READ = 'not-read';
export type Meaning = Field | typeof NOT_READ;

export function isMeaning(text: string): text is Meaning {
  return text === NOT_READ || isField(text);
}

/** A heading as it is compared: `Mã xã/phường (*)` → `ma xa phuong`. */
export function headingKey(text: string): string {
  return foldText(text.normalize('NFKC').replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, ''))
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

const BY_HEADING: ReadonlyMap<string, Field> = new Map(
  FIELDS.flatMap((field) =>
    [field, LIST_FIELDS[field].heading, ...LIST_FIELDS[field].also].map(
      (text) => [headingKey(text), field] as const,
    ),
  ),
);

/**
 * The field a heading means, by the officer's own mapping first. What stands in brackets is a unit or a
 * remark (`Số tiền (đồng)`) and only looked at when it is needed.
 */
export function fieldOfHeading(
  heading: string,
  mapping: ReadonlyMap<string, Meaning> = new Map(),
): Field | null {
  const whole = headingKey(heading);
  const bare = headingKey(heading.replace(/[([].*$/s, ''));
  for (const key of [whole, bare]) {
    const meaning = mapping.get(key) ?? BY_HEADING.get(key);
    if (meaning) return meaning === NOT_READ ? null : meaning;
  }
  return null;
}
