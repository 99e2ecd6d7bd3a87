import { parse } from 'csv-parse/sync';
import { excel } from '../../../platform/spreadsheet/index.js';

/* The tables of a portal as texts: what is uploaded, and what is downloaded. */

export type Rows = readonly (readonly string[])[];

const BOM = '\uFEFF';

/** Not a table of either kind. */
export class NoTable extends Error {}

/** @throws NoTable */
export async function rowsOf(bytes: Buffer): Promise<Rows> {
  try {
    return bytes.subarray(0, 2).toString('latin1') === 'PK'
      ? await rowsOfXlsx(bytes)
      : rowsOfCsv(bytes);
  } catch (error) {
    throw new NoTable(error instanceof Error ? error.message : 'unreadable');
  }
}

export async function sheetOf(rows: Rows, format: 'xlsx' | 'csv'): Promise<Buffer> {
  if (format === 'csv') {
    const lines = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
    return Buffer.from(`${BOM}${lines.join('\r\n')}\r\n`);
  }
  const { Workbook } = await excel();
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('Ket qua');
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

async function rowsOfXlsx(bytes: Buffer): Promise<Rows> {
  const { Workbook } = await excel();
  const workbook = new Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  const rows: string[][] = [];
  workbook.worksheets[0]?.eachRow({ includeEmpty: true }, (row) => {
    rows.push(Array.from({ length: row.cellCount }, (_, at) => row.getCell(at + 1).text));
  });
  return rows;
}

function rowsOfCsv(bytes: Buffer): Rows {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(BOM, '');
  const [firstLine = ''] = text.split('\n');
  const delimiter = firstLine.includes(';') ? ';' : ',';
  return parse(text, { delimiter, relaxColumnCount: true });
}
