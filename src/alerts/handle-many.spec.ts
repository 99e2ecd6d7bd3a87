import type { Actor } from '../identity/index.js';
import { ManualClock, newId } from '../kernel/index.js';
import { alertDesk } from '../../test/builders/alert-desk.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import { sentPayments } from '../../test/builders/sent-payments.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';

describe('many alerts at once', () => {
  const clock = new ManualClock(new Date('2026-11-21T03:00:00Z'));
  let db: TestDatabase;
  let office: Office;
  let desk: ReturnType<typeof alertDesk>;
  let ids: string[];
  beforeEach(async () => {
    db = await testDatabase();
    desk = alertDesk(db.database, clock);
    office = await db.database.transaction((tx) => anOffice(tx));
    for (const reasonCode of ['AC01', 'AC04', 'AC06'])
      await db.database.transaction((tx) =>
        sentPayments(tx, office, 1, { state: 'rejected', reasonCode }),
      );
    await desk.evaluating.evaluate();
    ids = (await desk.read.list({ before: null, limit: 10 })).map(({ id }) => id);
    expect(ids).toHaveLength(3);
  });
  afterEach(() => db.close());

  it('are taken on as far as nobody else has; one that is not there is no hindrance', async () => {
    const [first = '', ...others] = ids;
    await desk.acknowledging.acknowledge(office.accountant, { alertId: first, note: null });
    const note = 'chia nhau xử lý';
    const alertIds = [...ids, newId()];
    expect(await desk.acknowledging.acknowledgeAll(office.preparer, { alertIds, note })).toBe(2);
    const mine = await desk.read.list({ ownerId: office.preparer.id, before: null, limit: 10 });
    expect(mine.map(({ id }) => id).sort()).toEqual([...others].sort());
    expect(await desk.read.find(first)).toMatchObject({ owner: office.accountant.name });
    expect(await desk.read.history(others[0] ?? '')).toMatchObject([
      { happened: 'opened' },
      { happened: 'acknowledged', by: office.preparer.name, note },
    ]);
  });

  it('one is given only to somebody who may handle it, also out of a colleague’s hands, until it is resolved', async () => {
    const [id = ''] = ids;
    const give = (owner: string, actor: Actor = office.preparer, alertId = id) =>
      desk.giving.give(actor, { alertId, owner, note: 'nhờ chị gọi ngân hàng' });
    const stranger = { ...office.preparer, permissions: new Set<never>() };
    await expect(give(office.accountant.id, stranger)).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(give(newId())).rejects.toMatchObject({ code: 'alerts.owner-refused' });
    await expect(give(office.holder.id, office.preparer, newId())).rejects.toMatchObject({
      code: 'alerts.unknown-alert',
    });
    await give(office.accountant.id);
    await give(office.holder.id, office.accountant);
    expect(await desk.read.find(id)).toMatchObject({
      ...{ state: 'acknowledged', owner: office.holder.name },
    });
    expect(await desk.read.inHandOf(office.accountant.id)).toEqual([]);
    expect(await desk.read.inHandOf(office.holder.id)).toMatchObject([{ count: 1 }]);
    expect(await desk.read.history(id)).toMatchObject([
      { happened: 'opened', owner: null },
      { happened: 'given', by: office.preparer.name, owner: office.accountant.name },
      { happened: 'given', note: 'nhờ chị gọi ngân hàng', owner: office.holder.name },
    ]);
    await desk.evaluating.evaluate();
    expect(await desk.read.find(id)).toMatchObject({ owner: office.holder.name });
    await desk.resolving.resolve(office.holder, { alertId: id, note: 'đã gọi xong' });
    await expect(give(office.accountant.id)).rejects.toMatchObject({
      code: 'alerts.already-resolved',
    });
  });

  it('are resolved as far as they live, and leave what lives', async () => {
    const [first = '', second = ''] = ids;
    await desk.resolving.resolve(office.preparer, { alertId: first, note: 'đã sửa' });
    const order = { alertIds: [first, second], note: 'đã sửa cả hai' };
    expect(await desk.resolving.resolveAll(office.preparer, order)).toBe(1);
    expect(await desk.resolving.resolveAll(office.preparer, order)).toBe(0);
    expect(await desk.read.list({ living: true, before: null, limit: 10 })).toHaveLength(1);
    expect(await desk.read.figures()).toEqual([{ state: 'open', severity: 'warning', count: 1 }]);
  });
});
