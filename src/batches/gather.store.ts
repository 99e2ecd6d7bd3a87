import { execute, rows, type Tx } from '../platform/database/index.js';
import type { BatchFilter } from './batch.store.js';

/** Which entitlements a batch looks at, and by what it judges them. */
export interface Gathering {
  readonly batchId: string;
  readonly programme: string;
  readonly period: string;
  readonly filter: BatchFilter;
  /** For a follow-up batch: exactly these entitlements, each with the failed payment it pays again. */
  readonly reissues: readonly { entitlementId: string; reissueOf: string }[] | null;
  /** ISO 8601 date on which an authorised recipient's paper must still be good. */
  readonly payDay: string;
  /** Whole đồng that one line (arrears aside) may carry, or null. */
  readonly ceiling: string | null;
  readonly ceilingPerPerson: boolean;
  /** What our banks carry to which payee bank, in whole đồng; a BIN that is not named is paid to by none. */
  readonly carried: readonly Carried[];
  readonly at: Date;
}

/** Amounts of one payment that a bank of ours carries to a payee bank, both included. */
export interface Carried {
  readonly bin: string;
  readonly bankCode: string;
  readonly least: string;
  /** Null: however much. */
  readonly most: string | null;
}

/*
 * One statement judges every entitlement and writes it either as a line or as an exclusion, so that lines and
 * exclusions together are always all that was looked at. Arrears are not held to the ceiling: they add up
 * several periods. Line ids are made by the database, because the rows never pass through this process.
 */
const GATHER = `
  with carried as (
    select * from unnest($11::text[], $12::text[], $13::numeric[], $14::numeric[]) as c (bin, bank, least, most)
  ), looked_at as materialized (
    select v.*, r.reissue_of,
           case
             when v.state = 'ended' then 'ended'
             when v.state = 'paid' then 'already_paid'
             when v.state = 'in_batch' then 'in_another_batch'
             when v.failed_code is not null and r.entitlement_id is null then 'failed_before'
             when v.deceased_on is not null then 'deceased'
             when v.hold_reason is not null then 'held'
             when v.account_id is null then 'no_account'
             when not exists (select 1 from carried c where c.bin = v.bank_bin) then 'no_route'
             when not exists (select 1 from carried c
                               where c.bin = v.bank_bin and v.amount between c.least and coalesce(c.most, v.amount))
               then 'no_rail'
             when v.recipient_name is not null and v.authorised_until < $8::date then 'recipient_expired'
           end as judged
      from payable_entitlement_view v
      left join unnest($6::uuid[], $7::uuid[]) as r (entitlement_id, reissue_of)
        on r.entitlement_id = v.entitlement_id
     where v.programme = $2 and v.period = $3
       and ($6::uuid[] is null or r.entitlement_id is not null)
       and ($4::jsonb ->> 'fund' is null or v.fund = $4::jsonb ->> 'fund')
       and ($4::jsonb ->> 'kind' is null or v.kind = $4::jsonb ->> 'kind')
       and ($4::jsonb -> 'communeCodes' is null or $4::jsonb -> 'communeCodes' ? v.commune_code)
       and ($4::jsonb -> 'bankBins' is null or $4::jsonb -> 'bankBins' ? v.bank_bin)
       and not exists (
         select 1 from batch_exclusion x
          where x.batch_id = $1 and x.entitlement_id = v.entitlement_id)
  ), weighed as (
    select l.*,
           case
             when judged is not null or kind = 'arrears' then null
             when $10 then sum(amount) filter (where judged is null and kind <> 'arrears')
                             over (partition by beneficiary_id)
             else amount
           end as weight
      from looked_at l
  ), decided as (
    select w.*, case when weight > $9::numeric then 'over_ceiling' else judged end as reason
      from weighed w
  ), lines as (
    insert into batch_line
      (id, batch_id, line_no, entitlement_id, beneficiary_id, account_id, personal_number, payee_name, bank_bin,
       account_number, account_name, amount, currency, fund, commune_code, programme, period, kind,
       decision_number, recipient_name, recipient_personal_number, authorised_until, reissue_of)
    select gen_random_uuid(), $1, row_number() over (order by commune_code, personal_number, kind, entitlement_id),
           entitlement_id, beneficiary_id, account_id, personal_number, full_name, bank_bin,
           account_number, account_name, amount, currency, fund, commune_code, programme, period, kind,
           decision_number, recipient_name, recipient_personal_number, authorised_until, reissue_of
      from decided where reason is null
  )
  insert into batch_exclusion
    (batch_id, entitlement_id, beneficiary_id, personal_number, payee_name, commune_code, fund, kind, amount,
     currency, reason, detail, reissue_of, at)
  select $1, entitlement_id, beneficiary_id, personal_number, full_name, commune_code, fund, kind, amount,
         currency, reason,
         jsonb_strip_nulls(case reason
           when 'failed_before' then jsonb_build_object('code', failed_code)
           when 'held' then jsonb_build_object('code', hold_reason)
           when 'deceased' then jsonb_build_object('on', deceased_on)
           when 'recipient_expired' then jsonb_build_object('until', authorised_until)
           when 'no_route' then jsonb_build_object('bankBin', bank_bin)
           when 'no_rail' then (
             select jsonb_build_object('bankBin', c.bin, 'bank', min(c.bank), 'least', min(c.least)::text,
                                       'most', case when bool_and(c.most is not null) then max(c.most)::text end)
               from carried c where c.bin = bank_bin group by c.bin)
           when 'over_ceiling' then jsonb_build_object('ceiling', $9::text, 'weighed', weight::text)
           when 'in_another_batch' then jsonb_build_object('batchId', batch_id)
           when 'already_paid' then jsonb_build_object('batchId', batch_id)
           else '{}' end),
         reissue_of, $5
    from decided where reason is not null`;

