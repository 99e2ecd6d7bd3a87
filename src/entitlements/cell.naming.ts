import type { Sheet } from '../platform/spreadsheet/index.js';
import type { ListShape } from './check.store.js';
import type { CellNaming } from './duplicate.store.js';
import type { StoredProblem } from './import-row.store.js';
import type { Field } from './list.columns.js';
import type { Problem } from './list.problems.js';
import type { ListHeader } from './list.header.js';
import type { FoundList, ListLines } from './list.reader.js';

/** As much of a list as is needed to say where something lies in it. */
export interface NamedList {
  readonly sheet: Pick<Sheet, 'columnName' | 'cellName'>;
  readonly header: ListHeader;
}

/** Problems with the cell they lie in, as the officer finds it: `H17`, or a JSON pointer; `17` for a whole row. */
export function namedProblems(
  { sheet }: NamedList,
  rowNumber: number,
  problems: readonly Problem[],
): StoredProblem[] {
  return problems.map((found) => ({
    ...found,
    rowNumber,
    columnName: found.column === null ? null : sheet.columnName(found.column),
    cell: found.column === null ? String(rowNumber) : sheet.cellName(found.column, rowNumber),
  }));
}

/** The same name in parts, for SQL that makes it for many rows. */
export function cellNamingOf({ sheet, header }: NamedList, field: Field): CellNaming {
  const column = header.columns.get(field);
  if (column === undefined) return { columnName: '', before: '', rowOffset: 0, after: '' };
  const columnName = sheet.columnName(column);
  // Told by an example: the sheet alone knows how it names cells.
  const example = sheet.cellName(column, 1);
  return example === `${columnName}1`
    ? { columnName, before: columnName, rowOffset: 0, after: '' }
    : { columnName, before: '/', rowOffset: -1, after: example.slice('/0'.length) };
}

export function shapeOf({ sheet, header, otherSheets }: FoundList, lines: ListLines): ListShape {
  return {
    sheetName: sheet.name,
    otherSheets,
    headerRow: header.rowNumber,
    columns: [...header.columns].map(([field, column]) => ({
      field,
      column: sheet.columnName(column),
    })),
    unknownColumns: header.unknown.map(({ column, heading }) => ({
      column: sheet.columnName(column),
      heading,
    })),
    skippedRows: lines.skipped,
    skippedCount: lines.skippedCount,
  };
}
