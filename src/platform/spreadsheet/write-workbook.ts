import { rm } from 'node:fs/promises';
import type ExcelJS from 'exceljs';
import { excel } from './excel.js';
import { harmlessText } from './marks.js';
import { columnLetters } from './sheet.js';
import { storeWorkbook } from './stored-archive.js';

export interface CellLook {
  readonly size?: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly align?: 'left' | 'center' | 'right';
  readonly border?: boolean;
  readonly shade?: boolean;
}

/** A cell over one or several columns. `whole` is a whole number as digits, to be counted with; `text` is a text. */
export interface OutCell extends CellLook {
  readonly text?: string;
  readonly whole?: string;
  readonly span?: number;
}

export interface OutRow {
  readonly cells: readonly OutCell[];
  /** Points; what the text needs, when absent. */
  readonly height?: number;
}

export interface OutSheet {
  readonly name: string;
  /** Of the columns, in characters. */
  readonly widths: readonly number[];
  readonly head: readonly OutRow[];
  /** The last rows of `head`, so many, stand above every printed page. */
  readonly repeats: number;
  readonly rows: () => AsyncIterable<OutRow>;
  /** At the foot of every printed page: left, and right before the page's number. */
  readonly foot: string;
}

export interface OutWorkbook {
  readonly title: string;
  readonly author: string;
  /** When it came to be, as the file says of itself; the same time gives the same bytes. */
  readonly at: Date;
  readonly sheets: readonly OutSheet[];
}

const FONT = 'Times New Roman';
const SIZE = 11;
const EDGE = { style: 'thin' } as const;
const ALL_EDGES = { top: EDGE, left: EDGE, bottom: EDGE, right: EDGE };
const A4 = 9;
const INCHES = { left: 0.4, right: 0.4, top: 0.5, bottom: 0.6, header: 0.3, footer: 0.3 };
/** A spreadsheet's number is a double: so many digits it keeps, and says so. Longer ones are written as text. */
const EXACT_DIGITS = 15;
const LINE_HEIGHT = 15;
/** Excel has no higher rows. */
const LINES_MAX = 27;

/**
 * Writes a workbook to be printed, A4 landscape, row by row. Nothing in it computes, and it is the same to the last
 * byte whenever and wherever the same is written.
 */
export async function writeWorkbook(target: string, workbook: OutWorkbook): Promise<void> {
  const packed = `${target}.packed`;
  try {
    await pack(packed, workbook);
    await storeWorkbook(packed, target, workbook.at);
  } finally {
    await rm(packed, { force: true });
  }
}

async function pack(target: string, { title, author, at, sheets }: OutWorkbook): Promise<void> {
  const { stream } = await excel();
  const writer = new stream.xlsx.WorkbookWriter({
    filename: target,
    useStyles: true,
    zip: { zlib: { level: 1 } },
  });
  Object.assign(writer, { title, creator: author, lastModifiedBy: author });
  writer.created = at;
  writer.modified = at;
  for (const sheet of sheets) await writeSheet(writer, sheet);
  await writer.commit();
}

async function writeSheet(
  writer: ExcelJS.stream.xlsx.WorkbookWriter,
  { name, widths, head, repeats, rows, foot }: OutSheet,
): Promise<void> {
  const out = writer.addWorksheet(name, {
    views: [{ showGridLines: false }],
    pageSetup: {
      ...{ paperSize: A4, orientation: 'landscape', margins: INCHES },
      ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true },
      printTitlesRow: `${head.length - repeats + 1}:${head.length}`,
    },
    headerFooter: { oddFooter: `&L&8${foot.replaceAll('&', '&&')}&R&8Trang &P/&N` },
  });
  out.columns = widths.map((width) => ({ width }));
  for (const row of head) writeRow(out, row, widths);
  for await (const row of rows()) writeRow(out, row, widths);
  out.commit();
}

function writeRow(
  out: ExcelJS.Worksheet,
  { cells, height }: OutRow,
  widths: readonly number[],
): void {
  const row = out.addRow([]);
  const needed = height ?? heightOf(cells, widths);
  if (needed !== undefined) row.height = needed;
  let first = 1;
  for (const cell of cells) {
    const { span = 1 } = cell;
    for (let at = first; at < first + span; at += 1) look(row.getCell(at), cell);
    row.getCell(first).value = valueOf(cell);
    const last = first + span - 1;
    if (span > 1) {
      out.mergeCells(`${columnLetters(first)}${row.number}:${columnLetters(last)}${row.number}`);
    }
    first += span;
  }
  row.commit();
}

/** Not every program gives a broken text the lines it takes: so many as it may need, when one does not do. */
function heightOf(cells: readonly OutCell[], widths: readonly number[]): number | undefined {
  let first = 0;
  let lines = 1;
  for (const { text = '', span = 1, size = SIZE } of cells) {
    let room = 0;
    for (const width of widths.slice(first, first + span)) room += width - 1;
    first += span;
    const taken = Math.ceil((text.length * size) / (SIZE * Math.max(1, room)));
    lines = Math.max(lines, Math.min(taken, LINES_MAX));
  }
  return lines === 1 ? undefined : lines * LINE_HEIGHT;
}

function look(out: ExcelJS.Cell, cell: OutCell): void {
  out.font = { name: FONT, size: cell.size ?? SIZE, bold: cell.bold, italic: cell.italic };
  out.alignment = { horizontal: cell.align, vertical: 'middle', wrapText: true };
  if (cell.border) out.border = ALL_EDGES;
  if (cell.shade) {
    out.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEEEEEE' } };
  }
  out.numFmt = cell.whole === undefined ? '@' : '#,##0';
}

function valueOf({ text = '', whole }: OutCell): ExcelJS.CellValue {
  if (whole === undefined) return text === '' ? null : harmlessText(text);
  return whole.replace('-', '').length > EXACT_DIGITS ? whole : Number(whole);
}
