import { z } from 'zod';
import { say } from '../../platform/http/index.js';
import { filterPeriod, formOf, optional } from '../kit/index.js';

const cursor = z.string().max(1_000).optional();

/** `11/2026` as periods are kept; what is none finds nothing. */
export const importsFilter = z.object({
  state: optional(z.enum(['received', 'checked', 'applied', 'refused'])),
  programme: optional(z.string().max(40)),
  period: filterPeriod,
  sender: optional(z.string().max(80)),
  cursor,
});
export type ImportsFilter = z.infer<typeof importsFilter>;

const WHOLE = say({
  vi: 'Viết số tiền nguyên đồng, ví dụ 1.624.000.',
  en: 'Write whole đồng, for example 1.624.000.',
});
const amount = z
  .string()
  .trim()
  .max(40)
  .regex(/^(\d{1,3}(\.\d{3})*|\d+)( ?đ)?$/, WHOLE);
const ROW_COUNT = say({
  vi: 'Viết số dòng bằng chữ số.',
  en: 'Write the number of rows in digits.',
});
const COMMUNE_LINES = say({
  vi: 'Mỗi dòng một xã: mã xã 5 chữ số, khoảng trắng, số tiền. Ví dụ: 05983 7.795.000',
  en: 'One commune a line: its code of 5 digits, a blank, the amount. For example: 05983 7.795.000',
});

const COMMUNE_LINE = /^(\d{5})[\s:;]+([\d.]+)(?: ?đ)?$/;
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Totals by commune as people type or paste them: a line each. */
const byCommune = z
  .string()
  .max(40_000)
  .refine((text) => lines(text).every((line) => COMMUNE_LINE.test(line)), COMMUNE_LINES)
  .transform((text) =>
    Object.fromEntries(
      lines(text).map((line) => {
        const [, code = '', total = ''] = COMMUNE_LINE.exec(line) ?? [];
        return [code, total] as const;
      }),
    ),
  );

export const uploadForm = formOf({
  // A browser sends an empty one as a field.
  file: z.unknown().optional(),
  sender: optional(z.string().trim().max(80)),
  programme: optional(z.string().max(200)),
  period: optional(z.string().trim().max(40)),
  controlRows: optional(
    z
      .string()
      .trim()
      .regex(/^\d{1,7}$/, ROW_COUNT),
  ),
  controlTotal: optional(amount),
  controlByCommune: optional(byCommune),
});

export const applyForm = formOf({ mode: z.enum(['all-or-nothing', 'good-rows']) });

const REASON = say({
  vi: 'Ghi lý do, ít nhất 3 ký tự.',
  en: 'Give a reason of at least 3 characters.',
});
export const refusalForm = formOf({ reason: z.string().trim().min(3, REASON).max(500) });

export const errorsFilter = z.object({
  severity: optional(z.enum(['error', 'warning'])),
  rule: optional(z.string().max(60)),
  column: optional(z.string().max(200)),
  commune: optional(z.string().regex(/^\d{5}$/)),
  row: optional(z.coerce.number().int().min(0).max(2_000_000)),
  cursor,
});
export type ErrorsFilter = z.infer<typeof errorsFilter>;

export const rowsFilter = z.object({
  state: optional(z.enum(['good', 'bad', 'applied'])),
  cursor,
});
export type RowsFilter = z.infer<typeof rowsFilter>;

export const cursorOnly = z.object({ cursor });

const TOO_LONG = say({ vi: 'Ngắn hơn 500 ký tự.', en: 'Shorter than 500 characters.' });
export const correctionForm = formOf({
  seen: z.string().max(2_000),
  value: z.string().max(500, TOO_LONG),
});

/** Of each column the heading and what it holds, in one order. */
const texts = z.preprocess(
  (value) => (value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value]),
  z.array(z.string().max(200)).max(60),
);
export const columnsForm = formOf({ heading: texts, meaning: texts });
