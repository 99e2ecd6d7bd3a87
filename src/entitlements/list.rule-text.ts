import type { Bilingual } from '../kernel/index.js';

export type Severity = 'error' | 'warning';

export interface RuleText {
  readonly severity: Severity;
  /** What is wrong with the value. */
  readonly message: Bilingual;
  /** What to do about it. */
  readonly remedy: Bilingual;
}

const rule = (
  severity: Severity,
  message: readonly [vi: string, en: string],
  remedy: readonly [vi: string, en: string],
): RuleText => ({
  severity,
  message: { vi: message[0], en: message[1] },
  remedy: { vi: remedy[0], en: remedy[1] },
});
export const error = rule.bind(null, 'error');
export const warning = rule.bind(null, 'warning');

export const AS_TEXT = [
  'Định dạng ô là Văn bản (Text) rồi nhập lại đủ chữ số.',
  'Format the cell as Text and type all digits again.',
] as const;
export const AS_VALUE = [
  'Dán giá trị (Paste values) thay cho công thức.',
  'Paste the value instead of the formula.',
] as const;
export const AS_DATE = [
  'Viết ngày theo dạng dd/mm/yyyy, ví dụ 05/11/2026.',
  'Write the date as dd/mm/yyyy, for example 05/11/2026.',
] as const;
export const AS_AMOUNT = [
  'Viết số đồng nguyên, ví dụ 1.624.000, hoặc để ô kiểu số.',
  'Write whole đồng such as 1.624.000, or use a number cell.',
] as const;
