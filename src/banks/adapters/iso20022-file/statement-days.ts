import { OFFICE_ZONE } from '../../../kernel/index.js';
import { DateTime } from 'luxon';

/** Times that an office's bank can mean; a slip of the finger is not the year 202. */
const EARLIEST_YEAR = 1990;
const LATEST_YEAR = 2199;

/** The instant of an ISO 8601 date or time as banks write it; without an offset it is the office's. Null when it is none. */
export function instantOf(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}(T|$)/.test(text)) return null;
  const at = DateTime.fromISO(text, { zone: OFFICE_ZONE });
  return at.isValid && at.year >= EARLIEST_YEAR && at.year <= LATEST_YEAR ? at.toJSDate() : null;
}

/** An ISO 8601 date, with or without the offset that XML allows it; null when it is none. */
export function dateOf(text: string): string | null {
  const date = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?$/.exec(text)?.[1];
  return date !== undefined && instantOf(date) ? date : null;
}

/** ISO 8601 date of the day after. */
export function dayAfter(date: string): string {
  const next = DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toISODate();
  return next ?? date;
}
