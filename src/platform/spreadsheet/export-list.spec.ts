import { writeFile } from 'node:fs/promises';
import { scratchFolder } from '../../../test/builders/scratch-folder.js';
import {
  everyRow,
  excel,
  exportList,
  openSpreadsheet,
  type ExportFormat,
  type ExportList,
} from './index.js';

interface Row {
  name: string;
  id: string;
  amount: string;
  day: string | null;
  at: Date;
  share: string;
}

const AT = new Date('2026-11-28T02:30:00Z');
const ROWS: Row[] = [
  {
    name: 'Nguyễn Văn Đà',
    id: '020012345678',
    amount: '2789000',
    day: '2026-11-25',
    at: AT,
    share: '85.3',
  },
  {
    name: '=HYPERLINK("x")',
    id: '+84912',
    amount: '9007199254740993',
    day: null,
    at: AT,
    share: '0.0',
  },
  {
    name: 'Một "hai"; ba\n_x0041_ \u0001<&>',
    id: '@x',
    amount: '1',
    day: '2026-01-02',
    at: AT,
    share: '100',
  },
];

const listOf = (rows: ExportList<Row>['rows'], odd: Partial<ExportList<Row>> = {}) => ({
  language: 'vi' as const,
  title: 'Danh sách khoản chi',
  filters: [{ label: 'Kỳ', value: '11/2026' }],
  at: AT,
  by: 'lap.bang',
  columns: [
    { heading: 'Họ và tên', kind: 'text' as const, value: (row: Row) => row.name },
    { heading: 'Số định danh', kind: 'text' as const, value: (row: Row) => row.id },
    { heading: 'Số tiền', kind: 'money' as const, value: (row: Row) => row.amount },
    { heading: 'Ngày', kind: 'date' as const, value: (row: Row) => row.day },
    { heading: 'Lúc', kind: 'moment' as const, value: (row: Row) => row.at },
    { heading: 'Tỷ lệ', kind: 'share' as const, value: (row: Row) => row.share },
  ],
  rows,
  ...odd,
});

async function bytesOf(format: ExportFormat, list: ExportList<Row>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of exportList(format, list).content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('a list as a file', () => {
  let scratch: Awaited<ReturnType<typeof scratchFolder>>;
  beforeAll(async () => {
    scratch = await scratchFolder();
  });
  afterAll(() => scratch.remove());

  it('is not whole where its rows cannot all be read, and lets go of them', async () => {
    let isLetGo = false;
    async function* broken(): AsyncGenerator<Row> {
      try {
        await Promise.resolve();
        yield ROWS[0] as Row;
        throw new Error('the database is gone');
      } finally {
        isLetGo = true;
      }
    }
    await expect(bytesOf('csv', listOf(broken()))).rejects.toThrow('the database is gone');
    await expect(bytesOf('xlsx', listOf(broken()))).rejects.toThrow('the database is gone');
    expect(isLetGo).toBe(true);
  });

  it.each(['csv', 'xlsx'] as const)(
    'stops reading when its receiver goes away (%s)',
    async (format) => {
      let read = 0;
      let isLetGo = false;
      async function* endless(): AsyncGenerator<Row> {
        try {
          for (;;) {
            read += 1;
            if (read % 100 === 0) await new Promise((wake) => setImmediate(wake));
            yield { ...(ROWS[0] as Row), name: `Người ${Math.random()}` };
          }
        } finally {
          isLetGo = true;
        }
      }
      const { content } = exportList(format, listOf(endless()));
      for (let chunk = 0; chunk < 5; chunk += 1) await content.next();
      await content.return();
      expect(isLetGo).toBe(true);
      expect(read).toBeLessThan(100_000);
    },
  );

  it('as .csv computes nothing, keeps zeros, and says at its end how many rows and how much', async () => {
    const text = (await bytesOf('csv', listOf(ROWS))).toString('utf8');
    expect(text.split('\r\n')).toEqual([
      '\ufeffDanh sách khoản chi',
      'Kỳ;11/2026',
      'Lập lúc;09:30 28/11/2026',
      'Người lập;lap.bang',
      '',
      'Họ và tên;Số định danh;Số tiền;Ngày;Lúc;Tỷ lệ',
      'Nguyễn Văn Đà;020012345678;2789000;25/11/2026;28/11/2026 09:30;85,3',
      `"'=HYPERLINK(""x"")";'+84912;9007199254740993;;28/11/2026 09:30;0,0`,
      `"Một ""hai""; ba\n_x0041_ \u0001<&>";'@x;1;02/01/2026;28/11/2026 09:30;100`,
      'Cộng: 3 dòng;;9007199257529994;;;',
      '',
    ]);
  });

  it('as .xlsx is read by other programs, its cells texts, numbers and dates', async () => {
    const file = await scratch.file(await bytesOf('xlsx', listOf(ROWS)));
    const { Workbook } = await excel();
    const workbook = new Workbook();
    await workbook.xlsx.readFile(file);
    const sheet = workbook.worksheets[0];
    const cells = (row: number) => (sheet?.getRow(row).values as unknown[]).slice(1);
    expect(cells(1)).toEqual(['Danh sách khoản chi']);
    expect(cells(2)).toEqual(['Kỳ: 11/2026']);
    expect(cells(4)).toEqual(['Người lập: lap.bang']);
    expect(cells(6)).toHaveLength(6);
    expect(cells(7)).toEqual([
      'Nguyễn Văn Đà',
      '020012345678',
      2789000,
      new Date('2026-11-25T00:00:00Z'),
      new Date('2026-11-28T09:30:00Z'),
      85.3,
    ]);
    expect(cells(8).slice(0, 3)).toEqual([`'=HYPERLINK("x")`, "'+84912", '9007199254740993']);
    expect(cells(9)[0]).toContain('<&>');
    expect(cells(10).slice(0, 3)).toEqual(['Cộng: 3 dòng', undefined, '9007199257529994']);
    expect(sheet?.getCell('B7').numFmt).toBe('@');
    expect(sheet?.pageSetup.printTitlesRow).toBe('6:6');
  });

  it('as .xlsx is read by ChiTra itself', async () => {
    const spreadsheet = await openSpreadsheet(
      await scratch.file(await bytesOf('xlsx', listOf(ROWS))),
    );
    const rows = [];
    for await (const row of spreadsheet.sheets[0]?.rows() ?? []) rows.push(row);
    await spreadsheet.close();
    const kinds = [...(rows.find(({ number }) => number === 7)?.cells.values() ?? [])];
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'text',
      'text',
      'number',
      'date',
      'date',
      'number',
    ]);
    expect(
      rows.flatMap(({ cells }) => [...cells.values()]).some(({ kind }) => kind === 'formula'),
    ).toBe(false);
  });

  it('without a filter says that it is everything, and is whole without a row', async () => {
    const text = (await bytesOf('csv', listOf([], { language: 'en', filters: [] }))).toString(
      'utf8',
    );
    expect(text).toContain('Filter;none: the whole list');
    expect(text).toContain('Total: 0 rows;;0;;;');
    await writeFile(await scratch.file('x'), await bytesOf('xlsx', listOf([])));
  });

  it('is read page by page to its end', async () => {
    const pages: Record<string, { items: number[]; nextCursor: string | null }> = {
      first: { items: [1, 2], nextCursor: 'b' },
      b: { items: [3], nextCursor: null },
    };
    const seen: number[] = [];
    for await (const row of everyRow((cursor) =>
      Promise.resolve(pages[cursor ?? 'first'] as { items: number[]; nextCursor: string | null }),
    ))
      seen.push(row);
    expect(seen).toEqual([1, 2, 3]);
  });
});
