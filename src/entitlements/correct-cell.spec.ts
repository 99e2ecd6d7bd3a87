import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { importsOver } from '../../test/builders/imports.js';
import { csvOf, line, workbookOf } from '../../test/builders/list-file.js';
import { scratchFolder } from '../../test/builders/scratch-folder.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { rows } from '../platform/database/index.js';
import { listCorrections } from './correction.read.js';
import { readFileChunks } from './import.store.js';

describe('mending a cell of a checked list', () => {
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

  const checked = async (
    lines: readonly ReturnType<typeof line>[],
    declaration: Parameters<typeof imports.checked>[1] = {},
  ) => imports.checked(await scratch.file(await workbookOf(lines)), declaration);
  const mend = (
    importId: string,
    mended: { row: number; field: string; seen: string | null; value: string },
  ) => imports.correct.correct({ importId, ...mended }, imports.officer);
  const rulesOf = async (importId: string) =>
    (await imports.errors(importId)).map(({ row, rule }) => `${row} ${rule}`);

  it('is refused for a list that was applied, a row or column that is not there, and a cell that changed', async () => {
    const id = await checked([line(1), line(2, { 'Số tiền': '1,5' })]);
    const amount = { row: 3, field: 'amount', seen: '1,5', value: '1.500' };
    await expect(mend(id, { ...amount, row: 9 })).rejects.toMatchObject({
      code: 'entitlements.no-such-row',
    });
    await expect(mend(id, { ...amount, field: 'fund' })).rejects.toMatchObject({
      code: 'entitlements.no-such-column',
    });
    await expect(mend(id, { ...amount, seen: '1,6' })).rejects.toMatchObject({
      code: 'entitlements.cell-changed-meanwhile',
    });
    await imports.apply.apply({ importId: id, mode: 'good-rows' }, imports.officer);
    await expect(mend(id, amount)).rejects.toMatchObject({
      code: 'entitlements.import-not-checked',
    });
    expect(await listCorrections(db.database.reader, { importId: id, limit: 10 })).toEqual([]);
  });

  it('judges the row anew, counts anew, lifts the block, and keeps who changed what; the file stays', async () => {
    const lines = [line(11), line(12, { 'Số tiền': '1,624', 'Mã xã/phường': '5983' })];
    const id = await checked(lines, { controlRows: '2', controlTotal: '4413000' });
    expect(await imports.view(id)).toMatchObject({ badRows: 1, goodRows: 1 });
    expect((await imports.view(id)).blocks).toHaveLength(1);
    const still = await mend(id, { row: 3, field: 'amount', seen: '1,624', value: '1.624.000' });
    expect(still).toEqual({ good: false });
    expect(await rulesOf(id)).toEqual(['3 commune.form']);
    const good = await mend(id, { row: 3, field: 'communeCode', seen: '5983', value: '05983' });
    expect(good).toEqual({ good: true });
    expect(await imports.view(id)).toMatchObject({
      badRows: 0,
      goodRows: 2,
      errorCount: 0,
      goodAmount: '4413000',
      blocks: [],
      version: 4,
    });
    const kept = await listCorrections(db.database.reader, { importId: id, limit: 10 });
    expect(kept).toMatchObject([
      { cell: 'E3', field: 'communeCode', was: '5983', became: '05983', by: 'preparer' },
      { cell: 'I3', field: 'amount', was: '1,624', became: '1.624.000' },
    ]);
    const audited = await rows<{ detail: { row: number } }>(
      db.database.reader,
      `select detail from audit_entry where action = 'import.cell-corrected' and subject_id = $1`,
      [id],
    );
    expect(audited).toHaveLength(2);
    expect(JSON.stringify(audited)).not.toContain('1.624.000');
    const hash = createHash('sha256');
    for await (const bytes of readFileChunks(db.database.reader, id)) hash.update(bytes);
    expect(hash.digest('hex')).toBe((await imports.view(id)).sha256);
    expect(
      await imports.apply.apply({ importId: id, mode: 'all-or-nothing' }, imports.officer),
    ).toEqual({ appliedRows: 2, badRows: 0 });
  });

  it('the same again changes nothing; a mended cell can be mended back', async () => {
    const id = await checked([line(21), line(22, { 'Số tiền': '1,5' })]);
    const order = { row: 3, field: 'amount', seen: '1,5', value: '1500' };
    await mend(id, order);
    expect(await mend(id, order)).toEqual({ good: true });
    expect(await listCorrections(db.database.reader, { importId: id, limit: 10 })).toHaveLength(1);
    await mend(id, { ...order, seen: '1500', value: '1,5' });
    expect(await rulesOf(id)).toEqual(['3 amount.decimals']);
  });

  it('rows that stood beside it are compared anew, both ways', async () => {
    const twin = { 'Số định danh': '020000000031', 'Họ và tên': line(31)['Họ và tên'] ?? '' };
    const id = await checked([line(31), line(32, twin), line(33, twin), line(34)]);
    expect(await rulesOf(id)).toEqual(['3 duplicate.in-file', '4 duplicate.in-file']);
    await mend(id, {
      row: 2,
      field: 'personalNumber',
      seen: '020000000031',
      value: '020000000039',
    });
    // The second one is the first now.
    expect(await rulesOf(id)).toEqual(['4 duplicate.in-file']);
    await mend(id, {
      row: 5,
      field: 'personalNumber',
      seen: '020000000034',
      value: '020000000039',
    });
    expect(await rulesOf(id)).toEqual([
      '4 duplicate.in-file',
      '5 duplicate.in-file',
      '5 name.differs-in-file',
    ]);
    expect(await imports.view(id)).toMatchObject({ goodRows: 2, badRows: 2 });
  });

  it('a shared account is told of the rows that share it now', async () => {
    const account = (number: string, name: string) => ({
      'Số tài khoản': number,
      'Tên tài khoản': name,
      'Ngân hàng': 'BIDV',
    });
    const id = await checked([
      line(41, account('0123456741', 'NGUYEN VAN THU PB')),
      line(42, account('0123456742', 'NGUYEN VAN THU QB')),
    ]);
    expect(await rulesOf(id)).toEqual([]);
    const order = { row: 3, field: 'accountNumber', seen: '0123456742', value: '0123456741' };
    await mend(id, order);
    expect(await rulesOf(id)).toEqual(['3 account.shared-in-file']);
    await mend(id, { ...order, seen: '0123456741', value: '0123456742' });
    expect(await rulesOf(id)).toEqual([]);
  });

  it('judges every row of a list as its check did: nothing else changes with one cell', async () => {
    const declared = { programme: 'NCC_MONTHLY', period: '11/2026' };
    const odd = line(52, {
      'Ngày sinh': '1950',
      'Loại khoản': 'Truy lĩnh',
      'Ghi chú': '=1',
      'Điện thoại': '0912345678',
      'Số định danh': '123456789',
      'Số tài khoản': '0123 4567 89',
      'Tên tài khoản': 'TRAN THI KHAC',
      'Ngân hàng': 'Agribank',
    });
    const id = await checked([line(51), odd], declared);
    const view = async () =>
      rows(
        db.database.reader,
        `select to_jsonb(r) - 'cells' - 'note' as row from import_row r where import_id = $1 order by row_number`,
        [id],
      );
    const [before, problems] = [await view(), await rulesOf(id)];
    for (const row of [2, 3]) {
      const [first, back] = ['12/QĐ-X', `12/QĐ-${row + 49}`];
      await mend(id, { row, field: 'decisionNumber', seen: back, value: first });
      await mend(id, { row, field: 'decisionNumber', seen: first, value: back });
    }
    expect(await view()).toEqual(before);
    expect(await rulesOf(id)).toEqual(problems);
  });

  it('works for CSV and JSON lists, too', async () => {
    const csv = scratch.path('list.csv');
    await writeFile(csv, csvOf([line(61), line(62, { 'Số tiền': '' })], ';'));
    const json = scratch.path('list.json');
    await writeFile(json, JSON.stringify([line(63), line(64, { 'Số tiền': '1,5' })]));
    const fromCsv = await imports.checked(csv, {}, 'list.csv');
    const fromJson = await imports.checked(json, {}, 'list.json');
    await mend(fromCsv, { row: 3, field: 'amount', seen: null, value: '1500' });
    await mend(fromJson, { row: 2, field: 'amount', seen: '1,5', value: '1500' });
    for (const id of [fromCsv, fromJson]) {
      expect(await imports.view(id)).toMatchObject({ goodRows: 2, badRows: 0 });
    }
    const [kept] = await listCorrections(db.database.reader, { importId: fromJson, limit: 1 });
    expect(kept?.cell).toBe('/1/Số tiền');
  });
});
