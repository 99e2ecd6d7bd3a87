import { Money, type CurrencyCode } from '../kernel/index.js';
import { execute, one, rows, type Tx } from '../platform/database/index.js';
import type { OutdatedLine } from './batches.errors.js';
import type { SignedLine } from './canonical-form.js';

type LineRow = Omit<SignedLine, 'amount'> & { amount: string; currency: CurrencyCode };

/** A line as it is stored: what is signed, and its row's id. */
export interface StoredLine {
  readonly id: string;
  readonly line: SignedLine;
}

/** The next lines in the order of their numbers. */
export async function pageOfLines(
  tx: Tx,
  page: { batchId: string; afterLineNo: number; limit: number },
): Promise<StoredLine[]> {
  const found = await rows<LineRow & { id: string }>(
    tx,
    `select id, line_no as "lineNo", entitlement_id as "entitlementId", beneficiary_id as "beneficiaryId",
            account_id as "accountId", personal_number as "personalNumber", payee_name as "payeeName",
            bank_bin as "bankBin", account_number as "accountNumber", account_name as "accountName",
            amount, currency, fund, commune_code as "communeCode", programme, period, kind,
            decision_number as "decisionNumber", recipient_name as "recipientName",
            recipient_personal_number as "recipientPersonalNumber", authorised_until::text as "authorisedUntil",
            reissue_of as "reissueOf"
       from batch_line where batch_id = $1 and line_no > $2 order by line_no limit $3`,
    [page.batchId, page.afterLineNo, page.limit],
  );
  return found.map(({ id, amount, currency, ...line }) => ({
    id,
    line: { ...line, amount: Money.of(amount, currency) },
  }));
}

/** Numbers the lines from 1 without gaps, in the order they have. */
export async function renumber(tx: Tx, batchId: string): Promise<void> {
  await execute(
    tx,
    `update batch_line l set line_no = o.n
       from (select id, row_number() over (order by line_no) as n from batch_line where batch_id = $1) o
      where l.id = o.id and l.line_no <> o.n`,
    [batchId],
  );
}

export async function writeDigests(
  tx: Tx,
  digests: readonly { lineId: string; digest: string }[],
): Promise<void> {
  await execute(
    tx,
    `update batch_line l set line_digest = d.digest
       from unnest($1::uuid[], $2::text[]) as d (id, digest)
      where l.id = d.id and l.line_digest is distinct from d.digest`,
    [digests.map((d) => d.lineId), digests.map((d) => d.digest)],
  );
}

const OUTDATED = `
  select l.line_no as "lineNo", l.entitlement_id as "entitlementId", l.beneficiary_id as "beneficiaryId",
         case
           when v.state is distinct from 'in_batch' then 'not_in_batch'
           when v.deceased_on is not null then 'deceased'
           when v.hold_reason is not null then 'held'
           when v.account_id is null then 'no_account'
           when l.recipient_name is not null and l.authorised_until < $2::date then 'recipient_expired'
           when (v.account_id, v.bank_bin, v.account_number, v.account_name)
                is distinct from (l.account_id, l.bank_bin, l.account_number, l.account_name) then 'account_changed'
           when (v.full_name, v.personal_number) is distinct from (l.payee_name, l.personal_number)
             then 'name_changed'
         end as change
    from batch_line l
    -- One by one, by its id: how many are in the batch the planner cannot know yet, and would guess one.
    left join lateral (
      select * from payable_entitlement_view e where e.entitlement_id = l.entitlement_id offset 0) v
           on v.batch_id = $1
   where l.batch_id = $1`;

/** Lines that no longer say what the payees' records say, or could not be paid now; the first `limit` and a count. */
export async function outdatedLines(
  tx: Tx,
  of: { batchId: string; payDay: string; limit: number },
): Promise<{ count: number; lines: OutdatedLine[] }> {
  const found = await rows<OutdatedLine & { count: number }>(
    tx,
    `select "lineNo", "entitlementId", "beneficiaryId", change, count(*) over ()::int as count
       from (${OUTDATED}) judged where change is not null order by "lineNo" limit $3`,
    [of.batchId, of.payDay, of.limit],
  );
  return {
    count: found[0]?.count ?? 0,
    lines: found.map(({ count: _, ...line }) => line),
  };
}

/** Takes lines out of a draft and keeps them as exclusions with the officer's reason; gives what was taken. */
export async function removeLines(
  tx: Tx,
  removal: { batchId: string; entitlementIds: readonly string[]; reason: string; at: Date },
): Promise<string[]> {
  const removed = await rows<{ id: string }>(
    tx,
    `with taken_out as (
       delete from batch_line where batch_id = $1 and entitlement_id = any($2::uuid[]) returning *)
     insert into batch_exclusion
       (batch_id, entitlement_id, beneficiary_id, personal_number, payee_name, commune_code, fund, kind, amount,
        currency, reason, detail, reissue_of, at)
     select batch_id, entitlement_id, beneficiary_id, personal_number, payee_name, commune_code, fund, kind, amount,
            currency, 'removed', jsonb_build_object('because', $3::text), reissue_of, $4
       from taken_out
     returning entitlement_id as id`,
    [removal.batchId, removal.entitlementIds, removal.reason, removal.at],
  );
  return removed.map((row) => row.id);
}

/** Count and sum of the stored lines. */
export async function figuresOf(
  tx: Tx,
  batch: { id: string; currency: CurrencyCode },
): Promise<{ lineCount: number; total: Money }> {
  const found = await one<{ n: number; total: string }>(
    tx,
    `select count(*)::int as n, coalesce(sum(amount), 0) as total from batch_line where batch_id = $1`,
    [batch.id],
  );
  return { lineCount: found?.n ?? 0, total: Money.of(found?.total ?? '0', batch.currency) };
}

/** Sums of a batch's lines by fund. */
export function totalsByFund(
  tx: Tx,
  batchId: string,
): Promise<{ fund: string; amount: string; currency: CurrencyCode }[]> {
  return rows(
    tx,
    `select fund, sum(amount)::text as amount, currency from batch_line where batch_id = $1
      group by fund, currency order by fund`,
    [batchId],
  );
}
