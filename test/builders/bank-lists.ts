import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import ExcelJS from 'exceljs';
import {
  bankFileSchema,
  BankRegistry,
  type Bank,
  type BankFile,
  type FileChannel,
  type FileMessage,
  type PaymentOrder,
  type ReceivedFile,
  type SentFiles,
  type SentOrder,
} from '../../src/banks/index.js';
import { bankReferenceOf, Money, SystemClock } from '../../src/kernel/index.js';
import { loadYaml } from '../../src/platform/config/index.js';
import { openSpreadsheet } from '../../src/platform/spreadsheet/index.js';
import { scratchFolder } from './scratch-folder.js';

const source = { configDir: resolve('config'), variable: () => undefined };

/** The lists that are shipped as patterns, by the name of their files. */
export const SHIPPED_LISTS = readdirSync(resolve('config/banks/examples'))
  .filter((name) => name.endsWith('-list.yaml'))
  .sort();

/** A bank of lists by one of the shipped patterns; `differs` in what a spec says. */
export function listBankFile(name: string, differs: Partial<BankFile> = {}): BankFile {
  return { ...loadYaml(source, `banks/examples/${name}`, bankFileSchema), ...differs };
}

export function listBank(file: BankFile): { bank: Bank; files: FileChannel } {
  const [bank] = BankRegistry.of([file], new SystemClock()).all();
  if (!bank?.adapter.files) throw new Error('no bank of lists');
  return { bank, files: bank.adapter.files };
}

/** The nth order of a message: valid, and like no other. */
export function listOrder(nth: number, differs: Partial<PaymentOrder> = {}): PaymentOrder {
  const id = `01930000-0000-7000-8000-${String(nth).padStart(12, '0')}`;
  return {
    reference: bankReferenceOf(id),
    amount: Money.of(String(500_000 + nth)),
    bankBin: '970405',
    accountNumber: `00${7_000_000_000 + nth}`,
    accountName: 'Đặng Thị Hoà',
    narrative: 'TRO CAP T11 2026',
    fund: 'NCC_CENTRAL',
    ...differs,
  };
}

export const LIST_MESSAGE = 'CM019300000000700080000000000000AA';

export function listMessage(orders: readonly PaymentOrder[]): FileMessage {
  return {
    reference: LIST_MESSAGE,
    orders,
    total: Money.sum(orders.map(({ amount }) => amount)),
    madeAt: new Date('2026-11-21T03:00:00Z'),
  };
}

export async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The rows of a written list as texts, header and titles included. */
export async function rowsOfList(bytes: Buffer): Promise<string[][]> {
  const folder = await scratchFolder();
  try {
    const sheet = await openSpreadsheet(await folder.file(bytes));
    const rows: string[][] = [];
    for await (const { cells, width } of sheet.sheets[0]?.rows() ?? []) {
      rows.push(Array.from({ length: width }, (_, at) => cells.get(at + 1)?.text ?? ''));
    }
    await sheet.close();
    return rows;
  } finally {
    await folder.remove();
  }
}

/** A result list as a workbook. */
export async function resultWorkbook(
  rows: readonly (readonly ExcelJS.CellValue[])[],
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Kết quả');
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** Messages as `banks` keeps them. */
export function sentFiles(messages: readonly FileMessage[]): SentFiles {
  const found = new Map(messages.map((message) => [message.reference, sentOrders(message.orders)]));
  return {
    orders: (reference) => Promise.resolve(found.get(reference) ?? null),
    madeAt: (reference) =>
      Promise.resolve(messages.find((each) => each.reference === reference)?.madeAt ?? null),
    recent: ({ limit }) => Promise.resolve([...found.keys()].reverse().slice(0, limit)),
  };
}

function sentOrders(orders: readonly PaymentOrder[]): SentOrder[] {
  return orders.map(({ reference, amount, bankBin, accountNumber, accountName, fund }, at) => ({
    position: at + 1,
    ...{ reference, amount, bankBin, accountNumber, accountName, fund },
  }));
}

/** Reads a result as if it had just been brought. */
export async function readList(
  files: FileChannel,
  result: { content: Buffer; sent: readonly FileMessage[]; fileName?: string; answers?: string },
) {
  const folder = await scratchFolder();
  try {
    const file: ReceivedFile = {
      id: 'file',
      fileName: result.fileName ?? 'ket-qua.xlsx',
      sha256: createHash('sha256').update(result.content).digest('hex'),
      byteSize: result.content.length,
      path: await folder.file(result.content),
      receivedAt: new Date('2026-11-22T03:00:00Z'),
      ...(result.answers !== undefined && { answers: result.answers }),
    };
    return await files.read(file, sentFiles(result.sent));
  } finally {
    await folder.remove();
  }
}
