import { Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { Requires } from '../../identity/index.js';
import { Clock, officeDate } from '../../kernel/index.js';
import { Calendar } from '../../organisation/index.js';
import { ReportSettings, upcoming } from '../../reports/index.js';
import { optional, Pages, screen, type Screen } from '../kit/index.js';
import { CalendarPage } from './calendar.page.js';

const calendarQuery = z.object({ year: optional(z.coerce.number().int().min(2000).max(2100)) });

/** Working days and deadlines. */
@Pages()
@Requires()
export class CalendarPages {
  constructor(
    private readonly calendar: Calendar,
    private readonly settings: ReportSettings,
    private readonly clock: Clock,
  ) {}

  @Get('admin/calendar')
  show(@Query({ schema: calendarQuery }) query: z.infer<typeof calendarQuery>): Screen {
    const today = officeDate(this.clock.now());
    const thisYear = Number(today.slice(0, 4));
    const year = query.year ?? thisYear;
    const seen = this.calendar.span(`${year}-01-01`, `${year}-12-31`);
    const days = seen.flatMap(({ date, isProjected }) => {
      const listed = this.calendar.dayOf(date);
      return listed ? [{ ...listed, isProjected }] : [];
    });
    // A day that nobody listed tells how the whole year stands.
    const isYearProjected = seen.some(({ kind, isProjected }) => kind === 'working' && isProjected);
    return screen({
      title: { vi: 'Lịch làm việc', en: 'Calendar' },
      body: (
        <CalendarPage
          year={year}
          thisYear={thisYear}
          days={days}
          isYearProjected={isYearProjected}
          deadlines={upcoming(this.settings.deadlines, { today, calendar: this.calendar })}
        />
      ),
    });
  }
}
