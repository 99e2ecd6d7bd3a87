import { startOfOfficeDay } from '../kernel/index.js';

/** Longest span of one reconciliation, both days counted. */
export const LONGEST_SPAN_DAYS = 92;
const DAY_MS = 24 * 3600 * 1000;

/** Why a span of days cannot be reconciled, or null. Dates are ISO 8601; `today` is the office's. */
export function faultOfSpan(span: {
  from: string;
  to: string;
  today: string;
}): 'backward' | 'future' | 'too-long' | null {
  if (span.to < span.from) return 'backward';
  if (span.to > span.today) return 'future';
  const days = (Date.parse(span.to) - Date.parse(span.from)) / DAY_MS + 1;
  return days > LONGEST_SPAN_DAYS ? 'too-long' : null;
}

export const MOST_TRIES = 5;
const TRY_AGAIN_AFTER_MS = 30_000;

/** When a statement that could not be read is asked for again; null when it was tried often enough. */
export function fetchAgainAt(tries: number, now: Date): Date | null {
  if (tries >= MOST_TRIES) return null;
  return new Date(now.getTime() + TRY_AGAIN_AFTER_MS * 2 ** (tries - 1));
}

/** The day that lies so many working days before this one. @param today ISO 8601 date at the office. */
export function workingDaysBefore(
  calendar: { previousWorkingDay(date: string): string },
  today: string,
  days: number,
): string {
  let day = today;
  for (let walked = 0; walked < days; walked += 1) {
    day = calendar.previousWorkingDay(dayAfter(day, -1));
  }
  return day;
}

/** ISO 8601 date so many days after this one. */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The instant at which that day begins at the office, so many days later. */
export function officeMidnight(date: string, daysLater = 0): Date {
  return startOfOfficeDay(dayAfter(date, daysLater));
}
