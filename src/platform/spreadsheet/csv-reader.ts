import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse';
import { parse as parseSync } from 'csv-parse/sync';
import { COLUMNS_MAX, columnLetters } from './sheet.js';
import type { Cell, Sheet, SheetRow, Spreadsheet } from './sheet.js';
import { spreadsheetErrors } from './spreadsheet.errors.js';

const DELIMITERS = [';', '\t', ','] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How much of the beginning is looked at to find the delimiter. */
const SAMPLE_BYTES = 64 * 1024;
const SAMPLE_RECORDS = 40;
/** A record longer than this is a quotation mark without its pair, not a person. */
const RECORD_CHARACTERS_MAX = 200_000;
/** As many as a sheet can have; a list is a fifth of it. */
const RECORDS_MAX = 1_048_576;
/** Of every kind, also mixed: title lines are pasted from elsewhere. */
const LINE_ENDS = ['\r\n', '\n', '\r'];

class RecordTooLong extends Error {}

/** Reads comma-, semicolon- or tab-separated UTF-8 text, with or without a byte-order mark, record by record. */
export async function openCsv(path: string, recordsMax = RECORDS_MAX): Promise<Spreadsheet> {
  const sample = await sampleOf(path);
  const delimiter = detectDelimiter(sample);
  return {
    format: 'csv',
    sheets: [new CsvSheet(path, delimiter, recordsMax)],
    close: () => Promise.resolve(),
  };
}

class CsvSheet implements Sheet {
  readonly name = 'CSV';
  readonly hidden = false;

  constructor(
    private readonly path: string,
    private readonly delimiter: Delimiter,
    private readonly recordsMax: number,
  ) {}

  columnName(column: number): string {
    return columnLetters(column);
  }

  cellName(column: number, row: number): string {
    return `${columnLetters(column)}${row}`;
  }

  async *rows(): AsyncGenerator<SheetRow> {
    let number = 0;
    try {
      for await (const fields of readCsvRecords(this.path, this.delimiter)) {
        number += 1;
        if (number > this.recordsMax) throw spreadsheetErrors.tooManyRows(this.recordsMax);
        yield rowOf(number, fields);
      }
    } catch (error) {
      const isBroken = error instanceof CsvError || error instanceof RecordTooLong;
      throw isBroken ? spreadsheetErrors.brokenCsv(number + 1) : error;
    }
  }
}

/** The records of a CSV file as texts, empty lines included, so that numbers stay what a spreadsheet shows. */
export async function* readCsvRecords(
  path: string,
  delimiter: Delimiter,
): AsyncGenerator<string[]> {
  const parser = parse({
    delimiter,
    record_delimiter: LINE_ENDS,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: RECORD_CHARACTERS_MAX,
  });
  const text = decodedText(path);
  let sinceRecord = 0;
  const feeding = (async () => {
    try {
      for await (const piece of text) {
        const before = parser.info.records;
        if (!parser.write(piece)) await drained(parser);
        if (parser.destroyed) return;
        // The parser's own limit counts letters only; a record of nothing but delimiters has none.
        sinceRecord = parser.info.records === before ? sinceRecord + piece.length : 0;
        if (sinceRecord > RECORD_CHARACTERS_MAX) throw new RecordTooLong();
      }
      parser.end();
    } catch (error) {
      parser.destroy(error instanceof Error ? error : new Error('unreadable'));
    }
  })();
  try {
    for await (const record of parser) yield record as string[];
  } finally {
    parser.destroy();
    await feeding;
  }
}

function drained(parser: NodeJS.EventEmitter): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ['drain', 'close', 'error']) parser.off(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) parser.on(event, done);
  });
}

async function* decodedText(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Buffer): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw spreadsheetErrors.notUtf8();
    }
  };
  for await (const bytes of createReadStream(path)) {
    const text = decode(bytes as Buffer);
    if (text.includes('\0')) throw spreadsheetErrors.notUtf8();
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}

export async function sampleOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
    return new TextDecoder('utf-8').decode(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/**
 * The delimiter under which the first records are most alike and widest. Title lines above the table have
 * one field under every delimiter, so they do not disturb.
 */
export function detectDelimiter(sample: string): Delimiter {
  const scored = DELIMITERS.map((delimiter) => ({ delimiter, score: scoreOf(sample, delimiter) }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

function scoreOf(sample: string, delimiter: Delimiter): number {
  const widths = new Map<number, number>();
  const records: unknown[][] = parseSync(sample, {
    delimiter,
    record_delimiter: LINE_ENDS,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
    to: SAMPLE_RECORDS,
  });
  for (const record of records) widths.set(record.length, (widths.get(record.length) ?? 0) + 1);
  let best = 0;
  for (const [width, count] of widths) {
    if (width > 1) best = Math.max(best, count * Math.min(width, COLUMNS_MAX));
  }
  return best;
}

function rowOf(number: number, fields: readonly string[]): SheetRow {
  const cells = new Map<number, Cell>();
  for (const [index, text] of fields.slice(0, COLUMNS_MAX).entries()) {
    if (text.trim() !== '') cells.set(index + 1, cellOf(text));
  }
  return { number, cells, width: fields.length, declaresWidth: true };
}

/** A spreadsheet program computes what begins with `=`, so here too it is a formula and not a text. */
function cellOf(text: string): Cell {
  return { kind: text.trimStart().startsWith('=') ? 'formula' : 'text', text };
}
