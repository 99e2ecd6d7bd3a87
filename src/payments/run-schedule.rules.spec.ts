import fc from 'fast-check';
import { repositoryReference } from '../../test/builders/reference.js';
import { officeDate } from '../kernel/index.js';
import { planDeadline, planStart } from './run-schedule.rules.js';

const { calendar } = repositoryReference();
/** An instant by its date and time at the office. */
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+07:00`);

describe('the start of a run', () => {
  const start = (payOn: string | null, now: string, onWorkingDaysOnly = true) =>
    planStart({ payOn, now: at(now), onWorkingDaysOnly, calendar });

  it.each([
    ['no pay day: at once', null, '2027-02-06 10:00', '2027-02-06 10:00', false],
    ['a working day: its morning', '2026-11-23', '2026-11-20 10:00', '2026-11-23 00:00', false],
    ['a Sunday: the Friday before', '2026-11-22', '2026-11-18 10:00', '2026-11-20 00:00', true],
    ['Tết: the last working day', '2027-02-08', '2027-02-01 10:00', '2027-02-04 00:00', true],
    ['that day has begun: now', '2027-02-08', '2027-02-04 14:00', '2027-02-04 14:00', true],
    ['that day is past: as asked', '2027-02-08', '2027-02-05 09:00', '2027-02-08 00:00', true],
    ['a Saturday that is worked', '2026-08-22', '2026-08-20 10:00', '2026-08-22 00:00', false],
    ['a day that is over: now', '2026-11-20', '2026-11-21 10:00', '2026-11-21 10:00', false],
  ])('%s', (_, payOn, now, expected, isTold) => {
    const planned = start(payOn, now);
    expect(planned.at).toEqual(at(expected));
    expect(planned.note !== null).toBe(isTold);
  });

  it('a rail that is open every day pays on a day off as asked', () => {
    expect(start('2027-02-08', '2027-02-01 10:00', false)).toEqual({
      at: at('2027-02-08 00:00'),
      note: null,
    });
  });

  it('says what was moved and that nobody has announced the day, or that it is too late', () => {
    expect(start('2027-02-06', '2027-02-01 10:00').note).toContain(
      '06/02/2027 (Mùng 1 Tết Đinh Mùi, dự kiến / projected) là ngày nghỉ',
    );
    expect(start('2027-02-06', '2027-02-01 10:00').note).toContain('04/02/2027');
    expect(start('2027-02-06', '2027-02-05 10:00').note).toContain('đã qua');
    expect(start('2027-02-06', '2027-02-04 17:00').note).toContain('đã quá giờ chốt thì');
    expect(start('2027-02-06', '2027-02-03 17:00').note).not.toContain('giờ chốt');
  });
});

describe('the deadline of a run', () => {
  const deadline = (lastStart: string, hours = 24) =>
    planDeadline({ lastStartAt: at(lastStart), hours, calendar });

  it.each([
    ['a working day: as it is', '2026-11-18 09:00', '2026-11-19 09:00', null],
    ['midnight is the end of the day it ends', '2026-11-23 00:00', '2026-11-24 00:00', null],
    ['Saturday: the end of Friday', '2026-11-20 09:00', '2026-11-21 00:00', 'dời sớm'],
    ['Tết: the end of the last working day', '2027-02-04 15:30', '2027-02-05 00:00', 'dời sớm'],
    ['started on a day off: it stays', '2027-02-06 10:00', '2027-02-07 10:00', 'không dời'],
  ])('on %s', (_, start, expected, told) => {
    const planned = deadline(start);
    expect(planned.at).toEqual(at(expected));
    if (told === null) expect(planned.note).toBeNull();
    else expect(planned.note).toContain(told);
  });

  it('never moves later, never before the start, and moved it ends a working day', () => {
    const anyTime = fc.date({
      min: new Date('2026-01-10T00:00:00Z'),
      max: new Date('2028-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anyTime, fc.integer({ min: 1, max: 200 }), (lastStartAt, hours) => {
        const planned = planDeadline({ lastStartAt, hours, calendar });
        const asked = lastStartAt.getTime() + hours * 3_600_000;
        expect(planned.at.getTime()).toBeLessThanOrEqual(asked);
        expect(planned.at > lastStartAt).toBe(true);
        const ends = officeDate(new Date(planned.at.getTime() - 1));
        if (planned.at.getTime() < asked || planned.note === null) {
          expect(calendar.isWorkingDay(ends)).toBe(true);
        }
      }),
    );
  });
});
