/**
 * What a cell holds. `text` is always there:
 * - `text`: as written; - `number`: plain decimal digits, exact to Excel's 15 significant digits, never
 *   through a float; - `date`: ISO 8601 date (`2026-11-21`), time of day dropped; - `boolean`: `TRUE`/`FALSE`;
 * - `error`: `#REF!` and the like; - `formula`: the formula itself, never its remembered result.
 */
export interface Cell {
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'error' | 'formula';
  readonly text: string;
}

/** One row as it lies in the sheet; empty cells are absent. `width` counts what the row brought, blanks too. */
export interface SheetRow {
  /** As a spreadsheet program shows it, from 1. */
  readonly number: number;
  /** By column, from 1. */
  readonly cells: ReadonlyMap<number, Cell>;
  readonly width: number;
  /** Whether a row of this format has as many cells as the header, empty ones included (CSV has). */
  readonly declaresWidth?: boolean;
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** How people find a column: its letter, or the key of a JSON object. */
  columnName(column: number): string;
  /** How people find a cell: `H17`, or a JSON pointer. */
  cellName(column: number, row: number): string;
  /** Reads the sheet once more from its beginning, a row at a time. */
  rows(): AsyncIterable<SheetRow>;
}

export interface Spreadsheet {
  readonly format: 'xlsx' | 'csv' | 'json';
  readonly sheets: readonly Sheet[];
  close(): Promise<void>;
}

/** Columns beyond this are not read: no list of people is so wide, and a hostile one may be. */
export const COLUMNS_MAX = 256;

/** `1` → `A`, `28` → `AB`. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** The column of a reference such as `AB17`: `28`; null when it names none. */
export function columnOfReference(reference: string): number | null {
  const letters = /^([A-Z]{1,3})\d*$/.exec(reference)?.[1];
  if (!letters) return null;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
