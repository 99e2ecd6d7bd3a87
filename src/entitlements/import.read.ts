import { one, rows, type Tx } from '../platform/database/index.js';
import type { Bilingual } from '../kernel/index.js';
import type { ImportState } from './import.lifecycle.js';
import type { CommuneTotal } from './outcome.store.js';

export async function importStateOf(
  tx: Tx,
  importId: string,
  options: { lock?: boolean } = {},
): Promise<string | null> {
  const found = await one<{ state: string }>(
    tx,
    `select state from entitlement_import where id = $1 ${options.lock ? 'for update' : ''}`,
    [importId],
  );
  return found?.state ?? null;
}

/** Received lists whose check has said nothing since then. */
export async function silentChecks(
  tx: Tx,
  asked: { since: Date; limit: number },
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from entitlement_import
      where state = 'received' and received_at < $1 and coalesce(check_alive_at, received_at) < $1
      order by received_at limit $2`,
    [asked.since, asked.limit],
  );
  return found.map((row) => row.id);
}

export interface ImportSummary {
  readonly id: string;
  readonly state: ImportState;
  readonly sender: string;
  readonly fileName: string;
  readonly format: 'xlsx' | 'csv' | 'json';
  readonly byteSize: number;
  readonly sha256: string;
  readonly programme: string | null;
  readonly period: string | null;
  /** Rows read so far; while the state is `received`, the progress of the check. */
  readonly readRows: number;
  readonly goodRows: number;
  readonly badRows: number;
  readonly appliedRows: number;
  readonly errorCount: number;
  readonly warningCount: number;
  readonly totalAmount: string;
  readonly goodAmount: string;
  readonly currency: string;
  readonly applyMode: 'all-or-nothing' | 'good-rows' | null;
  readonly receivedAt: Date;
  readonly checkedAt: Date | null;
  readonly appliedAt: Date | null;
  readonly refusedAt: Date | null;
}

export interface ImportDetail extends ImportSummary {
  readonly sheet: string | null;
  readonly otherSheets: readonly string[];
  readonly headerRow: number | null;
  readonly columns: readonly { field: string; column: string }[];
  readonly unknownColumns: readonly { column: string; heading: string }[];
  readonly skippedRows: readonly { row: number; why: string }[];
  readonly skippedCount: number;
  readonly controlRows: number | null;
  readonly controlTotal: string | null;
  readonly controlByCommune: Readonly<Record<string, string>> | null;
  readonly totalsByCommune: readonly CommuneTotal[];
  readonly blocks: readonly Bilingual[];
  readonly refusal: { code: string; vi: string; en: string } | null;
  readonly version: number;
}

const SUMMARY = `
  id, state, sender, file_name as "fileName", format, byte_size::int as "byteSize",
  content_sha256 as sha256, declared_programme as programme, declared_period as period,
  read_rows as "readRows", good_rows as "goodRows", bad_rows as "badRows", applied_rows as "appliedRows",
  error_count as "errorCount", warning_count as "warningCount", total_amount::text as "totalAmount",
  good_amount::text as "goodAmount", currency, apply_mode as "applyMode", received_at as "receivedAt",
  checked_at as "checkedAt", applied_at as "appliedAt", refused_at as "refusedAt"`;

export interface ImportFilter {
  readonly state?: string;
  readonly programme?: string;
  readonly period?: string;
  readonly sender?: string;
}

/** Newest first; `before` is the id of the last one seen. One row more than the limit tells of a next page. */
export function listImports(
  tx: Tx,
  page: ImportFilter & { before: string | null; limit: number },
): Promise<ImportSummary[]> {
  return rows<ImportSummary>(
    tx,
    `select ${SUMMARY} from entitlement_import
      where ($1::uuid is null or id < $1::uuid) and ($2::text is null or state = $2)
        and ($3::text is null or declared_programme = $3) and ($4::text is null or declared_period = $4)
        and ($5::text is null or sender = $5)
      order by id desc limit $6`,
    [
      page.before,
      page.state ?? null,
      page.programme ?? null,
      page.period ?? null,
      page.sender ?? null,
      page.limit + 1,
    ],
  );
}

/** A list of the very same content that was sent before or after. */
export interface SameContent {
  readonly id: string;
  readonly state: ImportState;
  readonly fileName: string;
  readonly sender: string;
  readonly receivedAt: Date;
}

const SAME_NAMED_MAX = 20;

/** The newest first. */
export function sameContent(tx: Tx, importId: string): Promise<SameContent[]> {
  return rows<SameContent>(
    tx,
    `select o.id, o.state, o.file_name as "fileName", o.sender, o.received_at as "receivedAt"
       from entitlement_import i
       join entitlement_import o on o.content_sha256 = i.content_sha256 and o.id <> i.id
      where i.id = $1 order by o.id desc limit ${SAME_NAMED_MAX}`,
    [importId],
  );
}

export interface ImportStep {
  readonly at: Date;
  readonly from: ImportState | null;
  readonly to: ImportState;
  readonly actorKind: string;
  readonly by: string;
}

/** What became of it, in order: an import takes three steps at most. */
export function stepsOfImport(tx: Tx, importId: string): Promise<ImportStep[]> {
  return rows<ImportStep>(
    tx,
    `select at, from_state as "from", to_state as "to", actor_kind as "actorKind", actor_name as by
       from import_history where import_id = $1 order by id limit 10`,
    [importId],
  );
}

/** Offices that have sent lists, the latest first, for filters. */
export async function sendersOfImports(tx: Tx): Promise<string[]> {
  const found = await rows<{ sender: string }>(
    tx,
    `select sender from (
       select sender, id from entitlement_import order by id desc limit ${SENDERS_AMONG}) latest
      group by sender order by sender limit ${SENDERS_NAMED_MAX}`,
    [],
  );
  return found.map(({ sender }) => sender);
}

const SENDERS_AMONG = 1_000;
const SENDERS_NAMED_MAX = 100;

export function findImport(tx: Tx, importId: string): Promise<ImportDetail | null> {
  return one<ImportDetail>(
    tx,
    `select ${SUMMARY}, sheet_name as sheet, other_sheets as "otherSheets", header_row as "headerRow",
            columns, unknown_columns as "unknownColumns", skipped_rows as "skippedRows",
            skipped_count as "skippedCount", control_rows as "controlRows",
            control_total::text as "controlTotal", control_by_commune as "controlByCommune",
            totals_by_commune as "totalsByCommune", blocks, refusal, version
       from entitlement_import where id = $1`,
    [importId],
  );
}
