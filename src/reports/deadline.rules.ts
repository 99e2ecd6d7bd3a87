import type { Bilingual } from '../kernel/index.js';
import type { Calendar } from '../organisation/index.js';
import type { DeadlineRule } from './report.settings.js';

/*
 * "Before the 25th" the next month's list is fixed, "before the 20th" the paying organisation returns what it paid and
 * what not (Circular 44/2022/TT-BTC, article 8): the day before is the last one, and where that is a day off, the last
 * working day before it. Money and reports are never late because of a holiday.
 */

export interface Deadline {
  readonly code: string;
  readonly name: Bilingual;
  readonly law: string | null;
  /** The day by which the rule goes, `2026-11-25`. */
  readonly before: string;
  /** The last working day on which it is still in time. */
  readonly dueOn: string;
  /** Days off moved it. */
  readonly isMoved: boolean;
  /** The calendar's days around it are expected, not announced. */
  readonly isProjected: boolean;
  /** Whole days from today; 0 is today. */
  readonly daysLeft: number;
}

const DAY_MS = 24 * 3_600_000;
const MONTHS_AHEAD = 13;

/** The next time of each deadline, the nearest first. @param today ISO 8601 date at the office. */
export function upcoming(
  rules: readonly DeadlineRule[],
  { today, calendar }: { today: string; calendar: Calendar },
): Deadline[] {
  return rules
    .map((rule) => nextTime(rule, { today, calendar }))
    .filter((deadline) => deadline !== null)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
}

function nextTime(
  rule: DeadlineRule,
  { today, calendar }: { today: string; calendar: Calendar },
): Deadline | null {
  for (let ahead = 0; ahead <= MONTHS_AHEAD; ahead += 1) {
    const before = dayIn(today, ahead, rule.before);
    if (rule.months && !rule.months.includes(Number(before.slice(5, 7)))) continue;
    const last = daysAfter(before, -1);
    const dueOn = calendar.previousWorkingDay(last);
    if (dueOn < today) continue;
    return {
      code: rule.code,
      name: rule.name,
      law: rule.law ?? null,
      before,
      dueOn,
      isMoved: dueOn !== last,
      isProjected: calendar.isSpanProjected(dueOn, last),
      daysLeft: (Date.parse(dueOn) - Date.parse(today)) / DAY_MS,
    };
  }
  return null;
}

function dayIn(today: string, monthsAhead: number, day: number): string {
  const [year = 0, month = 1] = today.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + monthsAhead, day)).toISOString().slice(0, 10);
}

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}
