import { foldText } from '../kernel/index.js';
import type { SheetRow } from '../platform/spreadsheet/index.js';
import { fieldOfHeading, type Field } from './list.columns.js';
import type { ListHeader } from './list.header.js';

/** Why a row below the header is no line of the list. Each is named in the result, none vanishes. */
export type NoLine = 'total' | 'column-numbers' | 'repeated-header' | 'text-only';

/** What only a line about a person has. */
const TELLING: readonly Field[] = [
  'personalNumber',
  'communeCode',
  'amount',
  'decisionNumber',
  'decisionDate',
  'accountNumber',
  'dateOfBirth',
];

/**
 * Offices print lists with column numbers under the header, totals, group titles and signatures. Such rows are
 * passed over; anything that might be a person is a line, and is refused by the row's rules when it is not whole.
 * Null: it is a line. `empty`: nothing stands there.
 */
export function noLine(row: SheetRow, header: ListHeader): NoLine | 'empty' | null {
  const texts = [...row.cells.values()]
    .map((cell) => cell.text.trim())
    .filter((text) => text !== '');
  if (texts.length === 0) return 'empty';
  if (isRepeatedHeader(row, header)) return 'repeated-header';
  if (texts.length >= 3 && texts.every((text) => /^\(?([0-9]{1,2}|[A-Z])\)?$/.test(text)))
    return 'column-numbers';
  const told = TELLING.filter((field) => tellsOfAPerson(row, header, field));
  if (told.length === 0) return 'text-only';
  const onlyMoney = told.every((field) => field === 'amount');
  if (onlyMoney && texts.some((text) => /^(tong|cong)\b/.test(foldText(text)))) return 'total';
  return null;
}

function isRepeatedHeader(row: SheetRow, header: ListHeader): boolean {
  // Most rows are told by one look: a name is no heading.
  const nameColumn = header.columns.get('fullName');
  const name = nameColumn === undefined ? undefined : row.cells.get(nameColumn)?.text;
  if (!name || fieldOfHeading(name) !== 'fullName') return false;
  let same = 0;
  for (const [field, column] of header.columns) {
    const text = row.cells.get(column)?.text;
    if (text && fieldOfHeading(text) === field) same += 1;
  }
  return same >= 3;
}

/** A figure, a date or a number stands there: not the "Kế toán trưởng" or "ngày … tháng …" of a signature below the list. */
function tellsOfAPerson(row: SheetRow, header: ListHeader, field: Field): boolean {
  const column = header.columns.get(field);
  const cell = column === undefined ? undefined : row.cells.get(column);
  if (!cell) return false;
  if (cell.kind !== 'text') return true;
  return /\d/.test(cell.text) && !/ngay.*thang.*nam/.test(foldText(cell.text));
}
