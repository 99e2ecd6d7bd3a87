import { isPayeeFoundBy } from '../beneficiaries/index.js';
import { rows, type Tx } from '../platform/database/index.js';

/** A line as people see it. */
export interface LineView {
  readonly id: string;
  readonly lineNo: number;
  readonly entitlementId: string;
  readonly beneficiaryId: string;
  readonly personalNumber: string;
  readonly payeeName: string;
  readonly bankBin: string;
  readonly accountNumber: string;
  readonly accountName: string;
  readonly amount: string;
  readonly currency: string;
  readonly fund: string;
  readonly communeCode: string;
  readonly programme: string;
  readonly period: string;
  readonly kind: string;
  readonly decisionNumber: string;
  readonly recipientName: string | null;
  readonly recipientPersonalNumber: string | null;
  readonly authorisedUntil: string | null;
  readonly reissueOf: string | null;
  readonly digest: string | null;
}

export interface ExclusionView {
  readonly entitlementId: string;
  readonly beneficiaryId: string;
  readonly personalNumber: string;
  readonly payeeName: string;
  readonly communeCode: string;
  readonly fund: string;
  readonly kind: string;
  readonly amount: string;
  readonly currency: string;
  readonly reason: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An account that several people of one batch are paid into. */
export interface SharedAccount {
  readonly bankBin: string;
  readonly accountNumber: string;
  readonly people: number;
  readonly amount: string;
  readonly lineNos: readonly number[];
}

/** Lines in the order of their numbers. */
export function listLines(
  tx: Tx,
  query: {
    batchId: string;
    bankBin?: string;
    communeCode?: string;
    fund?: string;
    kind?: string;
    personalNumber?: string;
    /** A name, personal number or account, as an officer types it. */
    search?: string;
    afterLineNo: number;
    limit: number;
  },
): Promise<LineView[]> {
  const parameters: unknown[] = [
    query.batchId,
    query.afterLineNo,
    query.bankBin ?? null,
    query.communeCode ?? null,
    query.fund ?? null,
    query.kind ?? null,
    query.personalNumber ?? null,
    query.limit,
  ];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const found = query.search
    ? `and ${isPayeeFoundBy(query.search, 'beneficiary_id', parameter)}`
    : '';
  return rows(
    tx,
    `select id, line_no as "lineNo", entitlement_id as "entitlementId", beneficiary_id as "beneficiaryId",
            personal_number as "personalNumber", payee_name as "payeeName", bank_bin as "bankBin",
            account_number as "accountNumber", account_name as "accountName", amount, currency, fund,
            commune_code as "communeCode", programme, period, kind, decision_number as "decisionNumber",
            recipient_name as "recipientName", recipient_personal_number as "recipientPersonalNumber",
            authorised_until::text as "authorisedUntil", reissue_of as "reissueOf", line_digest as digest
       from batch_line
      where batch_id = $1 and line_no > $2
        and ($3::text is null or bank_bin = $3) and ($4::text is null or commune_code = $4)
        and ($5::text is null or fund = $5) and ($6::text is null or kind = $6)
        and ($7::text is null or personal_number = $7) ${found}
      order by line_no limit $8`,
    parameters,
  );
}

/** Who is left out, by entitlement id. */
export function listExclusions(
  tx: Tx,
  query: { batchId: string; reason?: string; afterId: string | null; limit: number },
): Promise<ExclusionView[]> {
  return rows(
    tx,
    `select entitlement_id as "entitlementId", beneficiary_id as "beneficiaryId",
            personal_number as "personalNumber", payee_name as "payeeName", commune_code as "communeCode",
            fund, kind, amount, currency, reason, detail
       from batch_exclusion
      where batch_id = $1 and ($2::text is null or reason = $2) and ($3::uuid is null or entitlement_id > $3)
      order by entitlement_id limit $4`,
    [query.batchId, query.reason ?? null, query.afterId, query.limit],
  );
}

/** Accounts that more than `above` people are paid into, the most shared first. */
export function sharedAccounts(
  tx: Tx,
  query: { batchId: string; above: number; limit: number },
): Promise<SharedAccount[]> {
  return rows(
    tx,
    `with often as materialized (
       select bank_bin, account_number from batch_line where batch_id = $1
        group by bank_bin, account_number having count(*) > $2)
     select l.bank_bin as "bankBin", l.account_number as "accountNumber",
            count(distinct l.beneficiary_id)::int as people, sum(l.amount) as amount,
            (array_agg(l.line_no order by l.line_no))[1:50] as "lineNos"
       from often o
       join batch_line l on l.batch_id = $1 and l.bank_bin = o.bank_bin and l.account_number = o.account_number
      group by l.bank_bin, l.account_number
     having count(distinct l.beneficiary_id) > $2
      order by people desc, "bankBin", "accountNumber" limit $3`,
    [query.batchId, query.above, query.limit],
  );
}
