import { readFile, writeFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import { importsOver } from '../../test/builders/imports.js';
import { csvOf, line, workbookOf } from '../../test/builders/list-file.js';
import { handmadeWorkbook } from '../../test/builders/stored-zip.js';
import { scratchFolder } from '../../test/builders/scratch-folder.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';

describe('the marked copy', () => {
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

  async function markedWorkbook(importId: string) {
    const copy = await imports.mark.copyOf(importId);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.readFile(copy.path);
    await copy.remove();
    return { workbook, copy };
  }

  it('is the very workbook: bad cells filled and commented, everything else as it was', async () => {
    const source = new ExcelJS.Workbook();
    await source.xlsx.load(
      (await workbookOf([line(1), line(2, { 'Số tiền': '1,624', 'Số định danh': '1' }), line(3)], {
        titles: ['DANH SÁCH'],
      })) as unknown as ArrayBuffer,
    );
    source.addWorksheet('Ghi nhớ').getCell('B2').value = 'giữ nguyên';
    const sheet = source.getWorksheet('Danh sách');
    sheet?.mergeCells('A1:D1');
    for (let row = 3; row <= 5; row += 1)
      sheet!.getCell(`I${row}`).style = { font: { bold: true } };
    const path = scratch.path('marked.xlsx');
    await source.xlsx.writeFile(path);
    const id = await imports.checked(path, {}, 'Tháng 11.xlsx');
    const { workbook, copy } = await markedWorkbook(id);
    expect(copy).toMatchObject({ extent: 'whole', fileName: 'Tháng 11-danh-dau.xlsx' });
    const marked = workbook.getWorksheet('Danh sách');
    expect(JSON.stringify(marked?.getCell('I4').note)).toContain('dấu phẩy');
    expect(marked?.getCell('I4')).toMatchObject({
      value: '1,624',
      fill: { pattern: 'solid' },
      font: { bold: true },
    });
    expect(marked?.getCell('C4').note).toBeTruthy();
    // A neighbour of the same style is not coloured with it.
    expect(marked?.getCell('I3').fill ?? { pattern: 'none' }).toMatchObject({ pattern: 'none' });
    expect(marked?.getCell('I3').value).toBe('2.789.000');
    expect(marked?.getCell('B1').isMerged).toBe(true);
    expect(workbook.getWorksheet('Ghi nhớ')?.getCell('B2').value).toBe('giữ nguyên');
  });

  it('keeps what was sent in a cell that was mended here, and says what it became', async () => {
    const path = await scratch.file(
      await workbookOf([line(70), line(71, { 'Số tiền': '1,5', 'Ghi chú': 'x' })]),
    );
    const csv = scratch.path('mended.csv');
    await writeFile(csv, csvOf([line(72), line(73, { 'Số tiền': '1,5' })]));
    const [id, csvId] = [await imports.checked(path), await imports.checked(csv, {}, 'a.csv')];
    for (const importId of [id, csvId]) {
      const order = { importId, row: 3, field: 'amount', seen: '1,5', value: '1.500' };
      await imports.correct.correct(order, imports.officer);
    }
    const { workbook } = await markedWorkbook(id);
    const cell = workbook.getWorksheet('Danh sách')?.getCell('I3');
    expect(cell?.value).toBe('1,5');
    const said = 'Đã sửa trên ChiTra từ "1,5" thành "1.500" (preparer, 21/11/2026).';
    expect(JSON.stringify(cell?.note)).toContain(JSON.stringify(said).slice(1, -1));
    const copy = await imports.mark.copyOf(csvId);
    const text = await readFile(copy.path, 'utf8');
    await copy.remove();
    expect(text.split('\r\n')[2]).toContain(said.replaceAll('"', '""'));
  });

  it('mended and sent again, it is a good list', async () => {
    const path = await scratch.file(await workbookOf([line(10), line(11, { 'Số tiền': '1,5' })]));
    const { workbook } = await markedWorkbook(await imports.checked(path));
    const sheet = workbook.getWorksheet('Danh sách');
    if (sheet) sheet.getCell('I3').value = '1.500';
    const mended = scratch.path('mended.xlsx');
    await workbook.xlsx.writeFile(mended);
    expect(await imports.view(await imports.checked(mended))).toMatchObject({
      goodRows: 2,
      badRows: 0,
    });
  });

  it('of a CSV has one more column, and nothing in it computes', async () => {
    const path = await scratch.file(
      csvOf([line(20, { 'Họ và tên': '=cmd()', 'Ghi chú': '+84;1' }), line(21)], ';'),
    );
    const id = await imports.checked(path, {}, 'a.csv');
    const copy = await imports.mark.copyOf(id);
    const lines = (await readFile(copy.path, 'utf8')).split('\r\n');
    await copy.remove();
    expect(copy.mediaType).toContain('text/csv');
    expect(lines[0]?.startsWith('\ufeff')).toBe(true);
    expect(lines[0]?.endsWith(';Lỗi cần sửa')).toBe(true);
    expect(lines[1]).toContain(`;'=cmd();`);
    expect(lines[1]).toContain(`"'+84;1"`);
    expect(lines[1]).toContain('B2: Ô chứa công thức');
    expect(lines[2]?.endsWith(';')).toBe(true);
  });

  it('of a workbook that exceljs cannot load holds its bad rows, and says so', async () => {
    const values = line(30, { 'Số tiền': '1,5' });
    const cells = (texts: readonly string[]) =>
      texts.map((t) => `<x:c t="inlineStr"><x:is><x:t>${t}</x:t></x:is></x:c>`).join('');
    const rowsXml = [
      Object.keys(values),
      Object.values(line(31)).map(String),
      Object.values(values).map(String),
    ].map((texts) => `<x:row>${cells(texts)}</x:row>`);
    const path = await scratch.file(
      handmadeWorkbook(
        `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>${rowsXml.join('')}</x:sheetData></x:worksheet>`,
      ),
    );
    const id = await imports.checked(path);
    expect(await imports.view(id)).toMatchObject({ goodRows: 1, badRows: 1 });
    const { workbook, copy } = await markedWorkbook(id);
    expect(copy).toMatchObject({
      extent: 'bad-rows',
      fileName: 'danh-sach-chi-cac-dong-loi.xlsx',
    });
    const sheet = workbook.getWorksheet('Danh sách');
    expect(sheet?.rowCount).toBe(2);
    expect(sheet?.getRow(2).values).toContain('3');
  });

  it('of a generated copy has the headings of both rows, and is a list again', async () => {
    const values = line(40, { 'Số tiền': '1,5' });
    const [headings, texts] = [Object.keys(values), Object.values(values).map(String)];
    const inLower = (heading: string) => heading === 'Số tài khoản' || heading === 'Ngân hàng';
    const xml = [
      headings.map((heading) => (inLower(heading) ? '' : heading)),
      headings.map((heading) => (inLower(heading) ? heading : '')),
      texts,
    ].map(
      (cells) =>
        `<x:row>${cells.map((t) => `<x:c t="inlineStr"><x:is><x:t>${t}</x:t></x:is></x:c>`).join('')}</x:row>`,
    );
    const path = await scratch.file(
      handmadeWorkbook(
        `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>${xml.join('')}</x:sheetData></x:worksheet>`,
      ),
    );
    const { workbook, copy } = await markedWorkbook(await imports.checked(path));
    expect(copy.extent).toBe('bad-rows');
    const sheet = workbook.getWorksheet('Danh sách');
    expect(sheet?.getRow(1).values).toEqual(expect.arrayContaining(headings));
    if (sheet) sheet.getCell('I2').value = '1.500';
    const mended = scratch.path('mended-two-rows.xlsx');
    await workbook.xlsx.writeFile(mended);
    expect(await imports.view(await imports.checked(mended))).toMatchObject({ goodRows: 1 });
  });

  it('of rows sent as JSON there is none', async () => {
    const id = await imports.checked(await scratch.file('[{"fullName":"An"}]'));
    await expect(imports.mark.copyOf(id)).rejects.toMatchObject({
      code: 'entitlements.no-marked-copy',
    });
  });
});
