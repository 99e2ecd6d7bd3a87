import { csvOf } from './export-csv.js';
import type { ExportList } from './export-shape.js';
import { xlsxOf } from './export-xlsx.js';

export const EXPORT_FORMATS = ['xlsx', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface Exported {
  readonly mediaType: string;
  /** Bytes as they come to be. Give it to `Readable.from`; when reading rows fails, it fails, and no file is whole. */
  readonly content: AsyncGenerator<Buffer, void>;
}

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/**
 * A whole list as a file, streamed: head (what, which, when, by whom), column headings, rows, and at the end how many
 * they are and their sums. Nothing in it computes when it is opened.
 */
export function exportList<R>(format: ExportFormat, list: ExportList<R>): Exported {
  const content = format === 'xlsx' ? xlsxOf(list) : csvOf(list);
  return { mediaType: MEDIA_TYPES[format], content };
}

/** Every row of a list that is read by key, page by page, for `ExportList.rows`. */
export async function* everyRow<R>(
  page: (cursor: string | undefined) => Promise<{
    readonly items: readonly R[];
    readonly nextCursor: string | null;
  }>,
): AsyncGenerator<R, void> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await page(cursor);
    yield* items;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}
