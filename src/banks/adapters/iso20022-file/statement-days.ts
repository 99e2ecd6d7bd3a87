import { DateTime } from 'luxon';
import { OFFICE_ZONE, officeDate, startOfOfficeDay } from '../../../kernel/index.js';

/** Times that an office's bank can mean; a slip of the finger is not the year 202. */
const EARLIEST_YEAR = 1990;
const LATEST_YEAR = 2199;
/** Days that are kept in mind: a statement has few, and zones are slow to reckon with. */
const REMEMBERED = 500;
/** Midnights of every zone lie on quarters of an hour. */
const QUARTER_MS = 15 * 60_000;

/** The instant of an ISO 8601 date or time as banks write it; without an offset it is the office's. Null when it is none. */
export function instantOf(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}(T|$)/.test(text)) return null;
  const at = DateTime.fromISO(text, { zone: OFFICE_ZONE });
  return at.isValid && at.year >= EARLIEST_YEAR && at.year <= LATEST_YEAR ? at.toJSDate() : null;
}

/** An ISO 8601 date, with or without the offset that XML allows it; null when it is none. */
export const dateOf = remembering((text: string): string | null => {
  const date = /^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})?$/.exec(text)?.[1];
  return date !== undefined && instantOf(date) ? date : null;
});

/** When that day begins at the office. @param date ISO 8601 */
export const beginningOf: (date: string) => Date = remembering(startOfOfficeDay);

const dayOfQuarter = remembering((quarter: number) => officeDate(new Date(quarter * QUARTER_MS)));

/** The office's date at that instant, ISO 8601. */
export const dayOf = (at: Date): string => dayOfQuarter(Math.floor(at.getTime() / QUARTER_MS));

/** First and last day of a statement, ISO 8601. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/**
 * The day of a booking that says its value day only. Value may be given days before or after; what a statement tells
 * was booked on one of its own days, at the latest on its last.
 */
export function bookedWithin(valueDay: string, days: Days | undefined): string {
  if (!days || days.from > days.to) return valueDay;
  return valueDay < days.from || valueDay > days.to ? days.to : valueDay;
}

/** ISO 8601 date of the day after. */
export function dayAfter(date: string): string {
  const next = DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toISODate();
  return next ?? date;
}

function remembering<K, V>(reckon: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = reckon(key);
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, value);
    return value;
  };
}
