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
