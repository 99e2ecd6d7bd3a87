import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/index.js';
import type { Sheet } from '../platform/spreadsheet/index.js';
import { mappingOf } from './declaration.rules.js';
import { entitlementsErrors } from './entitlements.errors.js';
import { headingsOfSender, importIsDeclaredAs } from './import.store.js';
import {
  FIELDS,
  LIST_FIELDS,
  NOT_READ,
  fieldOfHeading,
  headingKey,
  type Field,
} from './list.columns.js';
import { HEADER_WITHIN_ROWS, likelyHeader, type WrittenHeader } from './list.header.js';
import { firstRows } from './list.reader.js';
import { withStoredList } from './stored-list.js';

export interface ShownHeading {
  /** Letter, or key of a JSON row. */
  readonly column: string;
  readonly heading: string;
  /** What the column is taken for; null: nothing that is known. */
  readonly field: Field | null;
  /** An officer said so, now or for this sender before. */
  readonly taught: boolean;
}

export interface ShownHeadings {
  readonly sheet: string;
  readonly row: number;
  readonly headings: readonly ShownHeading[];
  /** Fields that the list cannot do without and no column is taken for. */
  readonly missing: readonly Field[];
}

/** Reads the headings of a stored list and says what each is taken for, so that a person can say it better. */
@Injectable()
export class ShowHeadings {
  constructor(private readonly database: Database) {}

  /**
   * @returns null when no visible sheet has anything like headings.
   * @throws DomainError when there is no such list, or its file cannot be opened.
   */
  async of(importId: string): Promise<ShownHeadings | null> {
    const tx = this.database.reader;
    const declared = await importIsDeclaredAs(tx, importId);
    if (!declared) throw entitlementsErrors.importNotFound(importId);
    const mapping = mappingOf(await headingsOfSender(tx, declared.sender), declared);
    return withStoredList(tx, importId, async ({ sheets }) => {
      let best: { sheet: Sheet; header: WrittenHeader } | null = null;
      for (const sheet of sheets.filter(({ hidden }) => !hidden)) {
        const rows = (await firstRows(sheet)).filter(({ number }) => number <= HEADER_WITHIN_ROWS);
        const header = likelyHeader(rows, mapping);
        if (header && header.columns.size > (best?.header.columns.size ?? -1))
          best = { sheet, header };
      }
      return best && shown(best, { mapping, declared });
    });
  }
}

function shown(
  { sheet, header }: { sheet: Sheet; header: WrittenHeader },
  by: {
    mapping: ReadonlyMap<string, string>;
    declared: { programme: string | null; period: string | null };
  },
): ShownHeadings {
  const known = [...header.columns].map(([field, column]) => ({ field, column }));
  const headings = [
    ...known.map(({ field, column }) => ({
      field,
      column,
      heading: header.headings.get(column) ?? '',
    })),
    ...header.unknown.map(({ column, heading }) => ({ field: null, column, heading })),
  ].sort((a, b) => a.column - b.column);
  const isNeeded = (field: Field): boolean => {
    const { need } = LIST_FIELDS[field];
    if (need !== 'or-declared') return need === 'yes';
    return (field === 'programme' ? by.declared.programme : by.declared.period) === null;
  };
  return {
    sheet: sheet.name,
    row: header.rowNumber,
    headings: headings.map(({ field, column, heading }) => ({
      column: sheet.columnName(column),
      heading,
      field,
      taught: isTaught(by.mapping.get(headingKey(heading)), heading),
    })),
    missing: FIELDS.filter((field) => isNeeded(field) && !header.columns.has(field)),
  };
}

function isTaught(meaning: string | undefined, heading: string): boolean {
  if (meaning === undefined) return false;
  const byItself = fieldOfHeading(heading);
  return meaning === NOT_READ ? byItself !== null : meaning !== byItself;
}
