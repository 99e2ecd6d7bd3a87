import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import {
  linesOf,
  LONGEST_NAME,
  someChange,
  someFacts,
  somePaper,
  someRow,
} from '../../test/builders/paper-sample.js';
import { textsOfPdf } from '../../test/builders/pdf-text.js';
import { scratchFolder } from '../../test/builders/scratch-folder.js';
import { openSpreadsheet, type Cell } from '../platform/spreadsheet/index.js';
import { Money } from '../kernel/index.js';
import { CHANGES_PRINTED, writeTreasuryPdf } from './treasury-paper.pdf.js';
import { paperOf } from './treasury-paper.rules.js';
import { writeTreasuryWorkbook } from './treasury-paper.xlsx.js';

let folder: Awaited<ReturnType<typeof scratchFolder>>;
let files = 0;
beforeAll(async () => {
  folder = await scratchFolder();
});
afterAll(() => folder.remove());

type Writer = typeof writeTreasuryPdf;
type Paper = Pick<ReturnType<typeof somePaper>, 'paper' | 'lines'>;

async function written(write: Writer, { paper, lines }: Paper): Promise<Buffer> {
  files += 1;
  const path = folder.path(`paper-${files}`);
  await write(path, paper, lines);
  return readFile(path);
}
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function sheetsOf(bytes: Buffer): Promise<Cell[][][]> {
  const spreadsheet = await openSpreadsheet(await folder.file(bytes));
  const sheets: Cell[][][] = [];
  for (const sheet of spreadsheet.sheets) {
    const found: Cell[][] = [];
    for await (const row of sheet.rows()) found.push([...row.cells.values()]);
    sheets.push(found);
  }
  await spreadsheet.close();
  return sheets;
}
const textsOf = (rows: readonly Cell[][]): string[] => rows.flat().map(({ text }) => text);

describe('the treasury’s paper as a file', () => {
  // Known bytes, not only the same bytes twice: another machine, processor, day or Node must write these as well.
  // They change with the layout, the fonts and the libraries, and then somebody has looked at the paper again.
  it.each<[string, Writer, string]>([
    ['PDF', writeTreasuryPdf, '8d715b65b5cf351b5b67860954ff3211ea0282451e7fdab051b33a923669086f'],
    [
      'workbook',
      writeTreasuryWorkbook,
      '0b465b253c46e323b71c88544dbbf1dcd2123452d03df2c9be7746205ad4d0e3',
    ],
  ])(
    'is the same to the last byte whenever and wherever it is made: %s',
    async (_, write, known) => {
      const sample = somePaper(45, [someChange(), someChange({ change: 'Giảm', note: 'Đã mất' })]);
      const once = await written(write, sample);
      expect(sha256(await written(write, sample))).toBe(sha256(once));
      expect(sha256(once)).toBe(known);
    },
  );

  it.each<[string, Writer]>([
    ['PDF', writeTreasuryPdf],
    ['workbook', writeTreasuryWorkbook],
  ])('is not finished when its lines fail: %s', async (_, write) => {
    const { paper, lines } = somePaper(60);
    const failing = {
      ...lines,
      async *rows() {
        yield* lines.rows();
        throw new Error('not what was signed');
      },
    };
    await expect(written(write, { paper, lines: failing })).rejects.toThrow('not what was signed');
  });
});

