import { one, rows, type Tx } from '../platform/database/index.js';
import type { EntitlementState } from './entitlement.lifecycle.js';

export interface EntitlementView {
  readonly id: string;
  readonly state: EntitlementState;
  readonly beneficiaryId: string;
  readonly personalNumber: string;
  readonly fullName: string;
  readonly programme: string;
  readonly period: string;
  readonly kind: string;
  readonly amount: string;
  readonly currency: string;
  readonly fund: string;
  readonly communeCode: string;
  readonly decisionNumber: string;
  readonly decisionDate: string;
  readonly recipientName: string | null;
  readonly recipientPersonalNumber: string | null;
  readonly authorisedUntil: string | null;
  readonly batchId: string | null;
  readonly failedCode: string | null;
  readonly failedAccountId: string | null;
  readonly endReason: string | null;
  readonly importId: string;
  readonly row: number;
  readonly note: string | null;
  readonly createdAt: Date;
}

export const COLUMNS = `
  e.id, e.state, e.beneficiary_id as "beneficiaryId", p.personal_number as "personalNumber",
  p.full_name as "fullName", e.programme, e.period, e.kind, e.amount::text as amount, e.currency, e.fund,
  e.commune_code as "communeCode", e.decision_number as "decisionNumber",
  e.decision_date::text as "decisionDate", e.recipient_name as "recipientName",
  e.recipient_personal_number as "recipientPersonalNumber", e.authorised_until::text as "authorisedUntil",
  e.batch_id as "batchId", e.failed_code as "failedCode", e.failed_account_id as "failedAccountId",
  e.end_reason as "endReason", e.import_id as "importId", e.row_number as row, e.note,
  e.created_at as "createdAt"`;

export interface EntitlementFilter {
  readonly programme?: string;
  readonly period?: string;
  readonly kind?: string;
  readonly state?: string;
  readonly communeCode?: string;
  readonly fund?: string;
  readonly beneficiaryId?: string;
  readonly importId?: string;
  /** Whether its last payment failed. */
  readonly failed?: boolean;
}

/** Oldest first; `after` is the id of the last one seen. One row more than the limit tells of a next page. */
export function listEntitlements(
  tx: Tx,
  page: EntitlementFilter & { after: string | null; limit: number },
): Promise<EntitlementView[]> {
  return rows<EntitlementView>(
    tx,
    `select ${COLUMNS}
       from entitlement e join payee_view p on p.beneficiary_id = e.beneficiary_id
      where ($1::uuid is null or e.id > $1::uuid) and ($2::text is null or e.programme = $2)
        and ($3::text is null or e.period = $3) and ($4::text is null or e.kind = $4)
        and ($5::text is null or e.state = $5) and ($6::text is null or e.commune_code = $6)
        and ($7::text is null or e.fund = $7) and ($8::uuid is null or e.beneficiary_id = $8::uuid)
        and ($9::uuid is null or e.import_id = $9::uuid)
        and ($10::boolean is null or (e.failed_code is not null) = $10::boolean)
      order by e.id limit $11`,
    [
      page.after,
      page.programme ?? null,
      page.period ?? null,
      page.kind ?? null,
      page.state ?? null,
      page.communeCode ?? null,
      page.fund ?? null,
      page.beneficiaryId ?? null,
      page.importId ?? null,
      page.failed ?? null,
      page.limit + 1,
    ],
  );
}

export function findEntitlement(tx: Tx, entitlementId: string): Promise<EntitlementView | null> {
  return one<EntitlementView>(
    tx,
    `select ${COLUMNS}
       from entitlement e join payee_view p on p.beneficiary_id = e.beneficiary_id where e.id = $1`,
    [entitlementId],
  );
}

export interface HistoryView {
  readonly at: Date;
  readonly fromState: string | null;
  readonly toState: string;
  readonly actorKind: string;
  readonly actorName: string;
  readonly cause: string;
  readonly batchId: string | null;
  readonly reasonCode: string | null;
}

/** Steps of one entitlement; a living one has a handful, so the bound is never met. */
const HISTORY_MAX = 1_000;

export function historyOf(tx: Tx, entitlementId: string): Promise<HistoryView[]> {
  return rows<HistoryView>(
    tx,
    `select at, from_state as "fromState", to_state as "toState", actor_kind as "actorKind",
            actor_name as "actorName", cause, batch_id as "batchId", reason_code as "reasonCode"
       from entitlement_history where entitlement_id = $1 order by id limit $2`,
    [entitlementId, HISTORY_MAX],
  );
}
