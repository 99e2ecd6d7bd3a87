import { execute, one, rows, type Tx } from '../platform/database/index.js';
import type { Bilingual } from '../kernel/index.js';
import type { MovedBy } from './entitlement.store.js';
import { importLifecycle } from './import.lifecycle.js';

export type ApplyMode = 'all-or-nothing' | 'good-rows';

export interface TakenImport {
  readonly badRows: number;
  readonly goodRows: number;
  readonly blocks: readonly Bilingual[];
  readonly format: string;
  readonly columns: readonly { field: string; column: string }[];
}

/** `checked` → `applied`: whoever wins this update applies the list, and nobody else ever does. */
export function takeForApplying(
  tx: Tx,
  take: { importId: string; mode: ApplyMode; at: Date },
): Promise<TakenImport | null> {
  return one<TakenImport>(
    tx,
    `update entitlement_import set state = 'applied', apply_mode = $2, applied_at = $3, version = version + 1
      where id = $1 and state = any($4)
     returning bad_rows as "badRows", good_rows as "goodRows", blocks, format, columns`,
    [take.importId, take.mode, take.at, importLifecycle.before('applied')],
  );
}

export interface PayeeLine {
  readonly rowNumber: number;
  readonly personalNumber: string;
  readonly fullName: string;
  readonly dateOfBirth: string | null;
  readonly communeCode: string;
  readonly accountNumber: string | null;
  readonly accountName: string | null;
  readonly bankBin: string | null;
  readonly recipientName: string | null;
  readonly recipientPersonalNumber: string | null;
  readonly authorisedUntil: string | null;
}

/** Good rows in the order of their people, so that two lists lock the same people in the same order. */
export function goodPayees(
  tx: Tx,
  page: { importId: string; after: { personalNumber: string; rowNumber: number }; limit: number },
): Promise<PayeeLine[]> {
  return rows<PayeeLine>(
    tx,
    `select row_number as "rowNumber", personal_number as "personalNumber", full_name as "fullName",
            date_of_birth as "dateOfBirth", commune_code as "communeCode",
            account_number as "accountNumber", account_name as "accountName", bank_bin as "bankBin",
            recipient_name as "recipientName", recipient_personal_number as "recipientPersonalNumber",
            authorised_until::text as "authorisedUntil"
       from import_row
      where import_id = $1 and state = 'good' and (personal_number, row_number) > ($2, $3)
      order by personal_number, row_number limit $4`,
    [page.importId, page.after.personalNumber, page.after.rowNumber, page.limit],
  );
}

/**
 * Writes what is owed from the good rows. A row whose entitlement another list has just written is left out by the unique
 * index and stays `good`; the caller counts. The rows that were written are named in a statement of their own: joined in
 * the same one, a list that PostgreSQL does not know yet counts as one row, and each was compared with each.
 */
export async function insertEntitlements(
  tx: Tx,
  insert: { importId: string; at: Date; by: MovedBy },
): Promise<number> {
  const written = await rows<{ row: number }>(
    tx,
    `with written as (
       insert into entitlement
         (id, import_id, row_number, beneficiary_id, programme, period, kind, amount, currency, fund,
          commune_code, decision_number, decision_date, recipient_name, recipient_personal_number,
          authorised_until, note, created_at)
       select r.entitlement_id, r.import_id, r.row_number, p.beneficiary_id, r.programme, r.period, r.kind,
              r.amount, 'VND', r.fund, r.commune_code, r.decision_number, r.decision_date, r.recipient_name,
              r.recipient_personal_number, r.authorised_until, r.note, $2
         from import_row r join payee_view p on p.personal_number = r.personal_number
        where r.import_id = $1 and r.state = 'good'
        order by p.beneficiary_id, r.programme, r.period, r.kind
       on conflict (beneficiary_id, programme, period, kind) where state <> 'ended' do nothing
       returning id, row_number),
     noted as (
       insert into entitlement_history
         (entitlement_id, at, from_state, to_state, actor_kind, actor_id, actor_name, cause)
       select id, $2, null, 'open', $3, $4, $5, 'list applied' from written)
     select row_number as row from written`,
    [insert.importId, insert.at, insert.by.kind, insert.by.id, insert.by.name],
  );
  await execute(
    tx,
    `update import_row set state = 'applied' where import_id = $1 and row_number = any($2::int[])`,
    [insert.importId, written.map(({ row }) => row)],
  );
  return written.length;
}

/** Good rows that another list was quicker with. */
export async function rowsLeftGood(tx: Tx, importId: string): Promise<number[]> {
  const left = await rows<{ row_number: number }>(
    tx,
    `select row_number from import_row where import_id = $1 and state = 'good' order by row_number`,
    [importId],
  );
  return left.map((row) => row.row_number);
}

export async function writeApplied(tx: Tx, importId: string): Promise<void> {
  await execute(
    tx,
    `update entitlement_import i
        set applied_rows = r.applied, good_rows = r.applied, bad_rows = r.bad, good_amount = r.amount,
            error_count = e.errors, warning_count = e.warnings
       from (select count(*) filter (where state = 'applied') as applied,
                    count(*) filter (where state = 'bad') as bad,
                    coalesce(sum(amount) filter (where state = 'applied'), 0) as amount
               from import_row where import_id = $1) r,
            (select count(*) filter (where severity = 'error') as errors,
                    count(*) filter (where severity = 'warning') as warnings
               from import_error where import_id = $1) e
      where i.id = $1`,
    [importId],
  );
}
