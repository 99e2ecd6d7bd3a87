import { columnLetters, columnOfReference } from '../platform/spreadsheet/index.js';
import type { Cell, Sheet, SheetRow } from '../platform/spreadsheet/index.js';
import type { NamedList } from './cell.naming.js';
import { LIST_FIELDS, isField, type Field } from './list.columns.js';
import type { RowValues } from './list.row.js';
import type { RawCells } from './raw-cells.js';

/** What was found about the list as a whole when it was checked. */
export interface StoredShape {
  readonly format: string;
  readonly headerRow: number;
  readonly columns: readonly { readonly field: string; readonly column: string }[];
  readonly unknownColumns: readonly { readonly column: string; readonly heading: string }[];
}

/** No rule reads further into a cell; a longer text is refused by its beginning as well. */
const TEXT_KEPT_MAX = 2_000;

export function rawCellsOf(row: SheetRow, sheet: Pick<Sheet, 'columnName'>): RawCells {
  return Object.fromEntries(
    [...row.cells].map(([column, { kind, text }]) => [
      sheet.columnName(column),
      [kind, text.slice(0, TEXT_KEPT_MAX)] as const,
    ]),
  );
}

/** The list as its check saw it: enough to judge a row once more without the file. */
export function namedListOf(shape: StoredShape): NamedList {
  const names = [
    ...new Set([...shape.columns, ...shape.unknownColumns].map(({ column }) => column)),
  ];
  const isJson = shape.format === 'json';
  const columnOf = (name: string): number =>
    (isJson ? names.indexOf(name) + 1 : columnOfReference(name)) ?? 0;
  const columns = new Map<Field, number>();
  for (const { field, column } of shape.columns) {
    if (isField(field)) columns.set(field, columnOf(column));
  }
  const unknown = shape.unknownColumns.map(({ column, heading }) => ({
    column: columnOf(column),
    heading,
  }));
  const width = Math.max(0, ...columns.values(), ...unknown.map(({ column }) => column));
  const columnName = (column: number): string =>
    isJson ? (names[column - 1] ?? String(column)) : columnLetters(column);
  return {
    sheet: {
      columnName,
      cellName: (column, row) =>
        isJson
          ? `/${row - 1}/${columnName(column).replaceAll('~', '~0').replaceAll('/', '~1')}`
          : `${columnName(column)}${row}`,
    },
    header: { rowNumber: shape.headerRow, columns, unknown, width },
  };
}

/** The row as a sheet would bring it. Cells of columns that the header does not have are beyond it. */
export function sheetRowOf(rowNumber: number, cells: RawCells, list: NamedList): SheetRow {
  const { header, sheet } = list;
  const known = new Map<string, number>();
  for (const column of [...header.columns.values(), ...header.unknown.map((u) => u.column)])
    known.set(sheet.columnName(column), column);
  const placed = new Map<number, Cell>();
  for (const [name, [kind, text]] of Object.entries(cells)) {
    const column = known.get(name) ?? columnOfReference(name);
    if (column !== null) placed.set(column, { kind, text });
  }
  return { number: rowNumber, cells: placed, width: Math.max(0, ...placed.keys()) };
}

/** Cells that say what a row's values say: of a row that could be read wholly nothing else was kept. */
export function cellsOfValues(
  values: RowValues,
  otherCells: Readonly<Record<string, string>>,
  shape: StoredShape,
): RawCells {
  const { bankBin: bank, ...others } = values;
  const byField: Partial<Record<Field, string | null>> = { ...others, bank };
  return Object.fromEntries([
    ...shape.columns.flatMap(({ field, column }) => {
      const text = isField(field) ? byField[field] : null;
      return text ? [[column, ['text', text] as const] as const] : [];
    }),
    ...shape.unknownColumns.flatMap(({ column, heading }) => {
      const text = otherCells[heading];
      return text ? [[column, ['text', text] as const] as const] : [];
    }),
  ]);
}

/** The same cells with one of them holding another text; null empties it. */
export function withCell(cells: RawCells, column: string, text: string | null): RawCells {
  const { [column]: _, ...others } = cells;
  return text === null ? others : { ...others, [column]: ['text', text] };
}

/** The heading a field stands under, for messages. */
export function headingOf(field: string): string {
  return isField(field) ? LIST_FIELDS[field].heading : field;
}
