import { execute, one, type Tx } from '../platform/database/index.js';
import { importLifecycle } from './import.lifecycle.js';
import type { Meaning } from './list.columns.js';

/** A check that has written nothing for so long has died with its process. */
export const CHECK_SILENT_MS = 120_000;

export interface ClaimedCheck {
  readonly importId: string;
  /** Only the newest run writes: every write asks for it. */
  readonly run: number;
  readonly sender: string;
  readonly programme: string | null;
  readonly period: string | null;
  readonly headings: Readonly<Record<string, Meaning>>;
}

/** Takes a waiting import for checking and clears what a dead check left; null when there is nothing to do. */
export async function claimCheck(
  tx: Tx,
  claim: { importId: string; at: Date },
): Promise<ClaimedCheck | null> {
  const claimed = await one<ClaimedCheck>(
    tx,
    `update entitlement_import
        set check_run = check_run + 1, check_alive_at = $2, read_rows = 0
      where id = $1 and state = 'received' and (check_alive_at is null or check_alive_at < $3)
     returning id as "importId", check_run as run, sender, declared_programme as programme,
               declared_period as period, headings`,
    [claim.importId, claim.at, new Date(claim.at.getTime() - CHECK_SILENT_MS)],
  );
  if (!claimed) return null;
  await execute(tx, 'delete from import_error where import_id = $1', [claim.importId]);
  await execute(tx, 'delete from import_row where import_id = $1', [claim.importId]);
  return claimed;
}

/** Gives the claim back at once (the process is asked to stop, or the database failed): the next may begin. */
export async function dropClaim(tx: Tx, claim: { importId: string; run: number }): Promise<void> {
  await execute(
    tx,
    `update entitlement_import set check_alive_at = null
      where id = $1 and check_run = $2 and state = 'received'`,
    [claim.importId, claim.run],
  );
}

/** Shows how far the check is (null: as far as before); false when a later run has taken over. */
export async function showProgress(
  tx: Tx,
  progress: { importId: string; run: number; readRows: number | null; at: Date },
): Promise<boolean> {
  const shown = await execute(
    tx,
    `update entitlement_import set read_rows = coalesce($3, read_rows), check_alive_at = $4
      where id = $1 and check_run = $2 and state = 'received'`,
    [progress.importId, progress.run, progress.readRows, progress.at],
  );
  return shown === 1;
}

/** What was found about the file as a whole. */
export interface ListShape {
  readonly sheetName: string;
  readonly otherSheets: readonly string[];
  readonly headerRow: number;
  readonly columns: readonly { field: string; column: string }[];
  readonly unknownColumns: readonly { column: string; heading: string }[];
  readonly skippedRows: readonly { row: number; why: string }[];
  readonly skippedCount: number;
}

export async function writeShape(
  tx: Tx,
  written: { importId: string; run: number; shape: ListShape },
): Promise<void> {
  const { shape } = written;
  await execute(
    tx,
    `update entitlement_import
        set sheet_name = $3, other_sheets = $4, header_row = $5, columns = $6, unknown_columns = $7,
            skipped_rows = $8, skipped_count = $9
      where id = $1 and check_run = $2 and state = 'received'`,
    [
      written.importId,
      written.run,
      shape.sheetName,
      JSON.stringify(shape.otherSheets),
      shape.headerRow,
      JSON.stringify(shape.columns),
      JSON.stringify(shape.unknownColumns),
      JSON.stringify(shape.skippedRows),
      shape.skippedCount,
    ],
  );
}

export interface Refusal {
  readonly code: string;
  readonly vi: string;
  readonly en: string;
}

/** Refuses an import that is received or checked; tells whether it did. */
export async function refuseImport(
  tx: Tx,
  refused: { importId: string; refusal: Refusal; at: Date },
): Promise<boolean> {
  const moved = await execute(
    tx,
    `update entitlement_import set state = 'refused', refusal = $2, refused_at = $3, version = version + 1
      where id = $1 and state = any($4)`,
    [
      refused.importId,
      JSON.stringify(refused.refusal),
      refused.at,
      importLifecycle.before('refused'),
    ],
  );
  return moved === 1;
}
