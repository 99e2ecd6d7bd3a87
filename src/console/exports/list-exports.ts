import { Injectable, type StreamableFile } from '@nestjs/common';
import { Clock, type Bilingual } from '../../kernel/index.js';
import { download } from '../../platform/http/index.js';
import type { ExportColumn, ExportKind } from '../../platform/spreadsheet/index.js';
import { TakeExport } from '../../reports/index.js';
import { Names, type NamesOf, type Say } from '../kit/index.js';
import type { FileWanted } from './file-wanted.js';

/** Rows read at once for a file. */
export const EXPORT_PAGE = 1_000;

/** What things are called in a file. */
export interface FileWords {
  readonly t: Say;
  readonly names: NamesOf;
}

type Value<R> = ExportColumn<R>['value'];
type ColumnOf<R> = (vi: string, en: string, value: Value<R>) => ExportColumn<R>;

/** Makes columns, `text('Họ và tên', 'Name', (row) => row.fullName)`; money and counts are added up at the end. */
export type ColumnMaker<R> = FileWords &
  Readonly<Record<Exclude<ExportKind, 'share'>, ColumnOf<R>>>;

/** A filter in words, or none: `['Kỳ', 'Period', '11/2026']`. */
export type FilterFact = readonly [vi: string, en: string, value: string | null | undefined];

export interface ListFile<R> {
  /** As the audit trail and the file call it: `payments`. */
  readonly list: string;
  readonly title: Bilingual;
  /** As it stands in the address. */
  readonly filter: Readonly<Record<string, unknown>>;
  readonly facts: (words: FileWords) => readonly FilterFact[];
  readonly columns: (make: ColumnMaker<R>) => readonly ExportColumn<R>[];
  readonly rows: AsyncIterable<R> | Iterable<R>;
}

/** A list of the console as a file of its whole filter. */
@Injectable()
export class ListExports {
  constructor(
    private readonly exports: TakeExport,
    private readonly names: Names,
    private readonly clock: Clock,
  ) {}

  async give<R>(wanted: FileWanted, file: ListFile<R>): Promise<StreamableFile> {
    const { language } = wanted;
    const t = (text: string | Bilingual, en?: string): string => {
      if (typeof text === 'string') return language === 'vi' ? text : (en ?? text);
      return text[language];
    };
    const words = { t, names: this.names.at(this.clock.now()) };
    const filters = file.facts(words).flatMap(([vi, en, value]) => {
      return value === undefined || value === null ? [] : [{ label: t(vi, en), value }];
    });
    const taken = await this.exports.take(
      { ...wanted, list: file.list, filter: file.filter },
      {
        language,
        title: t(file.title),
        filters,
        columns: file.columns(makerOf(words)),
        rows: file.rows,
      },
    );
    return download(taken);
  }
}

function makerOf<R>(words: FileWords): ColumnMaker<R> {
  const of =
    (kind: ExportKind): ColumnOf<R> =>
    (vi, en, value) => ({
      heading: words.t(vi, en),
      kind,
      value,
      adds: kind === 'money' || kind === 'count',
    });
  return {
    ...words,
    text: of('text'),
    money: of('money'),
    count: of('count'),
    date: of('date'),
    moment: of('moment'),
  };
}

/**
 * Every row of a list that is read by key, for a file: a page is read when the one before it has been taken.
 * @param read up to `EXPORT_PAGE` rows after the key, or one more.
 */
export async function* rowsByKey<R, K>(
  read: (after: K | null) => Promise<readonly R[]>,
  keyOf: (row: R) => K,
): AsyncGenerator<R, void> {
  let after: K | null = null;
  for (;;) {
    const found: readonly R[] = await read(after);
    const last = found.at(-1);
    yield* found;
    if (last === undefined || found.length < EXPORT_PAGE) return;
    after = keyOf(last);
  }
}
