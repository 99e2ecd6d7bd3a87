import { z } from 'zod';
import { parsePeriod } from '../../kernel/index.js';
import { CASHLESS_GROUPS, DIMENSIONS, UNPAID_REASONS } from '../../reports/index.js';
import { cursorField, filterChoice, filterText, optional } from '../kit/index.js';

/** A month as a browser sends it (`2026-11`) or a person writes it (`11/2026`); what is none is as if not there. */
const month = optional(
  z
    .string()
    .trim()
    .max(10)
    .transform((text) => parsed(text))
    .pipe(z.string().regex(/^\d{4}-\d{2}$/)),
).catch(undefined);

/** Of a month, a year or a round. */
const period = optional(
  z
    .string()
    .trim()
    .max(10)
    .transform((text) => parsed(text))
    .pipe(z.string().min(4)),
).catch(undefined);

function parsed(text: string): string {
  try {
    return parsePeriod(text);
  } catch {
    return '';
  }
}

export const paymentsQuery = z.object({
  from: month,
  to: month,
  by: filterChoice(DIMENSIONS),
  and: filterChoice(DIMENSIONS),
  programme: filterText,
  period,
  commune: filterText,
  bank: filterText,
  payeeBank: filterText,
  fund: filterText,
});
export type PaymentsQuery = z.infer<typeof paymentsQuery>;

export const cashlessQuery = z.object({ period, programme: filterText, commune: filterText });
export type CashlessQuery = z.infer<typeof cashlessQuery>;

export const cashPeopleQuery = cashlessQuery.extend({
  who: filterChoice(CASHLESS_GROUPS),
  cursor: cursorField,
});
export type CashPeopleQuery = z.infer<typeof cashPeopleQuery>;

export const unpaidQuery = cashlessQuery.extend({
  reason: filterChoice(UNPAID_REASONS),
  earlier: filterChoice(['no']),
  cursor: cursorField,
});
export type UnpaidQuery = z.infer<typeof unpaidQuery>;

/** Rows read at once for a file. */
export const EXPORT_PAGE = 1_000;
/** Rows of a report that one page shows; a file holds all. */
export const REPORT_ROWS_SHOWN = 400;
