import type { Cell, SheetRow } from '../platform/spreadsheet/index.js';
import { cleanText } from './list.values.js';
import { FIELDS, LIST_FIELDS, fieldOfHeading, type Field, type Meaning } from './list.columns.js';

/** Titles, the office's name and a motto stand above the table; it begins within so many rows. */
export const HEADER_WITHIN_ROWS = 30;
/** Fewer known headings than this are a coincidence in a title. */
const HEADINGS_MIN = 3;

export interface ListHeader {
  /** The row the headings stand in, the lower one of two; 0 for JSON. */
  readonly rowNumber: number;
  readonly columns: ReadonlyMap<Field, number>;
  readonly unknown: readonly { readonly column: number; readonly heading: string }[];
  readonly width: number;
}

/** The same with every heading as it is written, by column. */
export interface WrittenHeader extends ListHeader {
  readonly headings: ReadonlyMap<number, string>;
}

export type HeaderSearch =
  | { readonly found: true; readonly header: ListHeader }
  | {
      readonly found: false;
      /** The row that came nearest, if any had headings at all. */
      readonly rowNumber: number | null;
      readonly missing: readonly Field[];
      readonly twice: readonly { readonly field: Field; readonly columns: readonly number[] }[];
    };

/**
 * The header among the first rows of a sheet: the one with the most known headings. It must have every
 * mandatory one, and none twice: of two columns "Số tiền" nobody may choose but the officer. Two rows may make
 * one header, as where "Số tài khoản" and "Ngân hàng" stand under "Thông tin tài khoản" and the others are merged.
 * @param declared what was given with the import and so need not be a column.
 */
export function findHeader(
  rows: readonly SheetRow[],
  declared: ReadonlySet<Field>,
  mapping: ReadonlyMap<string, Meaning>,
): HeaderSearch {
  const best = bestOf(rows, mapping, HEADINGS_MIN);
  const missing = FIELDS.filter((field) => isMissing(field, best, declared));
  if (!best || missing.length > 0 || best.twice.length > 0) {
    return { found: false, rowNumber: best?.rowNumber ?? null, missing, twice: best?.twice ?? [] };
  }
  const { rowNumber, columns, unknown, width } = best;
  return { found: true, header: { rowNumber, columns, unknown, width } };
}

/** The row that most looks like a header, and what is understood of it: for a person who says what its columns hold. */
export function likelyHeader(
  rows: readonly SheetRow[],
  mapping: ReadonlyMap<string, Meaning>,
): WrittenHeader | null {
  const known = bestOf(rows, mapping, 1);
  if (known) return known;
  const [wordiest] = rows.filter(hasWordsOnly).sort((a, b) => b.cells.size - a.cells.size);
  return wordiest ? candidateOf(wordiest.number, wordiest.cells, mapping) : null;
}

function bestOf(
  rows: readonly SheetRow[],
  mapping: ReadonlyMap<string, Meaning>,
  headingsMin: number,
): Candidate | null {
  let best: Candidate | null = null;
  for (const [at, row] of rows.entries()) {
    const both = twoRowHeader(rows[at - 1], row, mapping);
    for (const cells of [row.cells, ...(both ? [both] : [])]) {
      const candidate = candidateOf(row.number, cells, mapping);
      if (
        candidate.columns.size >= headingsMin &&
        candidate.columns.size > (best?.columns.size ?? 0)
      )
        best = candidate;
    }
  }
  return best;
}

/** The cells of both rows, the lower ones above all; null when they do not look like the two rows of one header. */
function twoRowHeader(
  upper: SheetRow | undefined,
  lower: SheetRow,
  mapping: ReadonlyMap<string, Meaning>,
): ReadonlyMap<number, Cell> | null {
  if (upper?.number !== lower.number - 1 || ![upper, lower].every(hasWordsOnly)) return null;
  const cells = new Map(upper.cells);
  for (const [column, cell] of lower.cells) {
    const above = upper.cells.get(column);
    const isUnit =
      above && fieldOfHeading(above.text, mapping) && !fieldOfHeading(cell.text, mapping);
    if (!isUnit) cells.set(column, cell);
  }
  return cells;
}

/** No line about a person is without a figure. */
function hasWordsOnly(row: SheetRow): boolean {
  return [...row.cells.values()].every((cell) => cell.kind === 'text' && !/\d/.test(cell.text));
}

interface Candidate {
  rowNumber: number;
  width: number;
  columns: Map<Field, number>;
  unknown: { column: number; heading: string }[];
  twice: { field: Field; columns: number[] }[];
  headings: Map<number, string>;
}

function isMissing(field: Field, best: Candidate | null, declared: ReadonlySet<Field>): boolean {
  const { need } = LIST_FIELDS[field];
  if (need === 'no' || best?.columns.has(field)) return false;
  return need === 'yes' || !declared.has(field);
}

function candidateOf(
  rowNumber: number,
  cells: ReadonlyMap<number, Cell>,
  mapping: ReadonlyMap<string, Meaning>,
): Candidate {
  const columns = new Map<Field, number>();
  const unknown: Candidate['unknown'] = [];
  const twice: Candidate['twice'] = [];
  for (const [column, cell] of [...cells].sort(([a], [b]) => a - b)) {
    const field = cell.kind === 'text' ? fieldOfHeading(cell.text, mapping) : null;
    const first = field ? columns.get(field) : undefined;
    if (field && first === undefined) columns.set(field, column);
    else {
      if (field && first !== undefined && MATTERS.has(field))
        twice.push({ field, columns: [first, column] });
      unknown.push({ column, heading: cleanText(cell.text).slice(0, 120) });
    }
  }
  const width = Math.max(0, ...cells.keys());
  const headings = new Map(
    [...cells].map(([column, cell]) => [column, cleanText(cell.text).slice(0, 120)]),
  );
  return { rowNumber, width, columns, unknown, twice, headings };
}

// A second numbering or remarks column decides nothing.
const MATTERS: ReadonlySet<Field> = new Set(
  FIELDS.filter((field) => field !== 'row' && field !== 'note'),
);
