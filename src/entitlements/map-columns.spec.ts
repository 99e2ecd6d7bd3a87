import { importsOver } from '../../test/builders/imports.js';
import { line, workbookOf } from '../../test/builders/list-file.js';
import { scratchFolder } from '../../test/builders/scratch-folder.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { sameContent } from './import.read.js';
import { NOT_READ } from './list.columns.js';

describe('saying what the columns of a list hold', () => {
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

  /** A list whose office calls two columns by names of its own. */
  const odd = (nr: number) => {
    const { 'Số tiền': amount, 'Họ và tên': name, ...others } = line(nr);
    return { ...others, 'Được lĩnh': amount ?? '', 'Cụ ông, cụ bà': name ?? '' };
  };
  const sent = async (nr: number, sender: string) =>
    imports.checked(await scratch.file(await workbookOf([odd(nr)])), { sender });
  const map = (importId: string, meanings: Record<string, string>) =>
    imports.map.map({ importId, meanings }, imports.officer);

  it('a refused list shows its headings, and what is missing', async () => {
    const id = await sent(1, 'xa-1');
    expect(await imports.view(id)).toMatchObject({ state: 'refused' });
    const shown = await imports.headings.of(id);
    expect(shown).toMatchObject({ row: 1, missing: ['fullName', 'amount'] });
    expect(shown?.headings).toContainEqual({
      column: 'M',
      heading: 'Được lĩnh',
      field: null,
      taught: false,
    });
    await expect(map(id, { 'Được lĩnh': 'nothing-known' })).rejects.toMatchObject({
      code: 'entitlements.columns-not-chosen',
    });
  });

  it('the same file is checked anew, its sender is remembered, and both lists know each other', async () => {
    const id = await sent(2, 'xa-2');
    const again = await map(id, { 'Được lĩnh': 'amount', 'Cụ ông, cụ bà': 'fullName' });
    await imports.check.check(again.importId);
    expect(await imports.view(again.importId)).toMatchObject({ state: 'checked', goodRows: 1 });
    expect(await imports.view(await sent(3, 'xa-2'))).toMatchObject({ goodRows: 1 });
    const shown = await imports.headings.of(again.importId);
    expect(shown?.missing).toEqual([]);
    expect(shown?.headings.filter(({ taught }) => taught)).toHaveLength(2);
    expect(await sameContent(db.database.reader, again.importId)).toMatchObject([
      { id, state: 'refused' },
    ]);
  });

  it('a column can be left out, and a checked list is put aside for the new one', async () => {
    const path = await scratch.file(await workbookOf([{ ...line(4), 'Tên TK': 'Ghi chú của xã' }]));
    const id = await imports.checked(path, { sender: 'xa-4' });
    expect(await imports.view(id)).toMatchObject({ state: 'refused' });
    const again = await map(id, { 'Tên TK': NOT_READ });
    await imports.check.check(again.importId);
    expect(await imports.view(again.importId)).toMatchObject({ state: 'checked', goodRows: 1 });
    const third = await map(again.importId, { 'Ngày sinh': NOT_READ });
    expect(await imports.view(again.importId)).toMatchObject({ state: 'refused' });
    await imports.check.check(third.importId);
    await imports.apply.apply({ importId: third.importId, mode: 'good-rows' }, imports.officer);
    await expect(map(third.importId, { 'Ngày sinh': 'dateOfBirth' })).rejects.toMatchObject({
      code: 'entitlements.import-not-checked',
    });
  });
});
