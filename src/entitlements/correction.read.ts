import { rows, type Tx } from '../platform/database/index.js';
import type { RowValues } from './list.row.js';
import type { RawCells } from './raw-cells.js';
import { cellsOfValues, type StoredShape } from './row.cells.js';

/** A cell that an officer mended. */
export interface CorrectionView {
  readonly id: string;
  readonly row: number;
  readonly field: string;
  readonly column: string;
  readonly cell: string;
  readonly was: string | null;
  readonly became: string | null;
  readonly at: Date;
  /** Login. */
  readonly by: string;
}

/** The newest first; `before` is the id of the last one seen. */
export function listCorrections(
  tx: Tx,
  page: { importId: string; before?: string | null; limit: number },
): Promise<CorrectionView[]> {
  return rows<CorrectionView>(
    tx,
    `select id, row_number as row, field, column_name as column, cell, was, became, at, actor_name as by
       from import_correction
      where import_id = $1 and ($2::uuid is null or id < $2::uuid)
      order by id desc limit $3`,
    [page.importId, page.before ?? null, page.limit],
  );
}

/** So many cells were mended, one by one and by hand. */
export async function countCorrections(tx: Tx, importId: string): Promise<number> {
  const [found] = await rows<{ count: number }>(
    tx,
    'select count(*)::int as count from import_correction where import_id = $1',
    [importId],
  );
  return found?.count ?? 0;
}

export type CorrectionsByRow = ReadonlyMap<number, readonly CorrectionView[]>;

/** So many are marked in a copy: they are made one by one, by hand. */
const MARKED_MAX = 20_000;

/** Oldest first in every row. */
export async function correctionsByRow(tx: Tx, importId: string): Promise<CorrectionsByRow> {
  const byRow = new Map<number, CorrectionView[]>();
  for (const correction of (
    await listCorrections(tx, { importId, limit: MARKED_MAX })
  ).toReversed()) {
    const ofRow = byRow.get(correction.row);
    if (ofRow) ofRow.push(correction);
    else byRow.set(correction.row, [correction]);
  }
  return byRow;
}

/**
 * What the cells of those rows hold now, by row and field: as they were sent, or mended.
 * An absent field is an empty cell, or a column that the list does not have.
 */
export async function presentCells(
  tx: Tx,
  asked: { importId: string; rows: readonly number[]; shape: StoredShape },
): Promise<ReadonlyMap<number, ReadonlyMap<string, string>>> {
  const found = await rows<{
    row: number;
    cells: RawCells | null;
    values: RowValues;
    otherCells: Readonly<Record<string, string>> | null;
  }>(
    tx,
    `select row_number as row, cells, other_cells as "otherCells", ${VALUES} as values
       from import_row where import_id = $1 and row_number = any($2)`,
    [asked.importId, asked.rows],
  );
  return new Map(
    found.map(({ row, cells, values, otherCells }) => {
      const present = cells ?? cellsOfValues(values, otherCells ?? {}, asked.shape);
      const byField = asked.shape.columns.flatMap(({ field, column }) => {
        const text = present[column]?.[1];
        return text === undefined ? [] : [[field, text] as const];
      });
      return [row, new Map(byField)];
    }),
  );
}

/** The values of a row as one object, in the names of the list's fields. */
export const VALUES = `
  jsonb_build_object(
    'fullName', full_name, 'personalNumber', personal_number, 'dateOfBirth', date_of_birth,
    'communeCode', commune_code, 'programme', programme, 'period', period, 'kind', kind,
    'amount', amount::text, 'decisionNumber', decision_number, 'decisionDate', decision_date::text,
    'accountNumber', account_number, 'accountName', account_name, 'bankBin', bank_bin,
    'recipientName', recipient_name, 'recipientPersonalNumber', recipient_personal_number,
    'authorisedUntil', authorised_until::text, 'fund', fund, 'note', note)`;
