import { DateTime } from 'luxon';
import { InvalidValueError } from './errors.js';

/** Where the office is; every date a person reads or writes is a date here. No daylight saving time. */
export const OFFICE_ZONE = 'Asia/Ho_Chi_Minh';

/** The one source of time. Injected, so that tests and the simulation hold it in their hand. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until it is told to move. */
export class ManualClock extends Clock {
  private current: Date;

  constructor(start: Date) {
    super();
    this.current = new Date(start);
  }

  now(): Date {
    return new Date(this.current);
  }

  advanceMs(ms: number): void {
    this.current = new Date(this.current.getTime() + ms);
  }

  set(to: Date): void {
    this.current = new Date(to);
  }
}

/** ISO 8601 calendar date (`2026-11-21`) at the office at that instant. */
export function officeDate(at: Date): string {
  const date = DateTime.fromJSDate(at, { zone: OFFICE_ZONE }).toISODate();
  if (date === null) throw new RangeError('not an instant');
  return date;
}

/** The instant at which a calendar date (ISO 8601) begins at the office. */
export function startOfOfficeDay(isoDate: string): Date {
  const start = DateTime.fromISO(isoDate, { zone: OFFICE_ZONE });
  if (!start.isValid) throw new InvalidValueError('date', 'a date is yyyy-mm-dd');
  return start.toJSDate();
}

/** `21/11/2026` for people, from an ISO 8601 date. */
export function formatDate(isoDate: string): string {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(isoDate) ?? [];
  if (year === undefined) throw new InvalidValueError('date', 'a date is yyyy-mm-dd');
  return `${day}/${month}/${year}`;
}

const OFFSET_MS = DateTime.fromISO('2026-01-01', { zone: OFFICE_ZONE }).offset * 60_000;

/** `2026-11-21T08:30:05` at the office at that instant; for lists of a million, where a calendar would take minutes. */
export function officeStamp(at: Date): string {
  return new Date(at.getTime() + OFFSET_MS).toISOString().slice(0, 19);
}

/** `08:30:05` at the office at that instant. */
export function officeTime(at: Date): string {
  return DateTime.fromJSDate(at, { zone: OFFICE_ZONE }).toFormat('HH:mm:ss');
}

/** `14:05 21/11/2026` for people at the office, from an instant. */
export function formatInstant(at: Date): string {
  const local = DateTime.fromJSDate(at, { zone: OFFICE_ZONE });
  if (!local.isValid) throw new RangeError('not an instant');
  return local.toFormat('HH:mm dd/MM/yyyy');
}
