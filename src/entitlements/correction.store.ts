import { execute, one, type Tx } from '../platform/database/index.js';
import type { Bilingual } from '../kernel/index.js';
import { VALUES } from './correction.read.js';
import type { MovedBy } from './entitlement.store.js';
import { importLifecycle } from './import.lifecycle.js';
import type { RowValues } from './list.row.js';
import type { CommuneTotal, Totals } from './outcome.store.js';
import type { RawCells } from './raw-cells.js';
import type { StoredShape } from './row.cells.js';

export interface ListToCorrect extends StoredShape {
  readonly state: string;
  readonly programme: string | null;
  readonly period: string | null;
}

/** The list, locked: nobody applies it, refuses it or mends another cell of it meanwhile. */
export function lockList(tx: Tx, importId: string): Promise<ListToCorrect | null> {
  return one<ListToCorrect>(
    tx,
    `select state, format, coalesce(header_row, 0) as "headerRow", columns, unknown_columns as "unknownColumns",
            declared_programme as programme, declared_period as period
       from entitlement_import where id = $1 for update`,
    [importId],
  );
}

export interface RowToCorrect {
  readonly entitlementId: string;
  readonly cells: RawCells | null;
  readonly values: RowValues;
  readonly otherCells: Readonly<Record<string, string>> | null;
}

export function rowToCorrect(
  tx: Tx,
  { importId, row }: { importId: string; row: number },
): Promise<RowToCorrect | null> {
  return one<RowToCorrect>(
    tx,
    `select entitlement_id as "entitlementId", cells, other_cells as "otherCells",
            ${VALUES} as values
       from import_row where import_id = $1 and row_number = $2`,
    [importId, row],
  );
}

/** Takes the row and all that was said of it out, so that it can be written as it is now. */
export async function takeRowOut(
  tx: Tx,
  { importId, row }: { importId: string; row: number },
): Promise<void> {
  await execute(tx, 'delete from import_error where import_id = $1 and row_number = $2', [
    importId,
    row,
  ]);
  await execute(tx, 'delete from import_row where import_id = $1 and row_number = $2', [
    importId,
    row,
  ]);
}

/** People and accounts that a row named, or names now: what is said of rows beside each other turns on them. */
export interface Touched {
  readonly importId: string;
  readonly row: number;
  readonly personalNumbers: readonly string[];
  readonly accountNumbers: readonly string[];
}

const OF_PERSON = [
  'duplicate.in-file',
  'duplicate.amount-differs',
  'name.differs-in-file',
  'account.differs-in-file',
];
const OF_ACCOUNT = ['account.shared-in-file'];

/** Takes back what was said of rows beside each other, where that row had a part in it. */
export async function takeComparisonsBack(tx: Tx, touched: Touched): Promise<void> {
  await execute(
    tx,
    `delete from import_error e using import_row r
      where e.import_id = $1 and r.import_id = $1 and r.row_number = e.row_number
        and (e.rule = any($2) and r.personal_number = any($3)
             or e.rule = any($4) and r.account_number = any($5))`,
    [touched.importId, OF_PERSON, touched.personalNumbers, OF_ACCOUNT, touched.accountNumbers],
  );
}

export async function isGood(
  tx: Tx,
  { importId, row }: { importId: string; row: number },
): Promise<boolean> {
  const found = await one<{ state: string }>(
    tx,
    'select state from import_row where import_id = $1 and row_number = $2',
    [importId, row],
  );
  return found?.state === 'good';
}

/** Rows that were compared anew are good or bad by what is said of them now. */
export async function restateRows(tx: Tx, touched: Touched): Promise<void> {
  await execute(
    tx,
    `update import_row r
        set state = case when exists (
              select 1 from import_error e
               where e.import_id = $1 and e.row_number = r.row_number and e.severity = 'error')
            then 'bad' else 'good' end
      where r.import_id = $1
        and (r.row_number = $2 or r.personal_number = any($3) or r.account_number = any($4))`,
    [touched.importId, touched.row, touched.personalNumbers, touched.accountNumbers],
  );
}

export async function insertCorrection(
  tx: Tx,
  correction: {
    id: string;
    importId: string;
    row: number;
    field: string;
    columnName: string;
    cell: string;
    was: string | null;
    became: string | null;
    at: Date;
    by: MovedBy;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into import_correction
       (id, import_id, row_number, field, column_name, cell, was, became, at, actor_kind, actor_id, actor_name)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      correction.id,
      correction.importId,
      correction.row,
      correction.field,
      correction.columnName,
      correction.cell,
      correction.was?.replaceAll('\0', '') ?? null,
      correction.became?.replaceAll('\0', '') ?? null,
      correction.at,
      correction.by.kind,
      correction.by.id,
      correction.by.name,
    ],
  );
}

/** What the list adds up to now that a cell of it was mended. */
export async function writeNewTotals(
  tx: Tx,
  written: {
    importId: string;
    totals: Totals;
    byCommune: readonly CommuneTotal[];
    blocks: readonly Bilingual[];
  },
): Promise<boolean> {
  const { totals } = written;
  const changed = await execute(
    tx,
    `update entitlement_import
        set good_rows = $2, bad_rows = $3, error_count = $4, warning_count = $5, total_amount = $6,
            good_amount = $7, totals_by_commune = $8, blocks = $9, version = version + 1
      where id = $1 and state = any($10)`,
    [
      written.importId,
      totals.goodRows,
      totals.badRows,
      totals.errorCount,
      totals.warningCount,
      totals.totalAmount,
      totals.goodAmount,
      JSON.stringify(written.byCommune),
      JSON.stringify(written.blocks),
      importLifecycle.before('applied'),
    ],
  );
  return changed === 1;
}
