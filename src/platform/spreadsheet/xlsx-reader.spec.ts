import ExcelJS from 'exceljs';
import { handmadeWorkbook, storedZip } from '../../../test/builders/stored-zip.js';
import { scratchFolder } from '../../../test/builders/scratch-folder.js';
import { dateOfSerial } from './xlsx-sheet.js';
import { showsADate } from './xlsx-workbook.js';
import { openSpreadsheet, type Cell, type Spreadsheet } from './index.js';

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

describe('reading a workbook', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  beforeAll(async () => {
    scratch = await scratchFolder();
  });
  afterAll(() => scratch.remove());

  const opened = async (content: Buffer | string) => openSpreadsheet(await scratch.file(content));

  async function cellsOf(content: Buffer): Promise<Record<string, Cell>> {
    const spreadsheet = await opened(content);
    const found: Record<string, Cell> = {};
    const sheet = spreadsheet.sheets[0];
    for await (const row of sheet?.rows() ?? [])
      for (const [column, cell] of row.cells)
        found[sheet?.cellName(column, row.number) ?? ''] = cell;
    await spreadsheet.close();
    return found;
  }

  const sheetOf = (data: string) =>
    handmadeWorkbook(`<worksheet ${MAIN}><sheetData>${data}</sheetData></worksheet>`);

  it.each([
    [
      'an old .xls or an encrypted .xlsx',
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      'old-or-encrypted',
    ],
    ['a zip that is no workbook', storedZip({ 'a.txt': 'a' }), 'damaged'],
    ['a workbook cut short', sheetOf('').subarray(0, 200), 'damaged'],
    ['UTF-16', Buffer.from('\ufeffa,b', 'utf16le'), 'not-utf8'],
    ['nothing', Buffer.alloc(0), 'empty'],
    ['a PDF', Buffer.from('%PDF-1.7 …'), 'not-a-table'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), 'not-a-table'],
  ])('refuses %s with its own reason', async (_, content, code) => {
    await expect(opened(content)).rejects.toMatchObject({ code: `spreadsheet.${code}` });
  });

  it('refuses a workbook that declares to unpack a thousandfold', async () => {
    const bomb = new ExcelJS.Workbook();
    const sheet = bomb.addWorksheet('a');
    for (let row = 1; row < 400; row += 1)
      sheet.getCell(`A${row}`).value = `${'x'.repeat(32_000)}${row}`;
    const bytes = Buffer.from(await bomb.xlsx.writeBuffer());
    await expect(opened(bytes)).rejects.toMatchObject({
      code: 'spreadsheet.too-large-unpacked',
    });
  });

  it('refuses a part that lies about its size', async () => {
    const bytes = sheetOf('<row r="1"><c r="A1"><v>1</v></c></row>');
    const name = bytes.lastIndexOf('xl/worksheets/sheet1.xml');
    bytes.writeUInt32LE(5, name - 46 + 24);
    bytes.writeUInt32LE(5, name - 46 + 20);
    await expect(cellsOf(bytes)).rejects.toMatchObject({ code: 'spreadsheet.damaged' });
  });

  it.each(['<row r="2"/><row r="2"/>', '<row r="x"/>', '<row r="9999999"/>', '<row r="-1"/>'])(
    'refuses rows whose numbers do not rise: %s',
    async (data) => {
      await expect(cellsOf(sheetOf(data))).rejects.toMatchObject({ code: 'spreadsheet.damaged' });
    },
  );

  describe('that would fill the memory', () => {
    const mebibytes = (count: number, piece: string) =>
      piece.repeat(Math.ceil((count * 1024 * 1024) / piece.length));
    const cell = (text: string) => `<row><c t="inlineStr"><is>${text}</is></c></row>`;
    const run = `<r><t>${'0123456789abcdef'.repeat(64)}</t></r>`;

    it.each([
      ['one endless text', sheetOf(cell(`<t>${mebibytes(3, 'a')}</t>`))],
      ['a text in endlessly many pieces', sheetOf(cell(mebibytes(3, run)))],
      ['an endless comment', sheetOf(`<!--${mebibytes(3, 'a')}-->`)],
      ['an endless attribute', sheetOf(`<row a="${mebibytes(3, 'a')}"/>`)],
    ])('is refused: %s', async (_, content) => {
      await expect(cellsOf(content)).rejects.toMatchObject({
        code: 'spreadsheet.too-large-unpacked',
      });
    });

    it('is refused: strings without number, each of them empty', async () => {
      const stringsXml = `<sst ${MAIN}>${'<si/>'.repeat(13_000_000)}</sst>`;
      const content = handmadeWorkbook(
        `<worksheet ${MAIN}><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>`,
        { stringsXml },
      );
      await expect(cellsOf(content)).rejects.toMatchObject({
        code: 'spreadsheet.too-large-unpacked',
      });
    }, 30_000);

    it('is refused at once: tags within tags', async () => {
      const started = performance.now();
      await expect(cellsOf(sheetOf(mebibytes(3, '<a>')))).rejects.toMatchObject({
        code: 'spreadsheet.damaged',
      });
      expect(performance.now() - started).toBeLessThan(10_000);
    });
  });

  it('refuses a DOCTYPE before its entities mean anything', async () => {
    const bytes = handmadeWorkbook(
      `<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet ${MAIN}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>`,
    );
    await expect(cellsOf(bytes)).rejects.toMatchObject({ code: 'spreadsheet.doctype' });
  });

  it('keeps every piece of rich text, shared or inline', async () => {
    const bytes = handmadeWorkbook(
      `<worksheet ${MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>Nguyễn </t></r><r><t>Thị</t></r></is></c></row></sheetData></worksheet>`,
      {
        stringsXml: `<sst ${MAIN}><si><r><t>Hoàng </t></r><r><t xml:space="preserve">Văn </t></r><r><t>A</t></r><rPh sb="0" eb="1"><t>doc</t></rPh></si></sst>`,
      },
    );
    expect(await cellsOf(bytes)).toMatchObject({
      A1: { kind: 'text', text: 'Hoàng Văn A' },
      B1: { kind: 'text', text: 'Nguyễn Thị' },
    });
  });

  it('finds sheets under any part name, rows without references and prefixed tags', async () => {
    const bytes = handmadeWorkbook(
      `<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c t="str"><x:v>a_x000D_b</x:v></x:c><x:c><x:v>5</x:v></x:c></x:row><x:row><x:c><x:v>6</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
      { sheetPart: 'xl/worksheets/Liste.xml', target: 'worksheets/Liste.xml' },
    );
    expect(await cellsOf(bytes)).toMatchObject({
      A1: { text: 'a\rb' },
      B1: { text: '5' },
      A2: { text: '6' },
    });
  });

  it('reads digits exactly and drops only binary noise', async () => {
    const numbers = [
      '1624000',
      '1.624E6',
      '20090123456',
      '1624000.0000000002',
      '0.5',
      '-3',
      '1e15',
    ];
    const data = numbers.map(
      (n, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>${n}</v></c></row>`,
    );
    const cells = await cellsOf(sheetOf(data.join('')));
    expect(numbers.map((_, at) => cells[`A${at + 1}`]?.text)).toEqual([
      '1624000',
      '1624000',
      '20090123456',
      '1624000',
      '0.5',
      '-3',
      '1000000000000000',
    ]);
  });

  it('gives formulas as formulas, never their remembered result', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('a');
    sheet.getCell('A1').value = { formula: 'B1*2', result: 10 };
    sheet.getCell('A2').value = { sharedFormula: 'A1', result: 12 };
    const cells = await cellsOf(Buffer.from(await workbook.xlsx.writeBuffer()));
    expect([cells['A1'], cells['A2']?.kind]).toEqual([
      { kind: 'formula', text: '=B1*2' },
      'formula',
    ]);
  });

  it('reads dates as days, links as their text, and knows hidden sheets', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('a');
    sheet.getCell('A1').value = new Date(Date.UTC(2024, 0, 15));
    sheet.getCell('A1').numFmt = 'dd/mm/yyyy';
    sheet.getCell('A2').value = { text: 'Lê Văn B', hyperlink: 'https://example.com' };
    sheet.getCell('A3').value = 45_000;
    sheet.getCell('A3').numFmt = '#,##0 "đồng"';
    workbook.addWorksheet('b', { state: 'hidden' });
    const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
    expect(await cellsOf(bytes)).toMatchObject({
      A1: { kind: 'date', text: '2024-01-15' },
      A2: { kind: 'text', text: 'Lê Văn B' },
      A3: { kind: 'number', text: '45000' },
    });
    const spreadsheet: Spreadsheet = await opened(bytes);
    expect(spreadsheet.sheets.map(({ hidden }) => hidden)).toEqual([false, true]);
    await spreadsheet.close();
  });

  it.each([
    [1, false, '1900-01-01'],
    [59, false, '1900-02-28'],
    [61, false, '1900-03-01'],
    [45_306, false, '2024-01-15'],
    [43_844, true, '2024-01-15'],
  ])('day %i counted from 1904: %s is %s', (serial, from1904, date) => {
    expect(dateOfSerial(serial, from1904)).toBe(date);
  });

  it.each([
    ['dd/mm/yyyy', true],
    ['[$-42A]dd mmmm yyyy', true],
    ['#,##0 "day"', false],
    ['[Red]0.00', false],
    ['mm:ss', false],
  ])('the format %s shows a date: %s', (format, answer) => {
    expect(showsADate(format)).toBe(answer);
  });
});