describe('the PDF', () => {
  it('has every line once, a sum on each page, and the total at the end of them', async () => {
    const { paper, lines, total } = somePaper(100);
    const pages = textsOfPdf(await written(writeTreasuryPdf, { paper, lines }));
    expect(pages.length).toBeGreaterThan(2);
    const numbers = pages.flat().filter((text) => /^\d{1,3}$/.test(text));
    const headings = pages.length - 1;
    expect(numbers.length).toBeGreaterThanOrEqual(100 + 13 * headings);
    const sums = pages.flatMap((texts) =>
      texts.flatMap((text, at) => (text === 'Cộng trang' ? [texts[at + 1] ?? ''] : [])),
    );
    const added = Money.sum(sums.map((text) => Money.of(text.replaceAll('.', ''))));
    expect(added.equals(total)).toBe(true);
    const all = pages.flat();
    expect(all[all.indexOf('Tổng cộng') + 1]).toBe('278.900.000');
    expect(pages.map((texts) => texts.find((text) => text.startsWith('Trang')))).toEqual(
      pages.map((__, at) => `Trang ${at + 1}/${pages.length}`),
    );
    expect(all.some((text) => text.startsWith('Tổng số tiền bằng chữ: Hai trăm'))).toBe(true);
  });

  it('has no sum of a page when it is one page, and the treasury’s places are empty', async () => {
    const facts = someFacts({ counts: { ...someFacts().counts, peopleBefore: 0 } });
    const pages = textsOfPdf(
      await written(writeTreasuryPdf, { paper: paperOf(facts), lines: linesOf([someRow()]) }),
    );
    expect(pages).toHaveLength(1);
    expect(pages[0]).not.toContain('Cộng trang');
    expect(pages[0]).toEqual(
      expect.arrayContaining(['Trần Văn Kế', 'Lê Thị Chủ', 'KHO BẠC NHÀ NƯỚC']),
    );
  });

  it('breaks the longest name over lines and loses no letter of it', async () => {
    const { paper } = somePaper(1);
    const lines = linesOf([someRow({ payeeName: LONGEST_NAME })]);
    const texts = textsOfPdf(await written(writeTreasuryPdf, { paper, lines })).flat();
    expect(texts.join('').replaceAll(' ', '')).toContain(LONGEST_NAME.replaceAll(' ', ''));
    expect(LONGEST_NAME.length).toBe(140);
  });

  it('knows every Vietnamese letter', async () => {
    const { paper } = somePaper(1);
    const plain =
      'aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ';
    const letters = [...plain, ...plain.toUpperCase()].join('');
    const lines = linesOf([someRow({ payeeName: letters })]);
    const texts = textsOfPdf(await written(writeTreasuryPdf, { paper, lines })).flat();
    expect(texts.join('')).toContain(letters);
    expect(texts.join('')).not.toMatch(/[\u0000\ufffd]/);
  });

  it('names so many who changed and says where the others are', async () => {
    const people = Array.from({ length: CHANGES_PRINTED + 5 }, () => someChange());
    const { paper, lines } = somePaper(2, people);
    const texts = textsOfPdf(await written(writeTreasuryPdf, { paper, lines })).flat();
    expect(texts.filter((text) => text === 'Đổi mức')).toHaveLength(CHANGES_PRINTED);
    expect(texts.find((text) => text.startsWith('Còn 5 người thay đổi nữa'))).toBeDefined();
  });
});

describe('the workbook', () => {
  it('is read back: accounts as texts with their noughts, amounts as numbers that come to the total', async () => {
    const { paper, lines, total } = somePaper(45, [someChange()]);
    const [list = [], changes = []] = await sheetsOf(
      await written(writeTreasuryWorkbook, { paper, lines }),
    );
    const rows = list.filter((cells) => cells.some(({ text }) => text === 'Agribank'));
    expect(rows).toHaveLength(45);
    for (const [, , account, , sum, allowance] of rows) {
      expect(account).toEqual({ kind: 'text', text: '0088001234567' });
      expect([sum, allowance]).toEqual([
        { kind: 'number', text: '2789000' },
        { kind: 'number', text: '2789000' },
      ]);
    }
    const closing = list.find(([label]) => label?.text === 'Tổng cộng');
    expect(closing?.slice(1)).toEqual([
      { kind: 'number', text: total.toString() },
      { kind: 'number', text: total.toString() },
    ]);
    expect(textsOf(changes)).toEqual(expect.arrayContaining(['Đổi mức', '2889000', '2789000']));
  });

  it('computes nothing, whatever a text looks like', async () => {
    const { paper } = somePaper(1);
    const lines = linesOf([
      someRow({ payeeName: '=HYPERLINK("http://x")', accountName: '@SUM(A1)' }),
    ]);
    const [list = []] = await sheetsOf(await written(writeTreasuryWorkbook, { paper, lines }));
    expect(list.flat().filter(({ kind }) => kind === 'formula')).toEqual([]);
    expect(textsOf(list)).toContain(`'=HYPERLINK("http://x")`);
  });

  it('keeps an amount to the last đồng that a spreadsheet’s number would round', async () => {
    const { paper } = somePaper(1);
    const amount = Money.of('1234567890123457');
    const lines = linesOf([someRow({ amount })]);
    const [list = []] = await sheetsOf(await written(writeTreasuryWorkbook, { paper, lines }));
    expect(textsOf(list)).toContain(amount.toString());
  });

  it('leaves nothing beside it', async () => {
    const { paper, lines } = somePaper(3);
    const path = folder.path('alone');
    await writeTreasuryWorkbook(path, paper, lines);
    await expect(stat(`${path}.packed`)).rejects.toThrow('ENOENT');
  });
});
