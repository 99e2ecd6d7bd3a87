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
