import { DateTime } from 'luxon';
import { z } from 'zod';
import { InvalidValueError } from '../kernel/index.js';
import { loadYaml, madeOf, type YamlSource } from '../platform/config/index.js';
import { isoDate } from './provenance.js';

/**
 * Working days of state agencies: Labour Code 2019, article 112 (public holidays) and 111.3 (a holiday on a
 * weekly rest day gives the next working day off); a Saturday may be worked for a day given off. Money is never
 * late because of a holiday: a deadline on a day off moves *earlier*.
 */
const calendarFile = z.strictObject({
  weekend: z.array(
    z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
  ),
  years: z.array(z.strictObject({ year: z.int(), projected: z.boolean().default(false) })),
  days: z.array(
    z.strictObject({
      date: isoDate,
      kind: z.enum(['holiday', 'compensation', 'swap-off', 'swap-work']),
      name: z.string().min(1),
      projected: z.boolean().default(false),
    }),
  ),
});

export type CalendarFile = z.infer<typeof calendarFile>;
export type CalendarDay = CalendarFile['days'][number];

const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/** The longest run of days off that a calendar may hold; a longer one is a mistake in the file. */
const MAX_DAYS_OFF = 21;

/** The longest span that may be asked for: a year and a day. */
export const MAX_SPAN = 366;

/** A day as the calendar sees it. */
export interface DaySeen {
  readonly date: string;
  readonly isWorking: boolean;
  readonly kind: CalendarDay['kind'] | 'working' | 'weekend';
  readonly name: string | null;
  readonly isProjected: boolean;
}

const FILE = 'calendars/vn.yaml';

export class Calendar {
  private readonly days: ReadonlyMap<string, CalendarDay>;
  private readonly years: ReadonlyMap<number, { projected: boolean }>;
  private readonly weekend: ReadonlySet<string>;

  static load(source: YamlSource): Calendar {
    const file = loadYaml(source, FILE, calendarFile);
    return madeOf(FILE, () => new Calendar(file));
  }

  constructor(file: CalendarFile) {
    this.days = new Map(file.days.map((day) => [day.date, day]));
    this.years = new Map(file.years.map((year) => [year.year, year]));
    this.weekend = new Set(file.weekend);
    const twice = file.days.length - this.days.size;
    if (twice > 0) throw new InvalidValueError('calendar', `${twice} days are listed twice`);
    if (this.weekend.size === WEEKDAYS.length)
      throw new InvalidValueError('calendar', 'a week has a working day');
    // An unending holiday is found now, not on the day on which something waits for its end.
    for (const { date } of file.days) this.nextWorkingDay(date);
  }

  /** @param date ISO 8601 date at the office. */
  isWorkingDay(date: string): boolean {
    const listed = this.days.get(date);
    if (listed) return listed.kind === 'swap-work';
    const weekday = WEEKDAYS[parse(date).weekday - 1];
    return weekday === undefined || !this.weekend.has(weekday);
  }

  /** The day itself when it is a working day, else the last working day before it. */
  previousWorkingDay(date: string): string {
    return this.walk(date, -1);
  }

  /** The day itself when it is a working day, else the first working day after it. */
  nextWorkingDay(date: string): string {
    return this.walk(date, 1);
  }

  /** What the calendar says of that day, if anything: its name for people. */
  dayOf(date: string): CalendarDay | null {
    return this.days.get(date) ?? null;
  }

  /** Whether the day is computed or expected and not announced; to be looked at again. */
  isProjected(date: string): boolean {
    const year = this.years.get(parse(date).year);
    return year === undefined || year.projected || (this.days.get(date)?.projected ?? false);
  }

  /** Whether any day from the first to the last, both included, is projected. */
  isSpanProjected(first: string, last: string): boolean {
    return this.span(first, last).some((day) => day.isProjected);
  }

  /** What each day from the first to the last, both included, is; at most MAX_SPAN of them. */
  span(first: string, last: string): DaySeen[] {
    const seen: DaySeen[] = [];
    for (let nth = 0, day = parse(first); nth < MAX_SPAN; nth += 1, day = day.plus({ days: 1 })) {
      const date = day.toFormat('yyyy-MM-dd');
      if (date > last) break;
      const listed = this.dayOf(date);
      const isWorking = this.isWorkingDay(date);
      seen.push({
        date,
        isWorking,
        kind: listed?.kind ?? (isWorking ? 'working' : 'weekend'),
        name: listed?.name ?? null,
        isProjected: this.isProjected(date),
      });
    }
    return seen;
  }

  private walk(date: string, step: 1 | -1): string {
    let day = parse(date);
    for (let walked = 0; walked <= MAX_DAYS_OFF; walked += 1) {
      const iso = day.toFormat('yyyy-MM-dd');
      if (this.isWorkingDay(iso)) return iso;
      day = day.plus({ days: step });
    }
    throw new InvalidValueError(
      'calendar',
      `no working day within ${MAX_DAYS_OFF} days of ${date}`,
    );
  }
}

function parse(date: string): DateTime {
  const day = DateTime.fromISO(date, { zone: 'utc' });
  if (!day.isValid || date.length !== 10) {
    throw new InvalidValueError('date', 'a date is yyyy-mm-dd and exists');
  }
  return day;
}
