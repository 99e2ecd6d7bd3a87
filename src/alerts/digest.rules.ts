import { officeDate, officeTime, startOfOfficeDay } from '../kernel/index.js';
import type { DigestPlan } from './alert-file.schema.js';

const DAY_MS = 24 * 3_600_000;
const DAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
/** A digest that could not be begun for longer is left out: figures of yesterday's week confuse. */
const LATEST_DAYS = 2;

/** The office day whose digest is to be written now; null when it is too early or too late for it. */
export function digestDay(plan: DigestPlan, now: Date): string | null {
  const today = officeDate(now);
  const isTime = officeTime(now).slice(0, 5) >= plan.at;
  for (let ago = 0; ago < LATEST_DAYS; ago += 1) {
    const day = officeDate(new Date(startOfOfficeDay(today).getTime() - ago * DAY_MS));
    const weekday = DAYS[new Date(`${day}T00:00:00Z`).getUTCDay()];
    if (weekday === plan.weekday && (ago > 0 || isTime)) return day;
  }
  return null;
}
