import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Tx } from '../platform/database/index.js';
import { openSpreadsheet, type Spreadsheet } from '../platform/spreadsheet/index.js';
import { readFileChunks } from './import.store.js';

/** Lays the bytes of a stored list into a file of its own for as long as `work` takes. */
export async function withStoredFile<T>(
  tx: Tx,
  importId: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'chitra-list-'));
  try {
    const path = join(folder, 'list');
    await pipeline(Readable.from(readFileChunks(tx, importId)), createWriteStream(path));
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The same, opened for reading rows. @throws DomainError `spreadsheet.*` */
export function withStoredList<T>(
  tx: Tx,
  importId: string,
  work: (spreadsheet: Spreadsheet) => Promise<T>,
): Promise<T> {
  return withStoredFile(tx, importId, async (path) => {
    const spreadsheet = await openSpreadsheet(path);
    try {
      return await work(spreadsheet);
    } finally {
      await spreadsheet.close();
    }
  });
}
