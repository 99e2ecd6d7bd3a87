import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { DomainError } from '../../src/kernel/index.js';
import { openSpreadsheet } from '../../src/platform/spreadsheet/index.js';
import { csvOf, line, workbookOf } from '../builders/list-file.js';
import { handmadeWorkbook, storedZip } from '../builders/stored-zip.js';
import { FUZZ_SEED, lasting, tried } from './fuzz.js';

/** A small list is read in a few milliseconds; on a busy machine much more is still bounded. */
const PATIENCE_MS = 10_000;
/** Beyond what the reader itself may hold for one small hostile file. */
const MEMORY_BYTES = 400 * 1024 * 1024;
const ROWS_ENOUGH = 200_000;

const PIECES = [
  ...['<row r="1"><c r="A1" t="s"><v>0</v></c></row>', '<row r="-1"><c/></row>', '<row>', '</row>'],
  ...[
    '<c r="XFE1048577"><v>1</v></c>',
    '<c r="A1" t="s"><v>99999999999</v></c>',
    '<c t="s"><v>-1</v></c>',
  ],
  ...[
    '<row r="999999999999"><c r="ZZZZ1"><v>1e999</v></c></row>',
    '<c t="inlineStr"><is><t>x</t></is></c>',
  ],
  ...[
    '<row r="1"><c r="A1"><f>HYPERLINK("x")</f><v>1</v></c></row>',
    '<c t="d"><v>9999-99-99</v></c>',
  ],
  ...[
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
    '&b;',
    '&#0;',
    '&#xD800;',
    '<![CDATA[',
  ],
  ...[
    '<si><t>chữ</t></si>',
    '<si><r><t>a</t></r></si>',
    '<sst count="-1">',
    '<?xml version="9"?>',
    '<',
  ],
] as const;

const TARGETS = [
  ...[
    '../../../etc/passwd',
    '/xl/workbook.xml',
    'http://elsewhere.example/x',
    '',
    'worksheets/none.xml',
  ],
  ...['xl/_rels/workbook.xml.rels', '..', 'C:\\x', '%2e%2e/x'],
] as const;

const entity = (definition: string): string =>
  `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b ${definition}>]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`;

const manyParts = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`xl/part${at}.xml`, '<a/>']));

