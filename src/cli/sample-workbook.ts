import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type ExcelJS from 'exceljs';
import { excel } from '../platform/spreadsheet/index.js';
import { SAMPLE_COLUMNS, type SampleCell } from './sample-columns.js';
import type { SampleList } from './sample-list.js';

/** The day the workbook says it was made: the same list is the same file, byte for byte. */
const MADE_AT = new Date('2026-11-01T00:00:00Z');
const WIDTHS = [6, 28, 16, 12, 13, 16, 10, 14, 14, 16, 14, 18, 28, 28, 24, 18, 16, 18, 20];

/** The list as an office sends it: title lines, a header, the rows and a total, as .xlsx. */
export async function sampleWorkbook(list: SampleList): Promise<Buffer> {
  const stream = new PassThrough();
  const bytes = buffer(stream);
  const { stream: streamed } = await excel();
  const workbook = new streamed.xlsx.WorkbookWriter({ stream, useStyles: true });
  workbook.created = MADE_AT;
  workbook.modified = MADE_AT;
  const sheet = workbook.addWorksheet('Danh sách');
  sheet.columns = WIDTHS.map((width) => ({ width }));
  for (const line of list.title) sheet.addRow([line]).commit();
  sheet.addRow([]).commit();
  const header = sheet.addRow([...SAMPLE_COLUMNS]);
  header.font = { bold: true };
  header.commit();
  for (const { cells } of list.rows) {
    sheet.addRow(SAMPLE_COLUMNS.map((column) => valueOf(cells[column]))).commit();
  }
  sheet.addRow(['', 'Tổng cộng', '', '', '', '', '', '', list.total.format('vi')]).commit();
  await workbook.commit();
  return withZipDates(await bytes, MADE_AT);
}

function valueOf(cell: SampleCell | undefined): ExcelJS.CellValue {
  if (cell === undefined) return null;
  if (typeof cell !== 'object') return cell;
  return 'formula' in cell ? { formula: cell.formula, date1904: false } : { error: cell.error };
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;

/** Sets the time of every entry of the archive, which its writer takes from the wall clock. */
function withZipDates(zip: Buffer, at: Date): Buffer {
  const date =
    ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || zip.readUInt32LE(end) !== END_OF_DIRECTORY) throw new RangeError('not an archive');
  const entries = zip.readUInt16LE(end + 10);
  let entry = zip.readUInt32LE(end + 16);
  for (let seen = 0; seen < entries && zip.readUInt32LE(entry) === DIRECTORY_ENTRY; seen += 1) {
    const local = zip.readUInt32LE(entry + 42);
    for (const field of [entry + 12, local + 10]) zip.writeUInt32LE((date << 16) >>> 0, field);
    entry += 46 + [28, 30, 32].reduce((sum, at) => sum + zip.readUInt16LE(entry + at), 0);
  }
  return zip;
}
