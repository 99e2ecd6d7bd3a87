import { InvariantError, officeStamp } from '../../kernel/index.js';
import { countOf, headOf } from './export-head.js';
import type { ExportColumn, ExportKind, ExportList } from './export-shape.js';
import { ExportTally } from './export-tally.js';
import {
  contentTypes,
  numberCell,
  propertiesOf,
  relationsOf,
  ROOT_RELATIONS,
  rowOf,
  SHEET_END,
  sheetStart,
  STYLES,
  textCell,
  workbookOf,
} from './export-xlsx-parts.js';
import { harmlessText } from './marks.js';
import { zipped, type ZipPart } from './zip-stream.js';

/** A sheet has 1,048,576 rows; what is beyond goes to the next one. */
const ROWS_ON_A_SHEET = 1_000_000;
const SHEETS_MAX = 50;
/** A spreadsheet's number is a double: longer ones are written as text. */
const EXACT_DIGITS = 15;
/** More, no cell may hold. */
const TEXT_MAX = 32_767;
const DAY_MS = 24 * 3_600_000;
const DAY_NOUGHT = Date.UTC(1899, 11, 30);

const WIDTHS: Readonly<Record<ExportKind, number>> = {
  text: 22,
  money: 18,
  count: 12,
  share: 12,
  date: 12,
  moment: 18,
};

/** The workbook's parts as they come to be; its sheets are as many as the rows need, which only the end knows. */
export function xlsxOf<R>(list: ExportList<R>): AsyncGenerator<Buffer, void> {
  return zipped(partsOf(list));
}

function* partsOf<R>(list: ExportList<R>): Generator<ZipPart, void> {
  const writing = new SheetWriting(list);
  for (let sheet = 1; sheet <= SHEETS_MAX && !writing.isDone; sheet += 1) {
    yield { name: `xl/worksheets/sheet${sheet}.xml`, content: writing.sheet() };
  }
  if (!writing.isDone) throw new InvariantError('a list has more rows than a workbook');
  const { sheets, headRows } = writing;
  yield { name: '[Content_Types].xml', content: [contentTypes(sheets)] };
  yield { name: '_rels/.rels', content: [ROOT_RELATIONS] };
  yield { name: 'docProps/core.xml', content: [propertiesOf(list)] };
  yield { name: 'xl/workbook.xml', content: [workbookOf(sheets, headRows)] };
  yield { name: 'xl/_rels/workbook.xml.rels', content: [relationsOf(sheets)] };
  yield { name: 'xl/styles.xml', content: [STYLES] };
}

class SheetWriting<R> {
  isDone = false;
  sheets = 0;
  readonly headRows: number;
  private readonly tally: ExportTally<R>;
  private readonly rows: AsyncIterator<R> | Iterator<R>;

  constructor(private readonly list: ExportList<R>) {
    this.tally = new ExportTally(list.columns);
    this.headRows = headOf(list).length + 3;
    this.rows =
      Symbol.asyncIterator in list.rows
        ? list.rows[Symbol.asyncIterator]()
        : list.rows[Symbol.iterator]();
  }

  async *sheet(): AsyncGenerator<string, void> {
    const { columns } = this.list;
    this.sheets += 1;
    const widths = columns.map(({ kind, width }) => width ?? WIDTHS[kind]);
    yield sheetStart(widths, this.headRows);
    yield this.head();
    let at = this.headRows;
    let isWhole = false;
    try {
      for (let written = 0; written < ROWS_ON_A_SHEET && !this.isDone; written += 1) {
        const step: IteratorResult<R, unknown> = await this.rows.next();
        at += 1;
        if (step.done) {
          this.isDone = true;
          yield this.end(at);
        } else {
          this.tally.add(step.value);
          const cells = columns.map((column) => cellOf(column, step.value));
          yield rowOf(at, cells);
        }
      }
      yield SHEET_END;
      isWhole = true;
    } finally {
      if (!isWhole) await this.rows.return?.();
    }
  }

  private head(): string {
    const { title, columns } = this.list;
    const facts = headOf(this.list);
    return [
      rowOf(1, [textCell(harmlessText(title), 'title')]),
      ...facts.map(({ label, value }, at) =>
        rowOf(at + 2, [textCell(`${label}: ${value}`, 'text')]),
      ),
      rowOf(
        this.headRows,
        columns.map(({ heading }) => textCell(harmlessText(heading), 'heading')),
      ),
    ].join('');
  }

  private end(at: number): string {
    const [, ...sums] = this.tally.totals;
    return rowOf(at, [
      textCell(countOf(this.list, this.tally.count), 'sumText'),
      ...sums.map((sum) => (sum === null ? '' : wholeCell(sum, 'sum'))),
    ]);
  }
}

function cellOf<R>(column: ExportColumn<R>, row: R): string {
  const value = column.value(row);
  if (value === null || value === undefined) return '';
  const { kind } = column;
  if (value instanceof Date) return numberCell(String(serialOf(value)), 'moment');
  if (kind === 'text' || kind === 'moment') {
    return textCell(harmlessText(String(value)).slice(0, TEXT_MAX), 'text');
  }
  if (kind === 'date') {
    return numberCell(String((Date.parse(String(value)) - DAY_NOUGHT) / DAY_MS), 'date');
  }
  return wholeCell(String(value), kind);
}

/** What is no plain number, or longer than a spreadsheet counts, stands there as a text. */
function wholeCell(digits: string, style: 'money' | 'count' | 'share' | 'sum'): string {
  const isNumber =
    /^-?\d+(\.\d+)?$/.test(digits) && digits.replace(/\D/g, '').length <= EXACT_DIGITS;
  return isNumber ? numberCell(digits, style) : textCell(harmlessText(digits), 'text');
}

/** Days since the one that spreadsheets count from, by the office's clock. */
function serialOf(at: Date): number {
  return (Date.parse(`${officeStamp(at)}Z`) - DAY_NOUGHT) / DAY_MS;
}
