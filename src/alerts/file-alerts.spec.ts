import { alertDesk } from '../../test/builders/alert-desk.js';
import { fileDesk, FILE_BANK, type FileDesk } from '../../test/builders/file-desk.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';

describe('alerts about files of banks', () => {
  let db: TestDatabase;
  let clock: ManualClock;
  let office: FileDesk;
  beforeEach(async () => {
    db = await testDatabase();
    clock = new ManualClock(new Date('2026-11-20T02:00:00Z'));
    office = await fileDesk(db, clock);
  });
  afterEach(() => db.close());

  const living = async () => {
    const desk = alertDesk(db.database, clock);
    await desk.evaluating.evaluate();
    const alerts = await desk.read.list({ before: null, limit: 100 });
    return alerts
      .filter(({ state }) => state !== 'resolved')
      .map(({ rule, count }) => [rule, count]);
  };

  it('files that are set aside are one alert, which ends when they are read', async () => {
    const broken = await office.bring(Buffer.from('<nonsense'));
    await office.bring(Buffer.from('<more nonsense'));
    await office.deliverEvents();
    expect(await living()).toEqual([['bank-file-quarantined', 2]]);
    const again = { fileId: broken.fileId, reason: 'the setting is mended' };
    await office.rereading.reread(office.desk.office.preparer, again);
    expect(await living()).toEqual([['bank-file-quarantined', 1]]);
  });

  it('a file that may or may not have reached the bank alarms at once', async () => {
    office.channel.deliveries.push('throws');
    await office.desk.running([{}]);
    await office.desk.work();
    expect(await living()).toContainEqual(['bank-file-uncertain', 1]);
  });

  it('a folder that cannot be reached alarms after half an hour, and no longer when it can', async () => {
    office.channel.isAway = true;
    const look = () => office.collecting.collect(office.banks.of(FILE_BANK));
    await look();
    expect(await living()).toEqual([]);
    clock.advanceMs(31 * 60_000);
    await look();
    expect(await living()).toEqual([['bank-files-uncollected', 1]]);
    office.channel.isAway = false;
    clock.advanceMs(1000);
    await look();
    expect(await living()).toEqual([]);
  });

  it('what is delivered and not yet due is no doubt that alarms; when it is late, it is', async () => {
    await db.close();
    db = await testDatabase();
    const intervals = { intervalsMs: [60_000], acceptedAfterMs: 60_000, maxPerEnquiry: 10 };
    const enquiry = { ...intervals, notFoundWindowMs: 60_000, answerDueMs: 4 * 3_600_000 };
    office = await fileDesk(db, clock, { bulk: { enquiry } });
    await office.desk.running([{}]);
    await office.desk.work();
    clock.advanceMs(4 * 3_600_000);
    expect(await living()).toEqual([]);
    clock.advanceMs(16 * 60_000);
    expect(await living()).toEqual([['payments-unknown', 1]]);
  });
});
