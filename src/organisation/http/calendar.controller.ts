import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { Requires } from '../../identity/index.js';
import { say } from '../../platform/http/index.js';
import { Calendar, MAX_SPAN } from '../calendar.js';

const SHOWN_DAYS = 60;

const plus = (date: string, days: number): string =>
  DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');

const day = z.iso.date().refine((date) => date >= '1900-01-01' && date <= '2199-12-31', {
  error: say({ vi: 'từ năm 1900 đến năm 2199', en: 'is from the year 1900 to 2199' }),
});

const calendarQuery = z
  .strictObject({
    from: day,
    to: day
      .optional()
      .describe(`included, less than ${MAX_SPAN} days later; absent: ${SHOWN_DAYS} days later`),
  })
  .refine(({ from, to }) => to === undefined || spans(from, to), {
    path: ['to'],
    error: say({
      vi: `không sớm hơn ngày đầu và trong vòng ${MAX_SPAN} ngày`,
      en: `is not before the first day and within ${MAX_SPAN} days`,
    }),
  });

const calendarSchema = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  days: z.array(
    z.object({
      date: z.iso.date(),
      isWorking: z.boolean(),
      kind: z
        .enum(['working', 'weekend', 'holiday', 'compensation', 'swap-off', 'swap-work'])
        .describe('swap-work: a Saturday worked for a day given off (swap-off)'),
      name: z.string().nullable().describe('in Vietnamese, as the calendar names it'),
      isProjected: z.boolean().describe('computed or expected, not announced'),
    }),
  ),
});

@ApiTags('calendar')
@Controller('api/v1/calendar')
export class CalendarController {
  constructor(private readonly calendar: Calendar) {}

  @Get()
  @Requires('payment.read')
  @ApiOperation({ summary: 'Working days and days off, as deadlines and bank hours count them' })
  @ApiOkResponse({ standardSchema: calendarSchema })
  days(
    @Query({ schema: calendarQuery }) query: z.infer<typeof calendarQuery>,
  ): z.infer<typeof calendarSchema> {
    const { from, to = plus(from, SHOWN_DAYS) } = query;
    return { from, to, days: this.calendar.span(from, to) };
  }
}

function spans(from: string, to: string): boolean {
  return from <= to && to < plus(from, MAX_SPAN);
}
