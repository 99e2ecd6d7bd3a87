import { batchDesk, type BatchDesk } from '../../test/builders/batch-desk.js';
import { anOffice, type Office } from '../../test/builders/officers.js';
import { areOwed } from '../../test/builders/owed.js';
import { repositoryReference } from '../../test/builders/reference.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { ManualClock, newId } from '../kernel/index.js';
import { LookAtAccounts } from './look-at-accounts.js';
import { NamedTotals } from './named-totals.js';
import { ViewBatches } from './view-batches.js';

describe('looking at batches', () => {
  const clock = new ManualClock(new Date('2026-11-10T02:00:00Z'));
  let db: TestDatabase;
  let desk: BatchDesk;
  let office: Office;
  let view: ViewBatches;

  beforeAll(async () => {
    db = await testDatabase();
    desk = batchDesk(db.database, clock);
    office = await anOffice(db.database.reader);
    const { batchSettings, programmes, directory, places, funds } = repositoryReference();
    view = new ViewBatches(
      db.database,
      clock,
      batchSettings,
      programmes,
      new NamedTotals(directory, places, programmes, funds),
      new LookAtAccounts(programmes),
    );
  });
  afterAll(() => db.close());

  const assembled = async (period: string, names: readonly string[]) => {
    const owed = await areOwed(
      db.database.reader,
      names.map((name) => ({ period, name })),
    );
    const order = { actor: office.preparer, programme: 'NCC_MONTHLY', period };
    return { owed, ...(await desk.assembling.assemble(order)) };
  };
  const propose = (batchId: string) => desk.proposing.propose({ actor: office.preparer, batchId });
  const back = (batchId: string) =>
    db.database.transaction((tx) =>
      desk.gate.returnToDraft(tx, {
        batchId,
        reason: 'sai tên một người',
        at: clock.now(),
        actor: office.accountant,
      }),
    );

  it('there is nothing to look at where there is no batch', async () => {
    await expect(view.one(newId())).rejects.toMatchObject({ code: 'batches.not-found' });
    await expect(view.detail(newId())).rejects.toMatchObject({ code: 'batches.not-found' });
  });

  it('finds lines by a name without diacritics, by personal number and by account', async () => {
    const { batchId, owed } = await assembled('2031-01', ['Nông Thị Đậu', 'Hoàng Văn Ất']);
    const found = async (search: string) =>
      (await view.lines({ batchId, search, afterLineNo: 0, limit: 10 })).map(
        ({ payeeName }) => payeeName,
      );
    expect(await found('nong dau')).toEqual(['Nông Thị Đậu']);
    expect(await found(owed[1]?.personalNumber ?? '')).toEqual(['Hoàng Văn Ất']);
    const [line] = await view.lines({ batchId, search: 'ất', afterLineNo: 0, limit: 10 });
    expect(await found(line?.accountNumber ?? '')).toEqual(['Hoàng Văn Ất']);
    expect(await found('lý')).toEqual([]);
    expect(await found('!')).toEqual([]);
  });

  it('tells each round with its digest, who returned it and why', async () => {
    const { batchId } = await assembled('2031-02', ['Lý Văn Một']);
    const first = await propose(batchId);
    await back(batchId);
    const second = await propose(batchId);
    const rounds = await view.rounds(batchId);
    expect(rounds.map(({ round, digest }) => [round, digest])).toEqual([
      [2, second.digest],
      [1, first.digest],
    ]);
    expect(rounds[1]).toMatchObject({
      proposedBy: 'lap.bang',
      lineCount: 1,
      returnedBy: 'ke.toan.truong',
      reason: 'sai tên một người',
    });
    expect(rounds[0]).toMatchObject({ returnedAt: null, reason: null });
  });

  it('shows the very lines that changed since a round was returned, and no others', async () => {
    const { batchId, owed } = await assembled('2031-03', ['Lý Văn Đi', 'Lý Văn Ở']);
    const first = await propose(batchId);
    await back(batchId);
    const [gone] = owed;
    await desk.removing.remove({
      actor: office.preparer,
      batchId,
      entitlementIds: [gone?.entitlementId ?? ''],
      reason: 'chưa đủ giấy tờ',
    });
    const [added] = await areOwed(db.database.reader, [{ period: '2031-03', name: 'Lý Văn Mới' }]);
    await desk.rebuilding.rebuild({ actor: office.preparer, batchId });
    await propose(batchId);

    const page = { batchId, round: 1, afterId: null, limit: 10 };
    const changed = await view.linesSince(page);
    expect(changed).toHaveLength(2);
    expect(changed).toContainEqual(
      expect.objectContaining({
        entitlementId: gone?.entitlementId,
        beneficiaryId: gone?.beneficiaryId,
        lineNo: null,
        amountBefore: '2789000',
        amountNow: null,
      }),
    );
    expect(changed).toContainEqual(
      expect.objectContaining({
        entitlementId: added?.entitlementId,
        payeeName: 'Lý Văn Mới',
        amountBefore: null,
        amountNow: '2789000',
      }),
    );
    const [before] = changed;
    const rest = await view.linesSince({ ...page, afterId: before?.entitlementId ?? null });
    expect(rest).toEqual(changed.slice(1));
    expect(await view.since({ batchId, digest: first.digest })).toMatchObject({
      newLines: 1,
      goneLines: 1,
      changedLines: 0,
    });
  });
});
