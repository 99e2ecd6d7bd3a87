import { importsOver } from '../../test/builders/imports.js';
import { line, workbookOf } from '../../test/builders/list-file.js';
import { scratchFolder } from '../../test/builders/scratch-folder.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { newId } from '../kernel/index.js';
import { execute, one, rows } from '../platform/database/index.js';
import { listEntitlements } from './entitlement-search.read.js';
import { findEntitlement, historyOf } from './entitlement.read.js';

describe('applying a list', () => {
  let db: TestDatabase;
  let imports: ReturnType<typeof importsOver>;
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  beforeAll(async () => {
    [db, scratch] = [await testDatabase(), await scratchFolder()];
    imports = importsOver(db.database);
  });
  afterAll(async () => {
    await scratch.remove();
    await db.close();
  });

  const account = {
    'Số tài khoản': '0123456789',
    'Tên tài khoản': 'Nguyễn Văn Thử',
    'Ngân hàng': 'Agribank',
  };
  const checked = async (
    lines: readonly ReturnType<typeof line>[],
    declaration: Parameters<typeof imports.checked>[1] = {},
    fileName = 'thang-11.xlsx',
  ) => imports.checked(await scratch.file(await workbookOf(lines)), declaration, fileName);
  const apply = (importId: string, mode: 'all-or-nothing' | 'good-rows' = 'all-or-nothing') =>
    imports.apply.apply({ importId, mode }, imports.officer);
  const owedOf = (importId: string) =>
    listEntitlements(db.database.reader, { importId, after: null, limit: 1_000 });

  it('refuses everything while a row is bad, when the officer wants all or nothing', async () => {
    const id = await checked([line(1), line(2, { 'Số tiền': '1,5' })]);
    await expect(apply(id)).rejects.toMatchObject({ code: 'entitlements.rows-are-bad' });
    expect(await owedOf(id)).toEqual([]);
    expect((await imports.view(id)).state).toBe('checked');
  });

  it('applies good rows while bad ones wait, when the officer says so', async () => {
    const id = await checked([line(10, account), line(11, { 'Số tiền': '1,5' }), line(12)]);
    expect(await apply(id, 'good-rows')).toEqual({ appliedRows: 2, badRows: 1 });
    const owed = await owedOf(id);
    expect(owed.map(({ row, state, amount, fund }) => [row, state, amount, fund !== ''])).toEqual([
      [2, 'open', '2789000', true],
      [4, 'open', '2789000', true],
    ]);
    expect(await imports.view(id)).toMatchObject({ state: 'applied', appliedRows: 2, badRows: 1 });
    const payable = await rows(
      db.database.reader,
      `select account_number, bank_bin from payable_entitlement_view where entitlement_id = any($1::uuid[])
        order by account_number nulls last`,
      [owed.map(({ id: owedId }) => owedId)],
    );
    expect(payable).toEqual([
      { account_number: '0123456789', bank_bin: '970405' },
      { account_number: null, bank_bin: null },
    ]);
    const history = await historyOf(db.database.reader, owed[0]?.id ?? '');
    expect(history.map(({ fromState, toState }) => [fromState, toState])).toEqual([[null, 'open']]);
  });

  it('applies nothing when the control totals differ, in either mode', async () => {
    const id = await checked([line(20)], { controlTotal: '1' });
    for (const mode of ['all-or-nothing', 'good-rows'] as const)
      await expect(apply(id, mode)).rejects.toMatchObject({
        code: 'entitlements.control-totals-differ',
      });
    expect(await owedOf(id)).toEqual([]);
  });

  it('applies once, however many officers press the button', async () => {
    const id = await checked([line(30), line(31)]);
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => apply(id)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await owedOf(id)).toHaveLength(2);
  });

  it('refuses rows that another list has brought, naming that list, its row and its day', async () => {
    await apply(await checked([line(40), line(41)], {}, 'gốc.xlsx'));
    const id = await checked([line(42), line(41), line(40, { 'Loại khoản': 'truy lĩnh' })]);
    const found = await imports.errors(id);
    expect(found.map(({ cell, rule }) => [cell, rule])).toEqual([['C3', 'duplicate.applied']]);
    expect(found[0]?.messageVi).toBe('Đã có ở dòng 3 của tệp "gốc.xlsx" nhận ngày 21/11/2026.');
    expect(await apply(id, 'good-rows')).toEqual({ appliedRows: 2, badRows: 1 });
  });

  it('of two lists with the same people applied at one time, each person is owed once', async () => {
    const people = Array.from({ length: 40 }, (_, at) => line(100 + at));
    const ids = [
      await checked(people, { sender: 'a' }),
      await checked(people, { sender: 'b', controlRows: 40 }),
    ];
    const answers = await Promise.allSettled(ids.map((id) => apply(id, 'good-rows')));
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
    const owed = (await Promise.all(ids.map(owedOf))).flat();
    expect(owed).toHaveLength(40);
    expect(new Set(owed.map(({ personalNumber }) => personalNumber)).size).toBe(40);
  });

  it('a list that came too late is told row by row when good rows were wanted', async () => {
    const early = await checked([line(200)], { sender: 'a' });
    const late = await checked([line(200), line(201)], { sender: 'b' });
    await apply(early);
    await expect(apply(late)).rejects.toMatchObject({ code: 'entitlements.applied-meanwhile' });
    expect(await apply(late, 'good-rows')).toEqual({ appliedRows: 1, badRows: 1 });
    expect((await imports.errors(late)).map(({ cell, rule }) => [cell, rule])).toEqual([
      ['C2', 'duplicate.applied'],
    ]);
  });

  it('the same content sent again after it was applied changes nothing, whatever is declared', async () => {
    const path = await scratch.file(await workbookOf([line(210)]));
    const id = await imports.checked(path);
    await apply(id);
    const again = await imports.receive.receive(
      { path, fileName: 'other.xlsx', declaration: { controlRows: 1 } },
      imports.officer,
    );
    expect(again).toEqual({ importId: id, repeated: true });
  });

  it('a refused list is not applied, and may be sent again', async () => {
    const path = await scratch.file(await workbookOf([line(230)]));
    const id = await imports.checked(path);
    await imports.refuse.refuse({ importId: id, reason: 'nhầm tháng' }, imports.officer);
    await expect(apply(id)).rejects.toMatchObject({ code: 'entitlements.import-not-checked' });
    expect(await imports.checked(path)).not.toBe(id);
  });

  it('no such list is told', async () => {
    await expect(apply(newId())).rejects.toMatchObject({ code: 'entitlements.import-not-found' });
  });

  describe('what is owed', () => {
    async function owedOne(nr: number): Promise<string> {
      const id = await checked([line(nr, account)]);
      await apply(id);
      return (await owedOf(id))[0]?.id ?? '';
    }
    const stateOf = async (id: string) => (await findEntitlement(db.database.reader, id))?.state;
    const at = new Date('2026-11-22T00:00:00Z');

    it('goes into one batch only, and comes back when the batch lets it go', async () => {
      const ids = [await owedOne(300), await owedOne(301)];
      const { moves, officer: actor } = imports;
      const [one_, other] = [newId(), newId()];
      const taken = await Promise.all(
        [one_, other].map((batchId) =>
          db.database.transaction((tx) =>
            moves.take(tx, { entitlementIds: ids, batchId, at, actor }),
          ),
        ),
      );
      expect(taken.sort()).toEqual([0, 2]);
      for (const batchId of [one_, other])
        await db.database.transaction((tx) => moves.release(tx, { batchId, at, actor }));
      expect(await Promise.all(ids.map(stateOf))).toEqual(['open', 'open']);
    });

    it('is paid, fails and comes back with the reason and the account, and is never paid from open', async () => {
      const id = await owedOne(310);
      const { moves, officer: actor } = imports;
      const tx = db.database.reader;
      const paid = () => moves.markPaid(tx, { entitlementIds: [id], at, cause: 'settled' });
      expect(await paid()).toBe(0);
      await moves.take(tx, { entitlementIds: [id], batchId: newId(), at, actor });
      expect([await paid(), await paid()]).toEqual([1, 0]);
      const held = await one<{ account_id: string }>(
        tx,
        'select account_id from payable_entitlement_view where entitlement_id = $1',
        [id],
      );
      const items = [{ entitlementId: id, reasonCode: 'AC04', accountId: held?.account_id ?? '' }];
      expect(await moves.reopenFailed(tx, { items, at, cause: 'returned' })).toBe(1);
      expect(await moves.reopenFailed(tx, { items, at, cause: 'returned' })).toBe(0);
      expect(await findEntitlement(tx, id)).toMatchObject({
        state: 'open',
        batchId: null,
        failedCode: 'AC04',
        failedAccountId: held?.account_id,
      });
      const history = await historyOf(tx, id);
      expect(history.map(({ toState }) => toState)).toEqual(['open', 'in_batch', 'paid', 'open']);
    });

    it('ends by a stop decision while it is open, and then may be owed anew', async () => {
      const id = await owedOne(320);
      const order = { entitlementId: id, decisionNumber: '9/QĐ', reason: 'đã chuyển đi' };
      await imports.end.end(order, imports.officer);
      expect(await stateOf(id)).toBe('ended');
      await expect(imports.end.end(order, imports.officer)).rejects.toMatchObject({
        code: 'entitlements.not-open',
      });
      const again = await checked([line(320, { ...account, 'Số tiền': '3.012.000' })]);
      expect(await apply(again)).toEqual({ appliedRows: 1, badRows: 0 });
    });

    it('never changes what it promises, is never deleted, and its history only grows', async () => {
      const id = await owedOne(330);
      const tx = db.database.reader;
      for (const statement of [
        'update entitlement set amount = amount + 1 where id = $1',
        "update entitlement set state = 'paid', batch_id = id where id = $1",
        'delete from entitlement where id = $1',
        'delete from entitlement_history where entitlement_id = $1',
      ])
        await expect(execute(tx, statement, [id])).rejects.toThrow(
          /does not change|does not move|never deleted|only grows/,
        );
    });
  });
});
