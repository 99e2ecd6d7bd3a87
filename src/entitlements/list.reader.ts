import { setImmediate } from 'node:timers/promises';
import type { Sheet, SheetRow, Spreadsheet } from '../platform/spreadsheet/index.js';
import { entitlementsErrors } from './entitlements.errors.js';
import { LIST_FIELDS, type Field, type Meaning } from './list.columns.js';
import {
  HEADER_WITHIN_ROWS,
  findHeader,
  type HeaderSearch,
  type ListHeader,
} from './list.header.js';
import { noLine, type NoLine } from './list.lines.js';

/** Longer lists are sent in parts: a province's whole monthly list is a tenth of it. */
export const LIST_ROWS_MAX = 200_000;
/** Rows that are no lines are counted all, and named so many. */
export const SKIPPED_NAMED_MAX = 200;

const ROWS_BETWEEN_PAUSES = 500;

export interface FoundList {
  readonly sheet: Sheet;
  readonly header: ListHeader;
  readonly otherSheets: readonly string[];
}

/**
 * The first visible sheet that has the list's header.
 * @throws DomainError `entitlements.header-not-found`, telling of the sheet that came nearest.
 */
export async function findList(
  spreadsheet: Spreadsheet,
  declared: ReadonlySet<Field>,
  mapping: ReadonlyMap<string, Meaning>,
): Promise<FoundList> {
  let isEmpty = true;
  let nearest: { sheet: Sheet; search: HeaderSearch & { found: false } } | null = null;
  for (const sheet of spreadsheet.sheets.filter((candidate) => !candidate.hidden)) {
    const rows = await firstRows(sheet);
    isEmpty &&= rows.every(({ number, cells }) => number <= HEADER_WITHIN_ROWS && cells.size === 0);
    const search = findHeader(
      rows.filter(({ number }) => number <= HEADER_WITHIN_ROWS),
      declared,
      mapping,
    );
    if (search.found) {
      const otherSheets = spreadsheet.sheets
        .filter((other) => other !== sheet)
        .map((other) => other.name);
      return { sheet, header: search.header, otherSheets };
    }
    if (!nearest || (nearest.search.rowNumber === null && search.rowNumber !== null))
      nearest = { sheet, search };
  }
  throw isEmpty ? entitlementsErrors.noRows() : notFound(spreadsheet, nearest);
}

function notFound(
  spreadsheet: Spreadsheet,
  nearest: { sheet: Sheet; search: HeaderSearch & { found: false } } | null,
) {
  return entitlementsErrors.headerNotFound({
    sheets: spreadsheet.sheets.map((sheet) => sheet.name),
    row: nearest?.search.rowNumber ?? null,
    missing: (nearest?.search.missing ?? []).map((field) => LIST_FIELDS[field].heading),
    twice: (nearest?.search.twice ?? []).map(({ field, columns }) => ({
      heading: LIST_FIELDS[field].heading,
      columns: columns.map((column) => nearest?.sheet.columnName(column) ?? ''),
    })),
  });
}

/** Those among which the header must be, and the next one, which tells that there is more. */
export async function firstRows(sheet: Sheet): Promise<SheetRow[]> {
  const first: SheetRow[] = [];
  for await (const row of sheet.rows()) {
    first.push(row);
    if (row.number > HEADER_WITHIN_ROWS) break;
  }
  return first;
}

/** The lines of a list in its order, and what was passed over beside them. */
export class ListLines {
  readonly skipped: { row: number; why: NoLine }[] = [];
  skippedCount = 0;
  private count = 0;

  constructor(private readonly list: FoundList) {}

  /** @throws DomainError when there are more than LIST_ROWS_MAX lines, or none. */
  async *lines(): AsyncGenerator<SheetRow> {
    const { sheet, header } = this.list;
    for await (const row of sheet.rows()) {
      // Rows that lie in memory together are read without a pause; others on this process have work, too.
      if (row.number % ROWS_BETWEEN_PAUSES === 0) await setImmediate();
      if (row.number <= header.rowNumber) continue;
      const why = noLine(row, header);
      if (why === null) {
        this.count += 1;
        if (this.count > LIST_ROWS_MAX) throw entitlementsErrors.tooManyRows(LIST_ROWS_MAX);
        yield row;
      } else if (why !== 'empty') this.pass(row.number, why);
    }
    if (this.count === 0) throw entitlementsErrors.noRows();
  }

  private pass(row: number, why: NoLine): void {
    this.skippedCount += 1;
    if (this.skipped.length < SKIPPED_NAMED_MAX) this.skipped.push({ row, why });
  }
}
