import { scratchFolder } from '../../../test/builders/scratch-folder.js';
import { csvField, harmlessText } from './marks.js';
import { detectDelimiter, openCsv } from './csv-reader.js';
import { openSpreadsheet, type SheetRow } from './index.js';

describe('reading CSV and JSON', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  beforeAll(async () => {
    scratch = await scratchFolder();
  });
  afterAll(() => scratch.remove());

  async function rowsOf(content: string | Buffer): Promise<SheetRow[]> {
    const spreadsheet = await openSpreadsheet(await scratch.file(content));
    const rows: SheetRow[] = [];
    for await (const row of spreadsheet.sheets[0]?.rows() ?? []) rows.push(row);
    return rows;
  }

  const texts = (row: SheetRow | undefined) => [...(row?.cells.values() ?? [])].map((c) => c.text);

  it('refuses what is not UTF-8, wherever it stands', async () => {
    const latin = Buffer.concat([Buffer.from('a,b\n'.repeat(50_000)), Buffer.from([0xe9, 0x0a])]);
    await expect(rowsOf(latin)).rejects.toMatchObject({ code: 'spreadsheet.not-utf8' });
  });

  it('names the line of a quotation mark without its pair', async () => {
    await expect(rowsOf('a,b\n1,2\n"3,4\n5,6\n')).rejects.toMatchObject({
      code: 'spreadsheet.broken-csv',
    });
  });

  it.each([',', ';', '\t'])('reads fields parted by %j below title lines', async (delimiter) => {
    const rows = await rowsOf(
      `\ufeffDANH SÁCH CHI TRẢ\n\nHọ và tên${delimiter}Số tiền${delimiter}Ghi chú\nAn${delimiter}1.000${delimiter}"x${delimiter}y\nz"\n`,
    );
    expect(rows.map((row) => row.number)).toEqual([1, 2, 3, 4]);
    expect(texts(rows[0])).toEqual(['DANH SÁCH CHI TRẢ']);
    expect(texts(rows[3])).toEqual(['An', '1.000', `x${delimiter}y\nz`]);
  });

  it('a comma inside amounts does not make a semicolon list a comma list', () => {
    expect(detectDelimiter('a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n')).toBe(';');
  });

  it('ends lines at every kind of line end, also where they are mixed', async () => {
    const rows = await rowsOf('DANH SÁCH\r\na,b\n1,"x\r\ny"\r3,4\r\n\n5,6');
    expect(rows.map(texts)).toEqual([
      ['DANH SÁCH'],
      ['a', 'b'],
      ['1', 'x\r\ny'],
      ['3', '4'],
      [],
      ['5', '6'],
    ]);
  });

  it('refuses a line of endless delimiters, naming it', async () => {
    const started = performance.now();
    await expect(rowsOf(`a;b\n1;2\n${';'.repeat(20_000_000)}\n`)).rejects.toMatchObject({
      code: 'spreadsheet.broken-csv',
      details: { line: 3 },
    });
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it('refuses more lines than a sheet can have', async () => {
    const file = await openCsv(await scratch.file('a;b\n'.repeat(1_001)), 1_000);
    const read = async () => {
      for await (const row of file.sheets[0]?.rows() ?? []) expect(row.number).toBeLessThan(1_001);
    };
    await expect(read()).rejects.toMatchObject({ code: 'spreadsheet.too-many-rows' });
  });

  it('refuses millions of empty JSON rows before looking at each', async () => {
    await expect(rowsOf(`[${'{},'.repeat(300_000)}{}]`)).rejects.toMatchObject({
      code: 'spreadsheet.too-many-rows',
    });
  });

  it('tells a formula from a text', async () => {
    const rows = await rowsOf('a,b\n=1+1,+84 912\n');
    expect([...(rows[1]?.cells.values() ?? [])].map((cell) => cell.kind)).toEqual([
      'formula',
      'text',
    ]);
  });

  it('shows JSON objects as rows under their keys', async () => {
    const rows = await rowsOf('{"rows":[{"fullName":"An","amount":1000},{"note":"x"}]}');
    expect(texts(rows[0])).toEqual(['fullName', 'amount', 'note']);
    expect(rows[1]?.cells.get(2)).toEqual({ kind: 'number', text: '1000' });
    expect(rows[2]?.cells.get(3)).toEqual({ kind: 'text', text: 'x' });
  });

  it.each(['{"rows": 5}', '[{"a": {"b": 1}}]', '{"rows": [1]}', '[{"a"'])(
    'refuses JSON that is no list of flat objects: %s',
    async (text) => {
      await expect(rowsOf(text)).rejects.toMatchObject({ code: 'spreadsheet.broken-json' });
    },
  );

  it.each(['=cmd()', '+1', '-1', '@x', ' =1', '\t=1'])('makes %j harmless', (text) => {
    expect(harmlessText(text)).toBe(`'${text}`);
  });

  it('quotes a field that carries its delimiter', () => {
    expect(csvField('a;"b"', ';')).toBe('"a;""b"""');
    expect(csvField('a,b', ';')).toBe('a,b');
  });
});
