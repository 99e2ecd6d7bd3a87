import { z } from 'zod';
import { InvalidValueError, parsePeriod } from '../../kernel/index.js';
import { optional } from './form-schema.js';

/** Rows on a page of a list. */
export const ROWS_SHOWN = 50;

/** Where a page of a list begins, as the pager writes it. */
export const cursorField = optional(z.string().max(1_000));

/** A text to filter by; empty is none. */
export const filterText = optional(z.string().trim().max(140));

/** A period as officers write it, `11/2026`; what is none finds nothing. */
export const filterPeriod = optional(z.string().trim().max(10).transform(periodOrText));

/** One of some values to filter by; anything else is as if it were not there. */
export function filterChoice<T extends string>(values: readonly [T, ...T[]]) {
  return optional(z.enum(values)).catch(undefined);
}

function periodOrText(text: string): string {
  try {
    return parsePeriod(text);
  } catch (error) {
    if (error instanceof InvalidValueError) return text;
    throw error;
  }
}