/** The banks of the accounts that a programme and period would be paid into. */
export async function binsOwed(
  tx: Tx,
  owed: { programme: string; period: string },
): Promise<string[]> {
  const found = await rows<{ bin: string }>(
    tx,
    `select distinct bank_bin as bin from payable_entitlement_view
      where programme = $1 and period = $2 and bank_bin is not null order by 1`,
    [owed.programme, owed.period],
  );
  return found.map((row) => row.bin);
}

/** Judges what is owed and writes lines and exclusions of the batch. An entitlement excluded before stays so. */
export async function gather(tx: Tx, gathering: Gathering): Promise<void> {
  await execute(tx, GATHER, [
    gathering.batchId,
    gathering.programme,
    gathering.period,
    JSON.stringify(gathering.filter),
    gathering.at,
    gathering.reissues?.map((reissue) => reissue.entitlementId) ?? null,
    gathering.reissues?.map((reissue) => reissue.reissueOf) ?? null,
    gathering.payDay,
    gathering.ceiling,
    gathering.ceilingPerPerson,
    gathering.carried.map((c) => c.bin),
    gathering.carried.map((c) => c.bankCode),
    gathering.carried.map((c) => c.least),
    gathering.carried.map((c) => c.most),
  ]);
}

/** The next entitlements of a batch's lines in the order of their ids, after the given one. */
export async function entitlementsOf(
  tx: Tx,
  page: { batchId: string; after: string | null; limit: number },
): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select entitlement_id as id from batch_line
      where batch_id = $1 and ($2::uuid is null or entitlement_id > $2)
      order by entitlement_id limit $3`,
    [page.batchId, page.after, page.limit],
  );
  return found.map((row) => row.id);
}

/** Lines whose entitlement another batch was quicker to take become exclusions; tells how many. */
export async function leaveOutTaken(tx: Tx, batch: { id: string; at: Date }): Promise<number> {
  return execute(
    tx,
    `with lost as (
       delete from batch_line l using payable_entitlement_view v
        where l.batch_id = $1 and v.entitlement_id = l.entitlement_id and v.batch_id is distinct from $1
       returning l.*, v.state, v.batch_id as other)
     insert into batch_exclusion
       (batch_id, entitlement_id, beneficiary_id, personal_number, payee_name, commune_code, fund, kind, amount,
        currency, reason, detail, reissue_of, at)
     select $1, entitlement_id, beneficiary_id, personal_number, payee_name, commune_code, fund, kind, amount,
            currency,
            case state when 'ended' then 'ended' when 'paid' then 'already_paid' else 'in_another_batch' end,
            jsonb_strip_nulls(jsonb_build_object('batchId', other)), reissue_of, $2
       from lost`,
    [batch.id, batch.at],
  );
}

/** How many were left out for which reason, and how much they are owed. */
export function exclusionsByReason(
  tx: Tx,
  batchId: string,
): Promise<{ reason: string; count: number; amount: string }[]> {
  return rows(
    tx,
    `select reason, count(*)::int as count, sum(amount) as amount
       from batch_exclusion where batch_id = $1 group by reason order by reason`,
    [batchId],
  );
}

/** What a follow-up batch reissues, from its lines and exclusions; none for other batches. */
export function reissuesOf(
  tx: Tx,
  batchId: string,
): Promise<{ entitlementId: string; reissueOf: string }[]> {
  return rows(
    tx,
    `select entitlement_id as "entitlementId", reissue_of as "reissueOf" from batch_line
      where batch_id = $1 and reissue_of is not null
     union
     select entitlement_id, reissue_of from batch_exclusion where batch_id = $1 and reissue_of is not null`,
    [batchId],
  );
}

/** Empties a draft for gathering it anew; what a person took out with a reason stays out. */
export async function clearDraft(tx: Tx, batchId: string): Promise<void> {
  await execute(tx, `delete from batch_line where batch_id = $1`, [batchId]);
  await execute(tx, `delete from batch_exclusion where batch_id = $1 and reason <> 'removed'`, [
    batchId,
  ]);
}
