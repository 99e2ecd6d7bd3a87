import { DateTime } from 'luxon';
import { Money, officeDate, startOfOfficeDay } from '../kernel/index.js';
import type { Calendar } from '../organisation/index.js';
import type { BankSettings } from './bank.settings.js';
import { DEFAULT_RAIL, leastOf, rangeOf, type Rail, type RailHours } from './rail.settings.js';

/*
 * Which way a payment takes, and when that way is open. NAPAS 247 carries less than 500,000,000 đ around the clock;
 * interbank high-value payments only on working days and before the bank's cut-off. Figures and hours stand in
 * config/banks/<bank>.yaml. Outside hours nothing is tried and nothing takes another way: it waits.
 */

/** Why an earlier rail of the bank did not carry a payment. */
export type PassedOver = 'above-max' | 'below-min' | 'other-bank';

/** A rail, and the rule that chose it: `preferred` for the first, else what spoke against those before it. */
export interface Routed {
  readonly rail: Rail;
  /** `preferred`, or `<rail>:<why>` for every rail before it, comma by comma: `instant:above-max`. */
  readonly rule: string;
}

/** The first rail, in the order of the bank's file, that carries a payment of this amount to that bank; null: none. */
export function railFor(
  rails: readonly Rail[],
  payment: { amount: Money; bankBin: string },
): Routed | null {
  const passed: string[] = [];
  for (const rail of rails) {
    const against = speaksAgainst(rail, payment);
    if (against === null) return { rail, rule: passed.join(',') || 'preferred' };
    passed.push(`${rail.code}:${against}`);
  }
  return null;
}

function speaksAgainst(
  rail: Rail,
  { amount, bankBin }: { amount: Money; bankBin: string },
): PassedOver | null {
  if (rail.onlyTo && !rail.onlyTo.includes(bankBin)) return 'other-bank';
  const { least, most } = rangeOf(rail);
  if (amount.compare(least) < 0) return 'below-min';
  return most !== null && amount.compare(most) > 0 ? 'above-max' : null;
}

/** A rail of this name that is always open and knows no bounds. */
export function unboundedRail(code: string): Rail {
  return { code, open: 'always', limits: { perMessage: {}, perDay: {} } };
}

/**
 * The rail that a row names. Null when the bank's file no longer has it: what is to take it must not go another way.
 * What was born before the file named any rail goes on as it was born, always open and without bounds.
 */
export function railOf(rails: readonly Rail[], code: string): Rail | null {
  const found = rails.find((rail) => rail.code === code);
  return found ?? (code === DEFAULT_RAIL ? unboundedRail(code) : null);
}

/** What one message on a rail may hold: no more than the bank's, the message's and the day's limits. */
export function messageBounds(
  rail: Rail,
  settings: Pick<BankSettings, 'mode' | 'maxPerSubmission'>,
): { payments: number; amount: Money | null } {
  const { perMessage, perDay } = rail.limits;
  return {
    payments: Math.min(
      settings.mode === 'single' ? 1 : settings.maxPerSubmission,
      perMessage.payments ?? Infinity,
      perDay.payments ?? Infinity,
    ),
    amount: leastOf([perMessage.amount, perDay.amount]),
  };
}

export type ClosedBecause = 'closed-day' | 'before-hours' | 'after-cut-off' | 'after-hours';

/** `isProjected`: a day that decided it is computed or expected and not announced yet. */
export type Opening =
  | { readonly isOpen: true; readonly isProjected: boolean }
  | {
      readonly isOpen: false;
      /** When it opens next. */
      readonly until: Date;
      readonly why: ClosedBecause;
      readonly isProjected: boolean;
    };

type WorkingDays = Pick<Calendar, 'isWorkingDay' | 'nextWorkingDay' | 'isSpanProjected'>;

/**
 * Whether a rail takes payments at that instant, and else from when on. The instant of the cut-off is too late. The
 * search is bounded by the calendar, which refuses an unending holiday.
 */
export function openAt(rail: Pick<Rail, 'open'>, calendar: WorkingDays, at: Date): Opening {
  if (rail.open === 'always') return { isOpen: true, isProjected: false };
  const hours = rail.open;
  const today = officeDate(at);
  const opens = instantOf(today, hours.from);
  const isDay = hours.days === 'daily' || calendar.isWorkingDay(today);
  if (isDay && at < opens) return closedUntil(hours, calendar, { today, day: today, at });
  if (isDay && at < instantOf(today, closingOf(hours)))
    return { isOpen: true, isProjected: isProjected(hours, calendar, today, today) };
  const tomorrow = dayAfter(today);
  const day = hours.days === 'daily' ? tomorrow : calendar.nextWorkingDay(tomorrow);
  return closedUntil(hours, calendar, { today, day, at });
}

/** When a rail that has carried all it may today opens again: on its next day, whatever the hour is now. */
export function nextDayOf(rail: Pick<Rail, 'open'>, calendar: WorkingDays, at: Date): Date {
  const tomorrow = dayAfter(officeDate(at));
  const start = startOfOfficeDay(tomorrow);
  const opening = openAt(rail, calendar, start);
  return opening.isOpen ? start : opening.until;
}

/** Whether a rail carries on working days only, so that what is due on a day off must go before it. */
export function worksOnWorkingDaysOnly({ open }: Pick<Rail, 'open'>): boolean {
  return open !== 'always' && open.days === 'working';
}

function closedUntil(
  hours: RailHours,
  calendar: WorkingDays,
  { today, day, at }: { today: string; day: string; at: Date },
): Opening {
  return {
    isOpen: false,
    until: instantOf(day, hours.from),
    why: whyClosed(hours, {
      isDay: hours.days === 'daily' || calendar.isWorkingDay(today),
      today,
      at,
    }),
    isProjected: isProjected(hours, calendar, today, day),
  };
}

function whyClosed(
  hours: RailHours,
  { isDay, today, at }: { isDay: boolean; today: string; at: Date },
): ClosedBecause {
  if (!isDay) return 'closed-day';
  if (at < instantOf(today, hours.from)) return 'before-hours';
  return hours.cutOff === undefined ? 'after-hours' : 'after-cut-off';
}

const closingOf = ({ cutOff, to }: RailHours): string => cutOff ?? to;

function isProjected(hours: RailHours, calendar: WorkingDays, from: string, to: string): boolean {
  return hours.days === 'working' && calendar.isSpanProjected(from, to);
}

/** No daylight saving time at the office: a day's minutes are counted from its start. */
function instantOf(date: string, timeOfDay: string): Date {
  const [hour = 0, minute = 0] = timeOfDay.split(':').map(Number);
  return new Date(startOfOfficeDay(date).getTime() + (hour * 60 + minute) * 60_000);
}

function dayAfter(date: string): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toFormat('yyyy-MM-dd');
}
