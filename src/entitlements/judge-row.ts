import { foldText } from '../kernel/index.js';
import type { SheetRow } from '../platform/spreadsheet/index.js';
import { namedProblems, type NamedList } from './cell.naming.js';
import type { StoredRow } from './import-row.store.js';
import { checkRow, type ListContext } from './list.row.js';

/** One row judged by itself, with everything named as the officer finds it in the list. */
export function judgeRow(
  row: SheetRow,
  list: NamedList,
  context: ListContext,
): Omit<StoredRow, 'entitlementId' | 'cells'> {
  const { rowNumber, values, otherCells, problems } = checkRow(row, list.header, context);
  return {
    rowNumber,
    nameKey: values.fullName === null ? null : foldText(values.fullName),
    values,
    otherCells,
    problems: namedProblems(list, rowNumber, problems),
  };
}
