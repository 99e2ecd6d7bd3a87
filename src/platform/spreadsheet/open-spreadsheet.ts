import { open } from 'node:fs/promises';
import { openCsv } from './csv-reader.js';
import { openJson } from './json-reader.js';
import type { Spreadsheet } from './sheet.js';
import { spreadsheetErrors } from './spreadsheet.errors.js';
import { openXlsx } from './xlsx-reader.js';

/** What a file is, by its first bytes; its name and declared type may say anything. */
export type SpreadsheetFormat = Spreadsheet['format'];

const FIRST_BYTES = 4_096;

/**
 * Opens a file of rows. The caller closes it.
 * @throws DomainError `spreadsheet.*` when it is empty, encrypted, an old .xls, UTF-16, damaged or no table.
 */
export async function openSpreadsheet(path: string): Promise<Spreadsheet> {
  switch (formatOf(await firstBytes(path))) {
    case 'xlsx':
      return openXlsx(path);
    case 'json':
      return openJson(path);
    case 'csv':
      return openCsv(path);
  }
}

/** @throws DomainError when the bytes begin no format that we read. */
export function formatOf(first: Buffer): SpreadsheetFormat {
  if (first.length === 0) throw spreadsheetErrors.empty();
  if (startsWith(first, [0x50, 0x4b, 0x03, 0x04])) return 'xlsx';
  // Compound files: .xls before 2007, and .xlsx under a password.
  if (startsWith(first, [0xd0, 0xcf, 0x11, 0xe0])) throw spreadsheetErrors.oldFormat();
  if (startsWith(first, [0xff, 0xfe]) || startsWith(first, [0xfe, 0xff])) {
    throw spreadsheetErrors.notUtf8();
  }
  if (first.includes(0)) throw spreadsheetErrors.notATable();
  const text = first
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (text === '') throw spreadsheetErrors.empty();
  if (/^(%PDF|<)/.test(text)) throw spreadsheetErrors.notATable();
  return /^(\[\s*[{\]]|\{)/.test(text) ? 'json' : 'csv';
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function startsWith(bytes: Buffer, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
