import { ManualClock } from '../kernel/index.js';
import { alertDesk } from '../../test/builders/alert-desk.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { coarseMinutes, unknownCause } from './unknown.rules.js';

const NOW = new Date('2026-11-21T03:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('doubts grow heavier with their age', () => {
  let clock: ManualClock;
  let db: TestDatabase;
  let office: Office;
  let desk: ReturnType<typeof alertDesk>;
  beforeEach(async () => {
    clock = new ManualClock(NOW);
    db = await testDatabase();
    desk = alertDesk(db.database, clock);
    office = await db.database.transaction((tx) => anOffice(tx));
  });
  afterEach(() => db.close());

  const doubts = (count: number, since: Date) =>
    db.database.transaction((tx) => sentPayments(tx, office, count, { state: 'unknown', since }));
  const after = async (ms: number) => {
    clock.advanceMs(ms);
    const evaluation = await desk.evaluating.evaluate();
    const found = await desk.read.list({ before: null, limit: 100 });
    const alert = found.find(({ state }) => state !== 'resolved');
    return { evaluation, alert };
  };

  it('a warning after a quarter of an hour, critical after hours, told again when it worsens', async () => {
    await doubts(2, NOW);
    expect((await after(14 * MINUTE)).alert).toBeUndefined();
    const young = await after(2 * MINUTE);
    expect(young.alert).toMatchObject({ severity: 'warning', count: 2 });
    expect((await after(3 * HOUR)).alert).toMatchObject({ severity: 'warning' });
    const old = await after(HOUR);
    expect(old.alert).toMatchObject({ id: young.alert?.id, severity: 'critical' });
    expect(old.evaluation.worsened).toHaveLength(1);
    expect((await after(HOUR)).evaluation.worsened).toEqual([]);
  });

  it('says how old the oldest is, and what to do: ask the bank, propose a ruling', async () => {
    await doubts(1, NOW);
    await doubts(1, new Date(NOW.getTime() - 5 * HOUR));
    const { alert } = await after(30 * MINUTE);
    if (!alert) throw new Error('no alert');
    const shown = desk.writer.shown(alert);
    expect(shown.title.vi).toContain('2 khoản chi qua sandbox chưa rõ kết quả, lâu nhất 5 giờ');
    expect(shown.title.en).toContain('the oldest for 5 h');
    expect(shown.nextStep.en).toMatch(/^Do not pay again\. Ask the bank.*propose a ruling/);
    expect(shown.nextStep.vi).toContain('đề nghị kết luận');
    expect(shown.link).toBe('/api/v1/doubts?bank=sandbox');
  });

  it('what a person resolved while it was young alarms again when it has become critical', async () => {
    await doubts(1, NOW);
    const { alert } = await after(20 * MINUTE);
    await desk.resolving.resolve(office.holder, { alertId: alert?.id ?? '', note: 'đã gọi' });
    expect((await after(HOUR)).alert).toBeUndefined();
    const again = await after(3 * HOUR);
    expect(again.alert).toMatchObject({ severity: 'critical' });
    expect(again.alert?.id).not.toBe(alert?.id);
    await desk.resolving.resolve(office.holder, {
      alertId: again.alert?.id ?? '',
      note: 'đang chờ',
    });
    expect((await after(24 * HOUR)).alert).toBeUndefined();
  });

  it('the oldest doubt decides, and what is newer is newer', () => {
    const at = (hours: number) => new Date(NOW.getTime() - hours * HOUR);
    const group = { bankCode: 'b', count: 2, total: '2', oldest: at(3), latest: at(1) };
    const cause = (criticalAfterMs: number) => unknownCause(group, { now: NOW, criticalAfterMs });
    expect(cause(4 * HOUR)).toMatchObject({ severity: 'warning', lastAt: at(1) });
    expect(cause(3 * HOUR)).toMatchObject({ severity: 'critical', lastAt: NOW });
    expect(cause(HOUR)).toMatchObject({ severity: 'critical', lastAt: at(1) });
  });

  it.each([
    [4 * MINUTE, 0],
    [17 * MINUTE, 15],
    [59 * MINUTE, 55],
    [119 * MINUTE, 60],
    [47.9 * HOUR, 47 * 60],
    [71 * HOUR, 48 * 60],
  ])(
    'an age of %d ms is told as %d minutes, so that an alert is not rewritten all the time',
    (ms, minutes) => {
      expect(coarseMinutes(ms)).toBe(minutes);
    },
  );
});
