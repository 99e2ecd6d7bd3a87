import { outcomeDesk, signedNotice } from '../../test/builders/outcome-desk.js';
import { anOfficer } from '../../test/builders/officers.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { AuditReads, AuditTrail } from '../audit/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { NoticeRead } from './notice.read.js';
import { ViewNoticeBody } from './view-notice-body.js';

const NOW = new Date('2026-11-21T03:10:00Z');
const ITEM = { reference: 'CT0123', status: 'ACCC', amount: '2789000', currency: 'VND' };

describe('what came from banks, as people see it', () => {
  const clock = new ManualClock(NOW);
  let db: TestDatabase;
  let desk: ReturnType<typeof outcomeDesk>;
  let reads: NoticeRead;
  beforeAll(async () => {
    db = await testDatabase();
    desk = outcomeDesk(db.database, clock);
    reads = new NoticeRead(db.database);
  });
  afterAll(() => db.close());

  const forged = async (bank: string) => {
    const notice = signedNotice({ id: newId(), at: clock.now(), payments: [ITEM] });
    const body = Buffer.from(notice.body.toString().replace('2789000', '9'));
    await expect(
      desk.receiving.receive(bank, { headers: notice.headers, body }),
    ).rejects.toMatchObject({ kind: 'unauthenticated' });
  };
  const refusals = async (bank: string | null = null) => {
    const found = await reads.refusals({ bank, before: null, limit: 10 });
    return found.map(({ hour, bank: code, fault, times }) => [
      hour.toISOString().slice(11, 16),
      `${code} ${fault}`,
      times,
    ]);
  };

  it('tells of refused messages only how many, by the hour, the bank and the fault', async () => {
    expect(await refusals()).toEqual([]);
    for (let nth = 0; nth < 3; nth += 1) await forged('sandbox');
    await forged('sandbox-instant');
    await desk.refusals.flush();
    clock.set(new Date('2026-11-21T04:05:00Z'));
    await forged('sandbox');
    await desk.refusals.flush();
    await forged('sandbox');
    await desk.refusals.flush();
    await desk.refusals.flush();
    expect(await refusals()).toEqual([
      ['04:00', 'sandbox signature', '2'],
      ['03:00', 'sandbox-instant signature', '1'],
      ['03:00', 'sandbox signature', '3'],
    ]);
    expect(await refusals('sandbox-instant')).toHaveLength(1);
    const before = { hour: '2026-11-21T03:00:00Z', bank: 'sandbox-instant', fault: 'signature' };
    const next = await reads.refusals({ bank: null, before, limit: 10 });
    expect(next).toMatchObject([{ bank: 'sandbox', times: '3' }]);
  });

  it('finds what came more than once', async () => {
    const once = signedNotice({ id: 'n-once', at: clock.now(), payments: [ITEM] });
    const twice = signedNotice({ id: 'n-twice', at: clock.now(), payments: [ITEM] });
    for (const notice of [once, twice, twice]) await desk.receiving.receive('sandbox', notice);
    const list = async (isRepeated: boolean) => {
      const found = await reads.list({ isRepeated, before: null, limit: 10 });
      return found.map(({ noticeId, repeated }) => `${noticeId} ${repeated}`);
    };
    expect(await list(true)).toEqual(['n-twice 1']);
    expect(await list(false)).toEqual(['n-twice 1', 'n-once 0']);
  });

  it('shows the signed words to officers only, and the trail says to whom', async () => {
    const view = new ViewNoticeBody(db.database, new AuditTrail(clock));
    const [notice] = await reads.list({ before: null, limit: 1 });
    const id = notice?.id ?? '';
    const monitor = await anOfficer(db.database.reader, {
      login: 'giam.sat',
      roles: ['monitor'],
    });
    await expect(view.view(monitor, id)).rejects.toMatchObject({ code: 'identity.forbidden' });
    const officer = await anOfficer(db.database.reader, {
      login: 'lap.bang',
      roles: ['preparer'],
    });
    await expect(view.view(officer, newId())).rejects.toMatchObject({ kind: 'not-found' });
    expect((await view.view(officer, id)).toString()).toContain('2789000');
    const told = await new AuditReads(db.database).list(
      { actions: ['notice.body-viewed'] },
      { beforeId: null, limit: 5 },
    );
    expect(told).toMatchObject([{ actorId: officer.id, subjectId: id }]);
  });
});
