import type ExcelJS from 'exceljs';
import type { FileReading, ReportReading } from '../../src/banks/index.js';
import {
  listBank,
  listBankFile,
  listMessage,
  listOrder,
  readList,
  resultWorkbook,
} from './bank-lists.js';

/** The heading of a result of the bank that is shipped as a pattern; case and brackets are as people type them. */
export const HEADER = [
  ...['STT', 'Mã giao dịch KH', 'SỐ TÀI KHOẢN thụ hưởng', 'Số tiền (VND)', 'Trạng thái'],
  ...['Lý do', 'Mã giao dịch NH', 'Thời gian xử lý'],
];
export const [ONE, TWO, THREE] = [listOrder(1), listOrder(2), listOrder(3)] as const;
/** The list that the results answer. */
export const SENT = listMessage([ONE, TWO, THREE]);

export type Row = readonly ExcelJS.CellValue[];

/** A row of a result as the bank gives it; `said` are its status, reason, reference and time. */
export function resultRow(order: typeof ONE, ...said: Row): Row {
  return ['', order.reference, order.accountNumber, order.amount.toString(), ...said];
}

export function reportOf(reading: FileReading): ReportReading {
  if (reading.kind !== 'report') throw new Error(`it is ${reading.kind}`);
  return reading.report;
}

export const { files } = listBank(listBankFile('vietinbank-list.yaml'));

/** What is read from a result of these rows. */
export async function readRows(
  rows: readonly Row[],
  given: { answers?: string; fileName?: string } = {},
): Promise<ReportReading> {
  const content = await resultWorkbook(rows);
  return reportOf(await readList(files, { content, sent: [SENT], ...given }));
}
