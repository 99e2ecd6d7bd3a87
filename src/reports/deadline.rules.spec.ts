import { repositoryConfig, repositoryReference } from '../../test/builders/reference.js';
import { upcoming } from './deadline.rules.js';
import { ReportSettings } from './report.settings.js';

describe('deadlines', () => {
  const { calendar } = repositoryReference();
  const { deadlines } = ReportSettings.load(repositoryConfig);
  const on = (today: string) => upcoming(deadlines, { today, calendar });

  it('move earlier where the last day is a day off: 24/11 is a public holiday', () => {
    const list = on('2026-11-20').find(({ code }) => code === 'fix-next-list');
    expect(list).toMatchObject({
      before: '2026-11-25',
      dueOn: '2026-11-23',
      isMoved: true,
      daysLeft: 3,
    });
  });

  it('are over with their last day, and then come back the next month', () => {
    const code = 'fix-next-list';
    const dueOn = (today: string) => on(today).find((one) => one.code === code)?.dueOn;
    expect(dueOn('2026-11-23')).toBe('2026-11-23');
    expect(dueOn('2026-11-24')).toBe('2026-12-24');
  });

  it('of some months wait for these, over the end of a year', () => {
    const report = on('2026-12-10').find(({ code }) => code === 'half-year-report');
    expect(report?.dueOn).toBe('2027-06-09');
    expect(report?.isProjected).toBe(true);
  });

  it('stand in the order of their days', () => {
    const days = on('2026-11-28').map(({ dueOn }) => dueOn);
    expect(days).toEqual([...days].sort());
    expect(days).toHaveLength(4);
  });
});
