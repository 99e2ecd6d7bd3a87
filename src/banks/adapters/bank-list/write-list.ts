import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bankText, tidyText } from '../../../kernel/index.js';
import {
  csvField,
  harmlessText,
  writeWorkbook,
  type OutRow,
} from '../../../platform/spreadsheet/index.js';
import type { FileMessage, PaymentOrder, WrittenFile } from '../../contract.js';
import type { BankListOptions } from './options.js';
import { filled, type Values } from './template.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const NAME_LONGEST = 140;
/** Lines of a CSV file are handed on in pieces of about so many characters. */
const PIECE_CHARACTERS = 64 * 1024;

/** The list of one message as the bank's portal takes it; the same message gives the same bytes. */
export function writeList(message: FileMessage, options: BankListOptions): WrittenFile {
  const { format } = options;
  return {
    fileName: `${options.fileName.replaceAll('{reference}', message.reference)}.${format}`,
    mediaType: format === 'xlsx' ? XLSX : 'text/csv; charset=utf-8',
    content: format === 'xlsx' ? workbook(message, options) : csv(message, options),
  };
}

async function* workbook(
  message: FileMessage,
  options: BankListOptions,
): AsyncGenerator<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'chitra-bank-list-'));
  try {
    const path = join(folder, 'list.xlsx');
    const head: OutRow[] = [
      ...options.titleRows.map((cells) => ({ cells: cells.map((text) => ({ text })) })),
      { cells: options.columns.map(({ header }) => ({ text: header, bold: true })) },
    ];
    await writeWorkbook(path, {
      title: message.reference,
      author: 'ChiTra',
      at: message.madeAt,
      sheets: [
        {
          name: options.sheet,
          widths: options.columns.map(({ width }) => width),
          head,
          repeats: 1,
          rows: () => workbookRows(message, options),
          foot: message.reference,
        },
      ],
    });
    yield* createReadStream(path) as AsyncIterable<Buffer>;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* workbookRows(
  message: FileMessage,
  options: BankListOptions,
): AsyncGenerator<OutRow> {
  for (const values of valuesOf(message, options)) {
    const cells = options.columns.map(({ value, cell, maxLength }) => {
      const text = filled(value, values, maxLength);
      return cell === 'number' ? { whole: text } : { text };
    });
    yield await Promise.resolve({ cells });
  }
}

async function* csv(message: FileMessage, options: BankListOptions): AsyncGenerator<Uint8Array> {
  const { delimiter, byteOrderMark } = options.csv;
  const line = (texts: readonly string[]): string =>
    `${texts.map((text) => csvField(harmlessText(text), delimiter)).join(delimiter)}\r\n`;
  let piece = byteOrderMark ? '\ufeff' : '';
  for (const cells of options.titleRows) piece += line(cells);
  piece += line(options.columns.map(({ header }) => header));
  for (const values of valuesOf(message, options)) {
    piece += line(options.columns.map((c) => filled(c.value, values, c.maxLength)));
    if (piece.length < PIECE_CHARACTERS) continue;
    yield await Promise.resolve(Buffer.from(piece, 'utf8'));
    piece = '';
  }
  yield Buffer.from(piece, 'utf8');
}

function* valuesOf(message: FileMessage, options: BankListOptions): Generator<Values> {
  for (const [at, order] of message.orders.entries()) {
    yield {
      row: String(at + 1),
      reference: order.reference,
      messageReference: message.reference,
      accountNumber: order.accountNumber,
      accountName: nameOf(order, options),
      bankBin: order.bankBin,
      bankName: options.bankNames[order.bankBin] ?? order.bankBin,
      amount: order.amount.toString(),
      narrative: order.narrative,
      fund: order.fund,
    };
  }
}

function nameOf({ accountName }: PaymentOrder, { names }: BankListOptions): string {
  return names === 'bank' ? bankText(accountName, NAME_LONGEST) : tidyText(accountName);
}
