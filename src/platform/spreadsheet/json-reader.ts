import { readFile } from 'node:fs/promises';
import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { COLUMNS_MAX } from './sheet.js';
import type { Cell, Sheet, SheetRow, Spreadsheet } from './sheet.js';
import { spreadsheetErrors } from './spreadsheet.errors.js';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const rows = z.array(z.record(z.string().max(200), value));
const document = z.union([rows, z.object({ rows }).transform((whole) => whole.rows)]);

const JSON_ROWS_MAX = 250_000;

type JsonRow = z.infer<typeof rows>[number];

/**
 * Rows sent as JSON, shown as a sheet: the keys are the header (row 0), the n-th object is row n.
 * Held in memory, so the caller caps the size first.
 */
export async function openJson(path: string): Promise<Spreadsheet> {
  const whole = parseText(textOf(await readFile(path)));
  // Counted before each row is looked at: small rows cost far more memory than their text.
  if (rowCountOf(whole) > JSON_ROWS_MAX) throw spreadsheetErrors.tooManyRows(JSON_ROWS_MAX);
  const parsed = document.safeParse(whole);
  if (!parsed.success) throw spreadsheetErrors.brokenJson();
  return { format: 'json', sheets: [new JsonSheet(parsed.data)], close: () => Promise.resolve() };
}

class JsonSheet implements Sheet {
  readonly name = 'JSON';
  readonly hidden = false;
  private readonly keys: readonly string[];

  constructor(private readonly objects: readonly JsonRow[]) {
    const keys = new Set<string>();
    for (const object of objects) for (const key of Object.keys(object)) keys.add(key);
    this.keys = [...keys].slice(0, COLUMNS_MAX);
  }

  columnName(column: number): string {
    return this.keys[column - 1] ?? String(column);
  }

  /** A JSON pointer (RFC 6901) into the array that was sent. */
  cellName(column: number, row: number): string {
    const key = this.columnName(column).replaceAll('~', '~0').replaceAll('/', '~1');
    return `/${row - 1}/${key}`;
  }

  async *rows(): AsyncGenerator<SheetRow> {
    const header = this.keys.map((key, index) => [index + 1, { kind: 'text', text: key }] as const);
    yield { number: 0, cells: new Map(header), width: this.keys.length };
    for (const [index, object] of this.objects.entries()) {
      yield await Promise.resolve({
        number: index + 1,
        cells: this.cellsOf(object),
        width: this.keys.length,
      });
    }
  }

  private cellsOf(object: JsonRow): Map<number, Cell> {
    const cells = new Map<number, Cell>();
    for (const [index, key] of this.keys.entries()) {
      const cell = Object.hasOwn(object, key) ? cellOf(object[key] ?? null) : null;
      if (cell) cells.set(index + 1, cell);
    }
    return cells;
  }
}

function cellOf(content: string | number | boolean | null): Cell | null {
  if (content === null) return null;
  if (typeof content === 'boolean') return { kind: 'boolean', text: String(content).toUpperCase() };
  if (typeof content === 'number') return { kind: 'number', text: new Decimal(content).toFixed() };
  return content.trim() === '' ? null : { kind: 'text', text: content };
}

function rowCountOf(whole: unknown): number {
  if (Array.isArray(whole)) return whole.length;
  const isObject = typeof whole === 'object' && whole !== null;
  return isObject && 'rows' in whole ? rowCountOf(whole.rows) : 0;
}

/** Without the mark some programs put before UTF-8; anything else than UTF-8 would come out as other letters. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw spreadsheetErrors.notUtf8();
  }
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw spreadsheetErrors.brokenJson();
  }
}
