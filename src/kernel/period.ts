import { InvalidValueError } from './errors.js';

/** Years of four digits that an office pays for: `0202-11` is a slip of the finger. */
const CANONICAL = /^((?:19|20|21)\d{2})(?:-(0[1-9]|1[0-2])|-D([1-9]))?$/;

/**
 * What an allowance is for: a month `2026-11`, a year `2026`, or a round of a year `2026-D1` (đợt 1).
 * Kept and sorted as that text.
 */
export type Period = string;

/** @param text `mm/yyyy`, `yyyy-mm`, `yyyy` or `yyyy-Dn`, as lists write it. */
export function parsePeriod(text: string): Period {
  const trimmed = text.trim().toUpperCase();
  const slashed = /^(0?[1-9]|1[0-2])[/.-](\d{4})$/.exec(trimmed);
  const canonical = slashed ? `${slashed[2]}-${slashed[1]?.padStart(2, '0')}` : trimmed;
  if (!CANONICAL.test(canonical)) {
    throw new InvalidValueError('period', 'a period is mm/yyyy, yyyy or yyyy-Dn');
  }
  return canonical;
}

/** The period before: the month before a month, the year before a year; of round 1, the last year's same round. */
export function previousPeriod(period: Period): Period {
  const match = CANONICAL.exec(period);
  if (!match) throw new InvalidValueError('period', 'a period is yyyy-mm, yyyy or yyyy-Dn');
  const year = Number(match[1]);
  if (match[2]) {
    const month = Number(match[2]);
    return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
  }
  if (match[3]) {
    const round = Number(match[3]);
    return round === 1 ? `${year - 1}-D1` : `${year}-D${round - 1}`;
  }
  return String(year - 1);
}

/** The first day of the period, for looking up what was in force then (ISO 8601 date). */
export function firstDayOf(period: Period): string {
  const match = CANONICAL.exec(period);
  if (!match) throw new InvalidValueError('period', 'a period is yyyy-mm, yyyy or yyyy-Dn');
  return `${match[1]}-${match[2] ?? '01'}-01`;
}

/** The day from which a period's allowance is judged, for a year or round too: its last day (ISO 8601 date). */
export function lastDayOf(period: Period): string {
  const match = CANONICAL.exec(period);
  if (!match) throw new InvalidValueError('period', 'a period is yyyy-mm, yyyy or yyyy-Dn');
  if (!match[2]) return `${match[1]}-12-31`;
  const day = new Date(Date.UTC(Number(match[1]), Number(match[2]), 0)).getUTCDate();
  return `${match[1]}-${match[2]}-${String(day).padStart(2, '0')}`;
}

/** `11/2026`, `2026` or `đợt 1/2026`, for people. */
export function formatPeriod(period: Period): string {
  const match = CANONICAL.exec(period);
  if (!match) return period;
  if (match[2]) return `${match[2]}/${match[1]}`;
  return match[3] ? `đợt ${match[3]}/${match[1]}` : period;
}
