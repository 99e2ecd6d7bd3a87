import { formatInstant } from '../../kernel/index.js';
import type { ExportFact, ExportList } from './export-shape.js';

const WORDS = {
  vi: {
    all: { label: 'Điều kiện lọc', value: 'không lọc: toàn bộ danh sách' },
    at: 'Lập lúc',
    by: 'Người lập',
    count: (rows: number) => `Cộng: ${rows} dòng`,
  },
  en: {
    all: { label: 'Filter', value: 'none: the whole list' },
    at: 'Made at',
    by: 'Made by',
    count: (rows: number) => `Total: ${rows} rows`,
  },
};

/** The lines above the table, below its title. */
export function headOf<R>({ language, filters, at, by }: ExportList<R>): ExportFact[] {
  const words = WORDS[language];
  return [
    ...(filters.length > 0 ? filters : [words.all]),
    { label: words.at, value: formatInstant(at) },
    { label: words.by, value: by },
  ];
}

/** The first cell of the last line: how many rows there are. */
export function countOf<R>({ language }: ExportList<R>, rows: number): string {
  return WORDS[language].count(rows);
}
