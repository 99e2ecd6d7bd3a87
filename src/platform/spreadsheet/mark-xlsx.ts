import type ExcelJS from 'exceljs';
import { excel } from './excel.js';
import type { CellMark } from './marks.js';

/** Larger workbooks are not held in memory: exceljs needs some thirty times the file's size. */
export const MARKED_WORKBOOK_BYTES_MAX = 6 * 1024 * 1024;

const FILLS = { error: 'FFFFC7CE', warning: 'FFFFEB9C', corrected: 'FFC6EFCE' } as const;
const GRAVITY = { error: 2, warning: 1, corrected: 0 } as const;
/** Excel shows no more of a note, and a cell seldom has more to say. */
const NOTE_MAX = 1_500;

/**
 * The very workbook with the cells marked and commented; everything else as exceljs keeps it (other sheets,
 * styles, widths, merged titles, formulas; not charts, pivot tables and macros). Held in memory whole.
 * @returns false when exceljs cannot load this workbook.
 */
export async function markWorkbook(
  path: string,
  marked: { sheetName: string; marks: readonly CellMark[]; target: string },
): Promise<boolean> {
  const workbook = await loaded(path);
  const sheet = workbook?.getWorksheet(marked.sheetName);
  if (!workbook || !sheet) return false;
  for (const group of byCell(marked.marks)) {
    const cell = sheet.getCell(group.row, group.column);
    // Cells of one style share one object in exceljs: a fill set on it would colour them all.
    cell.style = { ...cell.style, fill: solid(FILLS[group.severity]) };
    cell.note = { texts: [{ text: group.text.slice(0, NOTE_MAX) }] };
  }
  await workbook.xlsx.writeFile(marked.target);
  return true;
}

// Our reader understands more workbooks than exceljs (namespace prefixes, odd part names): those it cannot load
// get the generated copy instead.
async function loaded(path: string): Promise<ExcelJS.Workbook | null> {
  const { Workbook } = await excel();
  const workbook = new Workbook();
  try {
    await workbook.xlsx.readFile(path);
    return workbook;
  } catch {
    return null;
  }
}

function solid(argb: string): ExcelJS.FillPattern {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

interface MarkedCell {
  row: number;
  column: number;
  severity: CellMark['severity'];
  text: string;
}

/** Several things about one cell are one note, and the gravest gives the colour. A row's mark lies on its first cell. */
export function byCell(marks: readonly CellMark[]): MarkedCell[] {
  const cells = new Map<string, MarkedCell>();
  for (const { row, column, severity, text } of marks) {
    const key = `${row}/${column ?? 1}`;
    const cell = cells.get(key);
    if (!cell) cells.set(key, { row, column: column ?? 1, severity, text });
    else {
      cell.text = `${cell.text}\n${text}`;
      if (GRAVITY[severity] > GRAVITY[cell.severity]) cell.severity = severity;
    }
  }
  return [...cells.values()];
}

/**
 * A new workbook written row by row, for files too large to be marked themselves. The first row is the header;
 * rows are marked by giving columns.
 */
export async function writeMarkedRows(
  target: string,
  sheet: {
    name: string;
    rows: AsyncIterable<{ cells: readonly string[]; marks: readonly Omit<CellMark, 'row'>[] }>;
  },
): Promise<void> {
  const { stream } = await excel();
  const writer = new stream.xlsx.WorkbookWriter({ filename: target, useStyles: true });
  const out = writer.addWorksheet(sheet.name.replace(/[*?:\\/[\]]/g, ' ').slice(0, 31) || 'Sheet1');
  for await (const { cells, marks } of sheet.rows) {
    const row = out.addRow(cells);
    for (const group of byCell(marks.map((mark) => ({ ...mark, row: row.number })))) {
      row.getCell(group.column).fill = solid(FILLS[group.severity]);
    }
    row.commit();
  }
  await writer.commit();
}
