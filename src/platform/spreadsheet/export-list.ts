import { Money } from '../../kernel/index.js';
import { csvOf } from './export-csv.js';
import { xlsxOf } from './export-xlsx.js';

/**
 * What stands in a column. `text` is a text whatever it looks like (IDs and accounts keep their zeros), `money` whole
 * đồng as digits, `count` a whole number, `share` a number with a decimal point (`"85.3"`, of hundred), `date` an ISO
 * 8601 day, `moment` an instant, shown in the office's time.
 */
export type ExportKind = 'text' | 'money' | 'count' | 'share' | 'date' | 'moment';

export interface ExportColumn<R> {
  readonly heading: string;
  readonly kind: ExportKind;
  readonly value: (row: R) => string | number | Date | null | undefined;
  /** In characters; what its kind usually takes, when absent. */
  readonly width?: number;
  /** Whether it is added up at the end; money is, unless said otherwise, nothing else is, unless said so. */
  readonly adds?: boolean;
}

export interface ExportFact {
  readonly label: string;
  readonly value: string;
}

/** A list that leaves the house, with what a reader must know to trust it. */
export interface ExportList<R> {
  readonly language: 'vi' | 'en';
  /** What it is: `Danh sách khoản chi`. */
  readonly title: string;
  /** Which of all rows these are: each filter that was set, in words. Of none it says that it holds everything. */
  readonly filters: readonly ExportFact[];
  readonly at: Date;
  /** Login of whoever takes it. */
  readonly by: string;
  readonly columns: readonly ExportColumn<R>[];
  /** Read as fast as the receiver takes them, and no faster. */
  readonly rows: AsyncIterable<R> | Iterable<R>;
}

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

/** Adds up what is added up; money exactly. */
export class ExportTally<R> {
  private rows = 0;
  private readonly sums: (bigint | null)[];

  constructor(private readonly columns: readonly ExportColumn<R>[]) {
    this.sums = columns.map(({ kind, adds = kind === 'money' }) => (adds ? 0n : null));
  }

  add(row: R): void {
    this.rows += 1;
    this.columns.forEach(({ value }, at) => {
      const sum = this.sums[at];
      const given = value(row);
      if (sum === null || sum === undefined || given === null || given === undefined) return;
      this.sums[at] = sum + BigInt(Money.of(String(given)).toString());
    });
  }

  get count(): number {
    return this.rows;
  }

  /** By column; null where nothing is added up. */
  get totals(): readonly (string | null)[] {
    return this.sums.map((sum) => (sum === null ? null : String(sum)));
  }
}
