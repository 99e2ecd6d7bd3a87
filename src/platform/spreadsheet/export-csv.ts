import { formatDate, officeStamp } from '../../kernel/index.js';
import { countOf, headOf } from './export-head.js';
import type { ExportColumn, ExportList } from './export-shape.js';
import { ExportTally } from './export-tally.js';
import { csvField, harmlessText } from './marks.js';

/** As programs with Vietnamese settings part fields: the comma is the decimal sign there. */
const DELIMITER = ';';
const PIECE_CHARACTERS = 64 * 1024;

/** UTF-8 with the mark that tells Excel so. */
export async function* csvOf<R>(list: ExportList<R>): AsyncGenerator<Buffer, void> {
  const { columns, language, rows, title } = list;
  const tally = new ExportTally(columns);
  let waiting = '\ufeff';
  const say = (...texts: string[]): void => {
    waiting += `${texts.map((text) => csvField(text, DELIMITER)).join(DELIMITER)}\r\n`;
  };
  say(harmlessText(title));
  for (const { label, value } of headOf(list)) say(harmlessText(label), harmlessText(value));
  say('');
  say(...columns.map(({ heading }) => harmlessText(heading)));
  for await (const row of rows) {
    tally.add(row);
    say(...columns.map((column) => fieldOf(column, row, language)));
    if (waiting.length < PIECE_CHARACTERS) continue;
    yield Buffer.from(waiting, 'utf8');
    waiting = '';
  }
  const [, ...sums] = tally.totals;
  say(countOf(list, tally.count), ...sums.map((sum) => sum ?? ''));
  yield Buffer.from(waiting, 'utf8');
}

function fieldOf<R>(column: ExportColumn<R>, row: R, language: 'vi' | 'en'): string {
  const value = column.value(row);
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return instantOf(value);
  switch (column.kind) {
    case 'money':
    case 'count':
      return String(value);
    case 'share':
      return language === 'vi' ? String(value).replace('.', ',') : String(value);
    case 'date':
      return formatDate(String(value));
    default:
      return harmlessText(String(value));
  }
}

function instantOf(at: Date): string {
  const [day = '', time = ''] = officeStamp(at).split('T');
  return `${formatDate(day)} ${time.slice(0, 5)}`;
}
