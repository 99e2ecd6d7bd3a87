import { rows, type Tx } from '../platform/database/index.js';

export interface ErrorView {
  readonly id: string;
  readonly row: number;
  readonly column: string | null;
  readonly cell: string;
  readonly field: string | null;
  readonly value: string | null;
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly messageVi: string;
  readonly messageEn: string;
  readonly remedyVi: string;
  readonly remedyEn: string;
}

export interface ErrorFilter {
  readonly rule?: string;
  readonly severity?: string;
  /** Letter, or the key of a JSON row. */
  readonly column?: string;
  readonly field?: string;
  readonly row?: number;
  /** Of rows that name this commune. */
  readonly communeCode?: string;
}

/** Where the page before ended. */
export interface ErrorKey {
  readonly row: number;
  readonly id: string;
}

/** In the order of the file. All of them, page by page. */
export function listErrors(
  tx: Tx,
  page: ErrorFilter & { importId: string; after: ErrorKey | null; limit: number },
): Promise<ErrorView[]> {
  return rows<ErrorView>(
    tx,
    `select id::text as id, row_number as row, column_name as column, cell, field, value, rule, severity,
            message_vi as "messageVi", message_en as "messageEn",
            remedy_vi as "remedyVi", remedy_en as "remedyEn"
       from import_error
      where import_id = $1 and (row_number, id) > ($2::int, $3::bigint)
        and ($4::text is null or rule = $4) and ($5::text is null or severity = $5)
        and ($6::text is null or column_name = $6) and ($7::text is null or field = $7)
        and ($8::int is null or row_number = $8)
        and ($10::text is null or exists (
          select 1 from import_row r
           where r.import_id = $1 and r.row_number = import_error.row_number and r.commune_code = $10))
      order by row_number, id limit $9`,
    [
      page.importId,
      page.after?.row ?? -1,
      page.after?.id ?? '0',
      page.rule ?? null,
      page.severity ?? null,
      page.column ?? null,
      page.field ?? null,
      page.row ?? null,
      page.limit + 1,
      page.communeCode ?? null,
    ],
  );
}

/** How often each rule was broken, most often first: where to begin mending. */
export function countByRule(
  tx: Tx,
  importId: string,
): Promise<{ rule: string; severity: string; count: number }[]> {
  return rows(
    tx,
    `select rule, severity, count(*)::int as count from import_error where import_id = $1
      group by rule, severity order by count(*) desc, rule`,
    [importId],
  );
}

/** How many problems lie in each column; null: of whole rows. */
export function countByColumn(
  tx: Tx,
  importId: string,
): Promise<{ column: string | null; field: string | null; count: number }[]> {
  return rows(
    tx,
    `select column_name as column, max(field) as field, count(*)::int as count
       from import_error where import_id = $1 group by column_name order by count(*) desc, column_name`,
    [importId],
  );
}

export interface RowView {
  readonly row: number;
  readonly state: 'good' | 'bad' | 'applied';
  readonly fullName: string | null;
  readonly personalNumber: string | null;
  readonly dateOfBirth: string | null;
  readonly communeCode: string | null;
  readonly programme: string | null;
  readonly period: string | null;
  readonly kind: string | null;
  readonly amount: string | null;
  readonly decisionNumber: string | null;
  readonly decisionDate: string | null;
  readonly accountNumber: string | null;
  readonly accountName: string | null;
  readonly bankBin: string | null;
  readonly recipientName: string | null;
  readonly recipientPersonalNumber: string | null;
  readonly authorisedUntil: string | null;
  readonly fund: string | null;
  readonly note: string | null;
  readonly otherCells: Readonly<Record<string, string>> | null;
  readonly entitlementId: string | null;
}

export function listRows(
  tx: Tx,
  page: { importId: string; state?: string; after: number | null; limit: number },
): Promise<RowView[]> {
  return rows<RowView>(
    tx,
    `select row_number as row, state, full_name as "fullName", personal_number as "personalNumber",
            date_of_birth as "dateOfBirth", commune_code as "communeCode", programme, period, kind,
            amount::text as amount, decision_number as "decisionNumber",
            decision_date::text as "decisionDate", account_number as "accountNumber",
            account_name as "accountName", bank_bin as "bankBin", recipient_name as "recipientName",
            recipient_personal_number as "recipientPersonalNumber",
            authorised_until::text as "authorisedUntil", fund, note, other_cells as "otherCells",
            case when state = 'applied' then entitlement_id end as "entitlementId"
       from import_row
      where import_id = $1 and row_number > $2 and ($3::text is null or state = $3)
      order by row_number limit $4`,
    [page.importId, page.after ?? -1, page.state ?? null, page.limit + 1],
  );
}
