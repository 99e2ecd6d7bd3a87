import type { Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { DomainError } from '../../kernel/index.js';
import { spreadsheetErrors } from './spreadsheet.errors.js';

/** All parts together, unpacked. A list of 200,000 people is about 200 MB of XML. */
export const UNPACKED_BYTES_MAX = 768 * 1024 * 1024;
/** Sheets of real lists shrink ten- to forty-fold; a bomb a thousandfold. Small parts may shrink more. */
const RATIO_MAX = 150;
const RATIO_FROM_BYTES = 4 * 1024 * 1024;
const PARTS_MAX = 5_000;

/**
 * The zip file around a workbook, read through its central directory and never by guessing from the front.
 * The declared sizes are judged before anything is unpacked; while unpacking, a part that grows beyond its
 * declared size fails (yauzl compares).
 */
export class XlsxArchive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly parts: ReadonlyMap<string, Entry>,
  ) {}

  static async open(path: string): Promise<XlsxArchive> {
    const zip = await openPromise(path, { autoClose: false, lazyEntries: true }).catch(
      (error: unknown) => {
        throw spreadsheetErrors.notAWorkbook(reasonOf(error));
      },
    );
    try {
      return new XlsxArchive(zip, await directoryOf(zip));
    } catch (error) {
      zip.close();
      throw error instanceof DomainError ? error : spreadsheetErrors.notAWorkbook(reasonOf(error));
    }
  }

  /** The stored name of a part, found without regard to case as the packaging convention (ECMA-376-2) says. */
  has(part: string): boolean {
    return this.parts.has(part.toLowerCase());
  }

  async read(part: string): Promise<Readable> {
    const entry = this.parts.get(part.toLowerCase());
    if (!entry) throw spreadsheetErrors.notAWorkbook(`no part ${part}`);
    try {
      return await this.zip.openReadStreamPromise(entry);
    } catch (error) {
      throw spreadsheetErrors.notAWorkbook(reasonOf(error));
    }
  }

  close(): void {
    this.zip.close();
  }
}

async function directoryOf(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > PARTS_MAX) throw spreadsheetErrors.tooLargeUnpacked(UNPACKED_BYTES_MAX);
  const parts = new Map<string, Entry>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw spreadsheetErrors.oldFormat();
    unpacked += entry.uncompressedSize;
    const swollen =
      entry.uncompressedSize > RATIO_FROM_BYTES &&
      entry.uncompressedSize > entry.compressedSize * RATIO_MAX;
    if (swollen || unpacked > UNPACKED_BYTES_MAX) {
      throw spreadsheetErrors.tooLargeUnpacked(UNPACKED_BYTES_MAX);
    }
    const name = entry.fileName.toLowerCase();
    if (parts.has(name)) throw spreadsheetErrors.notAWorkbook('a part is there twice');
    parts.set(name, entry);
  }
  if (!parts.has('[content_types].xml')) throw spreadsheetErrors.notAWorkbook('no content types');
  return parts;
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 120) : 'unreadable';
}
