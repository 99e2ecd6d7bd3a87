import { execute, one, rows, type Tx } from '../platform/database/index.js';
import type { Bilingual } from '../kernel/index.js';

/** Rows with an error are bad; warnings leave a row good. */
export async function markBadRows(tx: Tx, importId: string): Promise<void> {
  await execute(
    tx,
    `update import_row r set state = 'bad'
      where r.import_id = $1 and r.state = 'good'
        and exists (select 1 from import_error e
                     where e.import_id = $1 and e.row_number = r.row_number and e.severity = 'error')`,
    [importId],
  );
}

export interface Totals {
  readonly rowCount: number;
  readonly goodRows: number;
  readonly badRows: number;
  readonly totalAmount: string;
  readonly goodAmount: string;
  readonly errorCount: number;
  readonly warningCount: number;
}

export async function totalsOf(tx: Tx, importId: string): Promise<Totals> {
  const found = await one<Totals>(
    tx,
    `select r.*, e.* from (
       select count(*)::int as "rowCount",
              count(*) filter (where state <> 'bad')::int as "goodRows",
              count(*) filter (where state = 'bad')::int as "badRows",
              coalesce(sum(amount), 0)::text as "totalAmount",
              coalesce(sum(amount) filter (where state <> 'bad'), 0)::text as "goodAmount"
         from import_row where import_id = $1) r,
      (select count(*) filter (where severity = 'error')::int as "errorCount",
              count(*) filter (where severity = 'warning')::int as "warningCount"
         from import_error where import_id = $1) e`,
    [importId],
  );
  if (!found) throw new Error('an aggregate gives one row');
  return found;
}

export interface CommuneTotal {
  readonly communeCode: string;
  readonly rows: number;
  readonly amount: string;
}

/** Of all rows that could be read that far, good or bad: what the office's own totals are compared with. */
export function totalsByCommune(tx: Tx, importId: string): Promise<CommuneTotal[]> {
  return rows(
    tx,
    `select commune_code as "communeCode", count(*)::int as rows, coalesce(sum(amount), 0)::text as amount
       from import_row where import_id = $1 and commune_code is not null
      group by commune_code order by commune_code`,
    [importId],
  );
}

export interface Controls {
  readonly controlRows: number | null;
  readonly controlTotal: string | null;
  readonly controlByCommune: Readonly<Record<string, string>> | null;
}

export async function controlsOf(tx: Tx, importId: string): Promise<Controls> {
  const found = await one<Controls>(
    tx,
    `select control_rows as "controlRows", control_total::text as "controlTotal",
            control_by_commune as "controlByCommune"
       from entitlement_import where id = $1`,
    [importId],
  );
  return found ?? { controlRows: null, controlTotal: null, controlByCommune: null };
}

/** Ends the check; false when a later run has taken over. */
export async function writeOutcome(
  tx: Tx,
  outcome: {
    importId: string;
    run: number;
    at: Date;
    totals: Totals;
    byCommune: readonly CommuneTotal[];
    blocks: readonly Bilingual[];
  },
): Promise<boolean> {
  const { totals } = outcome;
  const written = await execute(
    tx,
    `update entitlement_import
        set state = 'checked', checked_at = $3, check_alive_at = $3, read_rows = $4, good_rows = $5,
            bad_rows = $6, error_count = $7, warning_count = $8, total_amount = $9, good_amount = $10,
            totals_by_commune = $11, blocks = $12, version = version + 1
      where id = $1 and check_run = $2 and state = 'received'`,
    [
      outcome.importId,
      outcome.run,
      outcome.at,
      totals.rowCount,
      totals.goodRows,
      totals.badRows,
      totals.errorCount,
      totals.warningCount,
      totals.totalAmount,
      totals.goodAmount,
      JSON.stringify(outcome.byCommune),
      JSON.stringify(outcome.blocks),
    ],
  );
  return written === 1;
}
