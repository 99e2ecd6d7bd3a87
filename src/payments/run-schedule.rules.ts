import { DateTime } from 'luxon';
import { formatDate, officeDate, startOfOfficeDay } from '../kernel/index.js';
import type { Calendar } from '../organisation/index.js';

/*
 * When a deadline or a pay day falls on a day off, it moves EARLIER (the allowance's own rule: nobody waits longer
 * because of a holiday), never later, and never before the moment from which anything can be done. What was moved,
 * and what could not be, is written into the run's history.
 */

type WorkingDays = Pick<Calendar, 'isWorkingDay' | 'previousWorkingDay' | 'dayOf'>;

/** An instant, and what is to be told about it: in Vietnamese, then in English. */
export interface Planned {
  readonly at: Date;
  readonly note: string | null;
}

/**
 * From when on payments may go: the pay day's morning at the office, or now. A rail that works on working days only
 * cannot pay on a day off: what is due then goes on the working day before, as long as that is not past.
 */
export function planStart(given: {
  payOn: string | null;
  now: Date;
  onWorkingDaysOnly: boolean;
  calendar: WorkingDays;
}): Planned {
  const { payOn, now, calendar } = given;
  if (payOn === null) return { at: now, note: null };
  const asked = later(startOfOfficeDay(payOn), now);
  if (!given.onWorkingDaysOnly || calendar.isWorkingDay(payOn)) return { at: asked, note: null };
  const before = calendar.previousWorkingDay(payOn);
  const off = dayOff(calendar, payOn);
  if (before < officeDate(now)) {
    return {
      at: asked,
      note:
        `Ngày chi ${off} là ngày nghỉ và ngày làm việc liền trước (${formatDate(before)}) đã qua: kênh chỉ chạy ngày ` +
        `làm việc sẽ chi vào ngày làm việc kế tiếp. / The pay day ${off} is a day off and the working day before it is ` +
        `past: rails of working days pay on the next one.`,
    };
  }
  const at = later(startOfOfficeDay(before), now);
  // Whether a rail's hours of today are over is the rail's business; that they may be is said.
  const today =
    at === now
      ? [
          '; đã quá giờ chốt thì vào ngày làm việc kế tiếp',
          ', or after the cut-off on the next one',
        ]
      : ['', ''];
  return {
    at,
    note:
      `Ngày chi ${off} là ngày nghỉ: kênh chỉ chạy ngày làm việc chi sớm lên ngày ${formatDate(before)}${today[0]}. / ` +
      `The pay day ${off} is a day off: rails of working days pay on ${formatDate(before)} already${today[1]}.`,
  };
}

/** Until when a run should be finished: so many hours after its start, or the end of the working day before. */
export function planDeadline(given: {
  /** When the last of its parts may start. */
  lastStartAt: Date;
  hours: number;
  calendar: WorkingDays;
}): Planned {
  const { calendar } = given;
  const asked = new Date(given.lastStartAt.getTime() + given.hours * 3_600_000);
  // A deadline at midnight is the end of the day that it ends.
  const day = officeDate(new Date(asked.getTime() - 1));
  if (calendar.isWorkingDay(day)) return { at: asked, note: null };
  const before = calendar.previousWorkingDay(day);
  const end = startOfOfficeDay(dayAfter(before));
  const off = dayOff(calendar, day);
  if (end <= given.lastStartAt) {
    return {
      at: asked,
      note:
        `Hạn ${off} là ngày nghỉ nhưng không dời sớm hơn được: đợt chi bắt đầu sau ngày làm việc liền trước. / The ` +
        `deadline ${off} is a day off and stays: the run starts after the working day before it.`,
    };
  }
  return {
    at: end,
    note:
      `Hạn ${off} là ngày nghỉ: dời sớm lên hết ngày ${formatDate(before)}. / The deadline ${off} is a day off: it is ` +
      `the end of ${formatDate(before)} instead.`,
  };
}

/** `06/02/2027 (Mùng 1 Tết Đinh Mùi, dự kiến)`. */
function dayOff(calendar: WorkingDays, date: string): string {
  const listed = calendar.dayOf(date);
  if (!listed) return formatDate(date);
  return `${formatDate(date)} (${listed.name}${listed.projected ? ', dự kiến / projected' : ''})`;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

function dayAfter(date: string): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toFormat('yyyy-MM-dd');
}
