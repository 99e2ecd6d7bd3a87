import { alertDesk } from '../../test/builders/alert-desk.js';
import { testBanks } from '../../test/builders/banks.js';
import { mailServer, readable } from '../../test/builders/mail-server.js';
import { anOffice } from '../../test/builders/officers.js';
import { repositoryReference } from '../../test/builders/reference.js';
import { peopleOwed } from '../../test/builders/owed.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock } from '../kernel/index.js';
import { rows } from '../platform/database/index.js';
import { Metrics } from '../platform/metrics/index.js';
import { ReturnedRead } from './returned.read.js';
import { UnpaidRead } from './unpaid.read.js';
import { ViewUnpaid } from './view-unpaid.js';
import { WriteDigests } from './write-digests.js';

const COMMUNE = '05977';

describe('the weekly digest of a commune', () => {
  let clock: ManualClock;
  let db: TestDatabase;
  let mail: Awaited<ReturnType<typeof mailServer>>;
  let desk: ReturnType<typeof alertDesk>;
  let digests: WriteDigests;

  beforeEach(async () => {
    // Monday, 07:29 at the office.
    clock = new ManualClock(new Date('2026-11-23T00:29:00Z'));
    db = await testDatabase();
    mail = await mailServer();
    desk = alertDesk(db.database, clock, undefined, new Metrics(), testBanks(clock), {
      file: {
        digest: {
          weekday: 'monday',
          at: '07:30',
          communes: [{ commune: COMMUNE, emails: ['xa@langson.example'] }],
        },
      },
      environment: {
        SMTP_URL: mail.url,
        SMTP_FROM: 'chitra@treasury.example',
        PUBLIC_URL: 'https://chitra.example',
      },
    });
    const { places } = repositoryReference();
    const unpaid = new ViewUnpaid(db.database, new UnpaidRead());
    digests = new WriteDigests(desk.digests, db.database, new ReturnedRead(), unpaid, places);
  });
  afterEach(async () => {
    await mail.down();
    await desk.close();
    await db.close();
  });

  it('is not written before its time, nor days after it', async () => {
    await mail.up();
    expect(await digests.write()).toBe(0);
    clock.set(new Date('2026-11-25T01:00:00Z'));
    expect(await digests.write()).toBe(0);
    expect(mail.letters).toEqual([]);
  });

  it('is one letter a week: what failed, came back and is unpaid by reason, names of nobody', async () => {
    await mail.up();
    await db.database.transaction(async (tx) => {
      const office = await anOffice(tx);
      const since = new Date('2026-11-20T01:00:00Z');
      await sentPayments(tx, office, 2, { state: 'rejected', since });
      await sentPayments(tx, office, 1, { state: 'returned', since });
      await sentPayments(tx, office, 4, { state: 'rejected', since: new Date('2026-11-10') });
      await peopleOwed(tx, 3, { amount: '1000000' });
    });
    clock.advanceMs(60_000);
    await Promise.all([digests.write(), digests.write()]);
    clock.advanceMs(3_600_000);
    expect(await digests.write()).toBe(0);
    expect(mail.letters).toHaveLength(1);
    const text = readable(mail.letters[0]);
    expect(text).toContain('[Bị từ chối trong tuần] 2 khoản, 5.578.000 đ');
    expect(text).toContain('[Bị hoàn trả trong tuần] 1 khoản');
    expect(text).toContain('[Chưa chi: Chưa đưa vào đợt chi] 3 khoản, 3.000.000 đ');
    expect(text).toContain(
      `https://chitra.example/reports/unpaid?period=2026-11&commune=${COMMUNE}`,
    );
    expect(text).not.toMatch(/Người Thử|NGUOI THU|020\d{9}/);
    clock.advanceMs(7 * 24 * 3_600_000);
    expect(await digests.write()).toBe(1);
  });

  it('waits for a mail server that is down, each try visible', async () => {
    clock.advanceMs(60_000);
    await digests.write();
    await mail.up();
    clock.advanceMs(6_000);
    await digests.write();
    expect(mail.letters).toHaveLength(1);
    const tries = await rows(
      db.database.reader,
      'select try, failure from alert_digest_attempt order by id',
    );
    expect(tries).toEqual([
      { try: 1, failure: 'ESOCKET' },
      { try: 2, failure: null },
    ]);
  });
});
