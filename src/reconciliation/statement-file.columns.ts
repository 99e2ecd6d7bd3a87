import { foldText } from '../kernel/index.js';

/** What a column of a statement's file holds. */
export const FILE_FIELDS = [
  'record',
  'statement_id',
  'from',
  'to',
  'entry_id',
  'booked_at',
  'direction',
  'amount',
  'currency',
  'reference',
  'return_code',
  'return_text',
  'bank_reference',
  'reversal',
] as const;
export type FileField = (typeof FILE_FIELDS)[number];

/** Without these a file is no statement. */
export const NEEDED_FIELDS: readonly FileField[] = [
  'record',
  'statement_id',
  'from',
  'to',
  'entry_id',
  'booked_at',
  'direction',
  'amount',
  'reference',
];

/** Headings as compared: folded, blanks for `_`, `-` and `/`. */
const HEADINGS: Readonly<Record<FileField, readonly string[]>> = {
  record: ['loai dong', 'dong', 'ban ghi'],
  statement_id: ['so sao ke', 'ma sao ke'],
  from: ['tu ngay'],
  to: ['den ngay'],
  entry_id: ['ma giao dich', 'so giao dich', 'ma but toan', 'so but toan'],
  booked_at: ['ngay hach toan', 'thoi gian hach toan', 'ngay giao dich'],
  direction: ['no co', 'ghi no co', 'chieu'],
  amount: ['so tien'],
  currency: ['loai tien', 'tien te'],
  reference: ['tham chieu', 'ma tham chieu', 'so tham chieu'],
  return_code: ['ma ly do', 'ma tra ve', 'ma hoan tra'],
  return_text: ['ly do', 'ly do tra ve', 'ly do hoan tra'],
  bank_reference: ['tham chieu ngan hang', 'so tham chieu ngan hang', 'ma tham chieu ngan hang'],
  reversal: ['dao', 'but toan dao'],
};

const BY_HEADING: ReadonlyMap<string, FileField> = new Map(
  FILE_FIELDS.flatMap((field) =>
    [field.replaceAll('_', ' '), ...HEADINGS[field]].map((heading) => [heading, field] as const),
  ),
);

/** The field of a heading, in English or Vietnamese; null for a column that is none of ours. */
export function fieldOf(heading: string): FileField | null {
  const compared = foldText(heading.replace(/[_\-/]/g, ' '));
  return BY_HEADING.get(compared) ?? null;
}
