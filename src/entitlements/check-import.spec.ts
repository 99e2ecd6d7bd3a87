import ExcelJS from 'exceljs';
import { importsOver } from '../../test/builders/imports.js';
import { csvOf, line, workbookOf } from '../../test/builders/list-file.js';
import { scratchFolder } from '../../test/builders/scratch-folder.js';
import { testDatabase, type TestDatabase } from '../../test/setup/database.js';
import { execute } from '../platform/database/index.js';
import { claimCheck } from './check.store.js';
import { listRows } from './import-row.read.js';

describe('checking a list', () => {
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

  const checked = async (lines: readonly ReturnType<typeof line>[]) =>
    imports.checked(await scratch.file(await workbookOf(lines)));

  const account = {
    'Số tài khoản': '0123456789',
    'Tên tài khoản': 'NGUYEN VAN THU BA',
    'Ngân hàng': 'BIDV',
  };
  it('tells everything that is wrong with a row, and of every row', async () => {
    const bad = Array.from({ length: 120 }, (_, at) =>
      line(400 + at, { 'Số tiền': '1,5', 'Mã xã/phường': 'x', 'Ngày quyết định': 'hôm qua' }),
    );
    const errors = await imports.errors(await checked(bad));
    expect(errors).toHaveLength(360);
    expect(new Set(errors.map(({ row }) => row)).size).toBe(120);
  });

  it('reads the workbook of an office: titles, column numbers, rich text, dates, totals, signatures', async () => {
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('Mật', { state: 'veryHidden' }).addRow(Object.keys(line(1)));
    workbook.addWorksheet('Bìa').addRow(['DANH SÁCH']);
    const sheet = workbook.addWorksheet('Tháng 11');
    sheet.mergeCells('A1:H1');
    sheet.getCell('A1').value = 'DANH SÁCH CHI TRẢ TRỢ CẤP THÁNG 11/2026';
    const headings = [
      'TT',
      'HỌ VÀ\nTÊN (*)',
      'Số CCCD',
      'Ngày sinh',
      'Mã xã/phường',
      'Số tiền (đồng)',
      'Số QĐ',
      'Ngày quyết định',
      'Điện thoại',
    ];
    sheet.getRow(4).values = headings;
    sheet.getRow(5).values = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];
    const rich = { richText: [{ text: 'Ðỗ ' }, { font: { bold: true }, text: 'Thị Mẫu' }] };
    sheet.getRow(6).values = ['I', 'Xã Thử Nghiệm'];
    sheet.getRow(7).values = [
      { formula: 'ROW()-6', result: 1 },
      rich,
      '020150000001',
      new Date(Date.UTC(1948, 1, 3)),
      '05983',
      2789000,
      '12/QĐ',
      '15/01/2024',
      '0912345678',
    ];
    sheet.getRow(9).values = [
      '',
      'Tổng cộng',
      '',
      '',
      '',
      { formula: 'SUM(F7:F8)', result: 2789000 },
    ];
    sheet.getCell('F10').value = 'Lạng Sơn, ngày 21 tháng 11 năm 2026';
    sheet.getRow(11).values = ['', 'Người lập biểu', '', '', '', '', 'Kế toán trưởng'].map(
      (v) => v || null,
    );
    const path = scratch.path('office.xlsx');
    await workbook.xlsx.writeFile(path);
    const id = await imports.checked(path, { programme: 'NCC_MONTHLY', period: '11/2026' });
    expect(await imports.errors(id)).toEqual([]);
    expect(await imports.view(id)).toMatchObject({
      state: 'checked',
      sheet: 'Tháng 11',
      otherSheets: ['Mật', 'Bìa'],
      headerRow: 4,
      readRows: 1,
      goodRows: 1,
      totalAmount: '2789000',
      unknownColumns: [{ column: 'I', heading: 'Điện thoại' }],
      skippedRows: [
        { row: 5, why: 'column-numbers' },
        { row: 6, why: 'text-only' },
        { row: 9, why: 'total' },
        { row: 10, why: 'text-only' },
        { row: 11, why: 'text-only' },
      ],
    });
    const [row] = await listRows(db.database.reader, { importId: id, after: null, limit: 5 });
    expect(row).toMatchObject({
      fullName: 'Đỗ Thị Mẫu',
      dateOfBirth: '1948-02-03',
      programme: 'NCC_MONTHLY',
      period: '2026-11',
      kind: 'regular',
      otherCells: { 'Điện thoại': '0912345678' },
    });
  });

  it.each([',', ';', '\t'])('reads the same list as CSV parted by %j', async (delimiter) => {
    const content = `\ufeff${csvOf([line(801, { Kỳ: `0${(delimiter.charCodeAt(0) % 9) + 1}/2026` })], delimiter)}`;
    const id = await imports.checked(await scratch.file(content), {}, 'a.csv');
    expect(await imports.errors(id)).toEqual([]);
    expect(await imports.view(id)).toMatchObject({ format: 'csv', goodRows: 1 });
  });

  it('names CSV rows whose cells do not fit the header', async () => {
    const [header, good] = csvOf([line(810)]).split('\n');
    const content = `${header}\n${good},"thừa"\n"811","Nguyễn Văn Ngắn"`;
    const id = await imports.checked(await scratch.file(content), {}, 'a.csv');
    const errors = await imports.errors(id);
    expect(errors.filter(({ row }) => row === 2).map(({ rule }) => rule)).toEqual(['row.ragged']);
    expect(await imports.view(id)).toMatchObject({ badRows: 1, skippedCount: 1 });
  });

  it('reads JSON by field names and names cells by pointers', async () => {
    const rows = [
      {
        fullName: 'Nguyễn Văn Thử',
        personalNumber: '020000000820',
        communeCode: '05983',
        amount: '1,624',
        decisionNumber: '1',
        decisionDate: '2024-01-15',
        programme: 'NCC_MONTHLY',
        period: '2026-11',
      },
    ];
    const id = await imports.checked(await scratch.file(JSON.stringify({ rows })), {}, 'a.json');
    expect((await imports.errors(id)).map((e) => [e.cell, e.rule])).toEqual([
      ['/0/amount', 'amount.ambiguous'],
    ]);
  });

  it('refuses a file without the mandatory headings, naming them', async () => {
    const without = line(830);
    delete without['Số tiền'];
    const id = await checked([without]);
    const view = await imports.view(id);
    expect(view.state).toBe('refused');
    expect(view.refusal).toMatchObject({ code: 'entitlements.header-not-found' });
    expect(view.refusal?.vi).toContain('"Số tiền"');
  });

  it('refuses to choose between two columns of one meaning', async () => {
    const id = await checked([{ ...line(831), Amount: '5' }]);
    expect((await imports.view(id)).refusal?.en).toContain('Two columns');
  });

  it('learns a sender’s own headings and remembers them', async () => {
    const own = (nr: number) => {
      const { 'Số tiền': amount, ...rest } = line(nr);
      return { ...rest, 'Tiền tháng này': amount ?? '' };
    };
    const file = async (nr: number) => scratch.file(await workbookOf([own(nr)]));
    const taught = await imports.checked(await file(840), {
      sender: 'phong-a',
      mapping: '{"Tiền  THÁNG này": "amount"}',
    });
    const later = await imports.checked(await file(841), { sender: 'phong-a' });
    const stranger = await imports.checked(await file(842), { sender: 'phong-b' });
    const states = await Promise.all([taught, later, stranger].map((id) => imports.view(id)));
    expect(states.map(({ state }) => state)).toEqual(['checked', 'checked', 'refused']);
  });

  it('of two equal rows the first stands and the second is refused, naming the first', async () => {
    const id = await checked([line(850), line(851), line(850), line(850, { 'Số tiền': '5.000' })]);
    const found = (await imports.errors(id)).map((e) => [
      e.cell,
      e.rule,
      /\d+/.exec(e.messageEn)?.[0],
    ]);
    expect(found).toEqual([
      ['C2', 'duplicate.amount-differs', '5'],
      ['C4', 'duplicate.in-file', '2'],
      ['C5', 'duplicate.in-file', '2'],
    ]);
    expect(await imports.view(id)).toMatchObject({ goodRows: 2, badRows: 2 });
  });

  it('one person under two names or with two accounts is refused, one account of two people is warned of', async () => {
    const holder = { ...account, 'Tên tài khoản': 'x y' };
    const one = line(860, holder);
    const id = await checked([
      one,
      { ...one, Kỳ: '10/2026', 'Họ và tên': 'Trần Thị Khác' },
      { ...one, Kỳ: '09/2026', 'Số tài khoản': '999999999' },
      line(861, holder),
    ]);
    const rules = (await imports.errors(id))
      .filter(({ rule }) => rule !== 'account.name-differs')
      .map(({ row, rule }) => [row, rule]);
    expect(rules).toEqual([
      [3, 'name.differs-in-file'],
      [4, 'account.differs-in-file'],
      [5, 'account.shared-in-file'],
    ]);
  });

  it('compares control totals with all rows, in all three ways', async () => {
    const path = await scratch.file(await workbookOf([line(870), line(871)]));
    const right = await imports.checked(path, {
      controlRows: '2',
      controlTotal: '5.578.000',
      controlByCommune: '{"05983": "5578000"}',
    });
    const wrong = await imports.checked(path, {
      controlRows: 3,
      controlTotal: '5578001',
      controlByCommune: { '05983': '1', '06040': 7 },
    });
    expect((await imports.view(right)).blocks).toEqual([]);
    expect((await imports.view(wrong)).blocks.map(({ en }) => en)).toEqual([
      '3 rows were declared, 2 were read.',
      'The total: 5,578,001 VND declared, 5,578,000 VND read.',
      'The total of commune 05983: 1 VND declared, 5,578,000 VND read.',
      'The total of commune 06040: 7 VND declared, 0 VND read.',
    ]);
  });

  it('the same list sent again is the import that is there', async () => {
    const path = await scratch.file(await workbookOf([line(880)]));
    const send = () =>
      imports.receive.receive({ path, fileName: 'b.xlsx', declaration: {} }, imports.officer);
    const first = await send();
    expect(await send()).toEqual({ importId: first.importId, repeated: true });
    const together = await workbookOf([line(881)]);
    const path2 = await scratch.file(together);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        imports.receive.receive({ path: path2, fileName: 'c', declaration: {} }, imports.officer),
      ),
    );
    expect(new Set(answers.map(({ importId }) => importId)).size).toBe(1);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
  });

  it('a check that was left in the middle begins anew, and an overtaken one writes nothing', async () => {
    const path = await scratch.file(await workbookOf([line(890)]));
    const { importId } = await imports.receive.receive(
      { path, fileName: 'd', declaration: {} },
      imports.officer,
    );
    const at = imports.clock.now();
    await db.database.transaction((tx) => claimCheck(tx, { importId, at }));
    await imports.check.check(importId);
    expect((await imports.view(importId)).state).toBe('received');
    await execute(
      db.database.reader,
      `update entitlement_import set check_alive_at = $2 where id = $1`,
      [importId, new Date(at.getTime() - 200_000)],
    );
    await Promise.all([imports.check.check(importId), imports.check.check(importId)]);
    expect(await imports.view(importId)).toMatchObject({
      state: 'checked',
      readRows: 1,
      goodRows: 1,
    });
  });
});
