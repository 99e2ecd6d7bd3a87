import ExcelJS from 'exceljs';

type Value = string | number | Date | ExcelJS.CellValue;

/** A valid line by heading; a spec says only what differs. `nr` makes another person of it. */
export function line(nr: number, differs: Readonly<Record<string, Value>> = {}) {
  return {
    STT: nr,
    'Họ và tên': `Nguyễn Văn Thử ${'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(nr % 26)}${'abcdefghijklmnopqrstuvwxyz'.charAt(Math.floor(nr / 26) % 26)}`,
    'Số định danh': String(20_000_000_000 + nr).padStart(12, '0'),
    'Ngày sinh': '02/09/1950',
    'Mã xã/phường': '05983',
    'Chế độ': 'NCC_MONTHLY',
    Kỳ: '11/2026',
    'Loại khoản': '',
    'Số tiền': '2.789.000',
    'Số quyết định': `12/QĐ-${nr}`,
    'Ngày quyết định': '15/01/2024',
    'Số tài khoản': '',
    'Tên tài khoản': '',
    'Ngân hàng': '',
    ...differs,
  } as Record<string, Value>;
}

export interface WorkbookLayout {
  /** Rows above the header. */
  readonly titles?: readonly string[];
  readonly sheetName?: string;
}

/** The lines as a workbook; the header is made of all headings that occur. */
export async function workbookOf(
  lines: readonly Readonly<Record<string, Value>>[],
  layout: WorkbookLayout = {},
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(layout.sheetName ?? 'Danh sách');
  for (const title of layout.titles ?? []) sheet.addRow([title]);
  const headings = headingsOf(lines);
  sheet.addRow(headings);
  for (const values of lines) sheet.addRow(headings.map((heading) => values[heading] ?? null));
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

export function csvOf(lines: readonly Readonly<Record<string, Value>>[], delimiter = ','): string {
  const headings = headingsOf(lines);
  const rows = [
    headings,
    ...lines.map((values) => headings.map((heading) => values[heading] ?? '')),
  ];
  return rows
    .map((row) => row.map((value) => `"${textOf(value).replaceAll('"', '""')}"`).join(delimiter))
    .join('\n');
}

function headingsOf(lines: readonly Readonly<Record<string, Value>>[]): string[] {
  return [...new Set(lines.flatMap((values) => Object.keys(values)))];
}

function textOf(value: Value): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