describe(`a list that somebody has tampered with (FUZZ_SEED=${FUZZ_SEED})`, () => {
  let folder: string;
  let xlsx: Buffer;
  let csv: Buffer;
  let json: Buffer;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chitra-borders-'));
    const lines = Array.from({ length: 12 }, (_, at) => line(at + 1));
    xlsx = await workbookOf(lines, { titles: ['DANH SÁCH CHI TRẢ'] });
    csv = Buffer.from(csvOf(lines, ';'));
    json = Buffer.from(JSON.stringify({ rows: lines }));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Reads all of it. The refusal, or how many rows there were; anything else breaks the test. */
  async function read(bytes: Buffer): Promise<string | number> {
    const path = join(folder, 'list');
    await writeFile(path, bytes);
    const began = performance.now();
    const heapBefore = process.memoryUsage().rss;
    const end = await readAll(path).catch((error: unknown) => {
      if (error instanceof DomainError && error.code.startsWith('spreadsheet.')) return error.code;
      throw error;
    });
    expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
    expect(process.memoryUsage().rss - heapBefore).toBeLessThan(MEMORY_BYTES);
    return end;
  }

  async function readAll(path: string): Promise<number> {
    const spreadsheet = await openSpreadsheet(path);
    let rows = 0;
    try {
      for (const sheet of spreadsheet.sheets) {
        for await (const row of sheet.rows()) {
          rows += 1;
          for (const cell of row.cells.values()) expect(typeof cell.text).toBe('string');
          if (rows > ROWS_ENOUGH) return rows;
        }
      }
    } finally {
      await spreadsheet.close();
    }
    return rows;
  }

  const edits = fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      how: fc.constantFrom('flip', 'flip', 'set', 'cut', 'double', 'insert'),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
    }),
    { minLength: 1, maxLength: 6 },
  );
  type Edit = { at: number; how: string; bytes: Uint8Array };

  function edited(bytes: Buffer, changes: readonly Edit[]): Buffer {
    return changes.reduce((now, { at, how, bytes: some }) => {
      const place = Math.floor(at * now.length);
      const [before, after] = [now.subarray(0, place), now.subarray(place)];
      if (how === 'cut') return before;
      if (how === 'insert') return Buffer.concat([before, some, after]);
      if (how === 'double') return Buffer.concat([before, after.subarray(0, 200), after]);
      const copy = Buffer.from(now);
      if (copy.length === 0) return copy;
      copy[place] =
        how === 'set' ? (some[0] ?? 0) : (copy[place] ?? 0) ^ (1 << ((some[0] ?? 0) % 8));
      return copy;
    }, bytes);
  }

  it('is read when nobody has', async () => {
    expect([await read(xlsx), await read(csv), await read(json)]).toEqual([14, 13, 13]);
  });

  it.each([
    ['a workbook', () => xlsx, 120],
    ['a CSV', () => csv, 150],
    ['JSON', () => json, 150],
  ] as const)(
    '%s of which bits and bytes are others is read or refused by name',
    async (_, original, usual) => {
      await fc.assert(
        fc.asyncProperty(edits, async (changes) => {
          await read(edited(original(), changes));
        }),
        tried(usual),
      );
    },
    lasting(60_000),
  );

  it(
    'the parts of a workbook may hold any XML, and words where XML should be',
    async () => {
      const odd = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.constantFrom(...PIECES),
        fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((some) => some.join('')),
      );
      const sheet = odd.map((piece) => `<worksheet><sheetData>${piece}</sheetData></worksheet>`);
      const options = fc.record(
        { stringsXml: odd, target: fc.constantFrom(...TARGETS) },
        { requiredKeys: [] },
      );
      await fc.assert(
        fc.asyncProperty(fc.oneof(sheet, odd), options, async (xml, more) => {
          await read(handmadeWorkbook(xml, more));
        }),
        tried(120),
      );
    },
    lasting(60_000),
  );

  it(
    'any bytes are refused or read, whatever format they begin like',
    async () => {
      const beginnings = ['PK\u0003\u0004', '[{', '{', '\ufeff', 'a;b\n', 'a\tb\n', '"'];
      const bytes = fc.tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 300 }));
      await fc.assert(
        fc.asyncProperty(bytes, async ([beginning, rest]) => {
          await read(Buffer.concat([Buffer.from(beginning, 'utf8'), rest]));
        }),
        tried(200),
      );
    },
    lasting(60_000),
  );

  it.each([
    [
      'JSON nested 100,000 levels deep',
      () => `[{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}]`,
    ],
    ['JSON of a million unfinished lists', () => `{"rows":${'['.repeat(1_000_000)}`],
    ['JSON with one text of 8 MiB', () => `[{"a":"${'x'.repeat(8 * 1024 * 1024)}"}]`],
    [
      'JSON that pollutes',
      () => '[{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]',
    ],
    ['a CSV of one line of 8 MiB', () => `a;b\n${'x'.repeat(8 * 1024 * 1024)}`],
    ['a CSV of a million columns', () => `${'a;'.repeat(1_000_000)}\n1`],
    ['a CSV whose quotation never ends', () => `a;b\n"${'x\n'.repeat(1_000_000)}`],
  ])(
    '%s is bounded',
    async (_, text) => {
      const end = await read(Buffer.from(text()));
      expect(typeof end === 'string' || end <= 2).toBe(true);
      expect({}).not.toHaveProperty('polluted');
    },
    60_000,
  );

  it.each([
    ['a zip of no workbook', storedZip({ 'a.txt': 'x' })],
    [
      'a zip with paths that lead out',
      storedZip({ '../../etc/x': 'x', '/abs': 'x', 'C:\\x': 'x' }),
    ],
    ['a zip of ten thousand parts', storedZip(manyParts(10_000))],
    ['a gzip', gzipSync('a;b')],
    ['an external entity', handmadeWorkbook(entity('SYSTEM "file:///etc/passwd"'))],
    ['a billion laughs', handmadeWorkbook(entity('"&a;&a;&a;&a;&a;&a;&a;&a;&a;"'))],
  ])('%s is refused by name', async (_, bytes) => {
    expect(await read(bytes)).toMatch(/^spreadsheet\./);
  });
});
