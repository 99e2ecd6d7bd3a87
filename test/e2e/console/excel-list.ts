import exceljs from 'exceljs';
import type { Person } from '../month.js';

const HEAD = [
  'STT',
  'Họ và tên',
  'Số định danh',
  'Mã xã/phường',
  'Chế độ',
  'Kỳ',
  'Số tiền',
  'Số quyết định',
  'Ngày quyết định',
  'Số tài khoản',
  'Tên tài khoản',
  'Ngân hàng',
];

/** A list as an office keeps it: a title above, and everything typed as text. */
export async function excelList(persons: readonly Person[], period: string): Promise<Buffer> {
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('Danh sách');
  sheet.addRow(['DANH SÁCH CHI TRẢ TRỢ CẤP']);
  sheet.addRow(HEAD);
  persons.forEach((person, at) =>
    sheet.addRow([
      String(at + 1),
      person.name,
      person.number,
      '05977',
      'NCC_MONTHLY',
      period,
      person.amount ?? '2.789.000',
      '12/QĐ-SNV',
      '15/01/2026',
      person.account,
      person.name,
      person.bin ?? '970405',
    ]),
  );
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** Every comment in a workbook: `G4: …`. */
export async function commentsIn(file: Buffer): Promise<string[]> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(file as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  const found: string[] = [];
  for (const sheet of workbook.worksheets) {
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.note) found.push(`${cell.address}: ${JSON.stringify(cell.note)}`);
      }),
    );
  }
  return found;
}
