import { Decimal } from 'decimal.js';
import { DateTime } from 'luxon';
import { COLUMNS_MAX, columnLetters, columnOfReference } from './sheet.js';
import type { Cell, Sheet, SheetRow } from './sheet.js';
import { spreadsheetErrors } from './spreadsheet.errors.js';
import type { XlsxArchive } from './xlsx-archive.js';
import type { SheetPart } from './xlsx-workbook.js';
import { readXml, unescapeText, withPiece } from './xlsx-xml.js';

export interface WorkbookTexts {
  readonly strings: readonly string[];
  readonly dateStyles: readonly boolean[];
  readonly from1904: boolean;
}

export class XlsxSheet implements Sheet {
  readonly name: string;
  readonly hidden: boolean;

  constructor(
    private readonly archive: XlsxArchive,
    private readonly source: SheetPart,
    private readonly texts: WorkbookTexts,
  ) {
    this.name = source.name;
    this.hidden = source.hidden;
  }

  columnName(column: number): string {
    return columnLetters(column);
  }

  cellName(column: number, row: number): string {
    return `${columnLetters(column)}${row}`;
  }

  async *rows(): AsyncGenerator<SheetRow> {
    const gatherer = new RowGatherer(this.texts);
    const reading = readXml(await this.archive.read(this.source.part), gatherer);
    try {
      while (!(await reading.next()).done) yield* gatherer.taken();
    } finally {
      await reading.return(undefined);
    }
  }
}

/** Listens to a sheet's XML and gathers whole rows. References (`r`) may be left out: then one follows the other. */
class RowGatherer {
  private gathered: SheetRow[] = [];
  private cells: Map<number, Cell> | null = null;
  private rowNumber = 0;
  private column = 0;
  private type = 'n';
  private isDate = false;
  private inCell = false;
  private formula: string | null = null;
  private value: string | null = null;
  private into: 'formula' | 'value' | null = null;
  private inReadingAid = false;

  constructor(private readonly texts: WorkbookTexts) {}

  taken(): SheetRow[] {
    const rows = this.gathered;
    this.gathered = [];
    return rows;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.rowNumber = nextRow(attributes['r'], this.rowNumber);
      this.cells = new Map();
      this.column = 0;
    } else if (name === 'c' && this.cells) {
      this.startCell(attributes);
    } else if (this.inCell) {
      if (name === 'rPh') this.inReadingAid = true;
      if (name === 'f') this.formula = '';
      if (name === 'f') this.into = 'formula';
      if (name === 'v' || (name === 't' && !this.inReadingAid)) {
        this.value ??= '';
        this.into = 'value';
      }
    }
  }

  text(text: string): void {
    if (this.into === 'value') this.value = withPiece(this.value ?? '', text);
    if (this.into === 'formula') this.formula = withPiece(this.formula ?? '', text);
  }

  close(name: string): void {
    if (name === 'v' || name === 't' || name === 'f') this.into = null;
    if (name === 'rPh') this.inReadingAid = false;
    if (name === 'c' && this.inCell) this.endCell();
    if (name === 'row' && this.cells) {
      const width = Math.max(0, ...this.cells.keys());
      this.gathered.push({ number: this.rowNumber, cells: this.cells, width });
      this.cells = null;
    }
  }

  private startCell(attributes: Readonly<Record<string, string>>): void {
    this.column = columnOfReference(attributes['r'] ?? '') ?? this.column + 1;
    this.type = attributes['t'] ?? 'n';
    this.isDate = this.texts.dateStyles[Number(attributes['s'] ?? '0')] ?? false;
    this.formula = null;
    this.value = null;
    this.inCell = true;
  }

  private endCell(): void {
    this.inCell = false;
    this.into = null;
    if (this.column > COLUMNS_MAX || !this.cells) return;
    const cell = this.cellOf();
    if (cell) this.cells.set(this.column, cell);
  }

  private cellOf(): Cell | null {
    if (this.formula !== null) return { kind: 'formula', text: `=${this.formula}` };
    if (this.value === null) return null;
    switch (this.type) {
      case 's':
        return textCell(this.texts.strings[Number(this.value)] ?? '');
      case 'inlineStr':
      case 'str':
        return textCell(unescapeText(this.value));
      case 'b':
        return { kind: 'boolean', text: this.value.trim() === '1' ? 'TRUE' : 'FALSE' };
      case 'e':
        return { kind: 'error', text: this.value };
      case 'd':
        return { kind: 'date', text: this.value.slice(0, 10) };
      default:
        return numberCell(this.value.trim(), this.isDate, this.texts.from1904);
    }
  }
}

/** Row numbers rise: a sheet in which they do not would show two rows under one number. */
function nextRow(reference: string | undefined, previous: number): number {
  const number = reference === undefined ? previous + 1 : Number(reference);
  if (!Number.isInteger(number) || number <= previous || number > ROWS_OF_A_SHEET)
    throw spreadsheetErrors.notAWorkbook('row numbers do not rise');
  return number;
}

/** As many as a sheet can have. */
const ROWS_OF_A_SHEET = 1_048_576;

function textCell(text: string): Cell | null {
  return text.trim() === '' ? null : { kind: 'text', text };
}

/** Excel keeps 15 significant digits; what a file writes beyond them is binary noise. */
const SIGNIFICANT_DIGITS = 15;
/** 31/12/9999, the last day a spreadsheet knows. */
const SERIAL_MAX = 2_958_465;

function numberCell(text: string, isDate: boolean, from1904: boolean): Cell | null {
  if (text === '') return null;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return { kind: 'error', text };
  const value = new Decimal(text).toSignificantDigits(SIGNIFICANT_DIGITS);
  if (isDate && value.greaterThanOrEqualTo(1) && value.lessThanOrEqualTo(SERIAL_MAX)) {
    return { kind: 'date', text: dateOfSerial(Number(value.floor().toFixed()), from1904) };
  }
  return { kind: 'number', text: value.toFixed() };
}

/** Day numbers of a spreadsheet to ISO 8601; 1900 wrongly counts as a leap year there. */
export function dateOfSerial(serial: number, from1904: boolean): string {
  const epoch = from1904 ? '1904-01-01' : serial < 61 ? '1899-12-31' : '1899-12-30';
  return DateTime.fromISO(epoch, { zone: 'utc' }).plus({ days: serial }).toFormat('yyyy-MM-dd');
}
