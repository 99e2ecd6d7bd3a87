import { InvariantError, previousPeriod } from '../kernel/index.js';
import { rows, type Tx } from '../platform/database/index.js';
import type { BatchFilter } from './batch.store.js';

export const CHANGES = ['new', 'gone', 'other_amount', 'other_account'] as const;
export type Change = (typeof CHANGES)[number];

export interface ChangesPage {
  readonly change?: Change;
  /** Behind this personal number. */
  readonly after: string | null;
  readonly limit: number;
}

/** What a batch is compared with: the approved batches of the period before, or the batch it follows up. */
export type Basis = { readonly period: string } | { readonly batchId: string };

export interface ChangedPerson {
  readonly personalNumber: string;
  readonly beneficiaryId: string;
  readonly payeeName: string;
  readonly changes: readonly Change[];
  readonly amountBefore: string | null;
  readonly amountNow: string | null;
  readonly bankBinBefore: string | null;
  readonly accountBefore: string | null;
  readonly bankBinNow: string | null;
  readonly accountNow: string | null;
  /** Why somebody who is gone was left out, when this batch knows it. */
  readonly leftOutBecause: string | null;
}

export interface ChangeCounts {
  readonly peopleBefore: number;
  readonly amountBefore: string;
  readonly peopleNow: number;
  readonly amountNow: string;
  readonly newPeople: number;
  readonly newAmount: string;
  readonly gonePeople: number;
  readonly goneAmount: string;
  readonly otherAmountPeople: number;
  /** Now less before, over those people; may be negative. */
  readonly otherAmountDifference: string;
  readonly otherAccountPeople: number;
}

interface Compared {
  readonly id: string;
  readonly programme: string;
  readonly period: string;
  readonly filter: BatchFilter;
  readonly followUpOf: string | null;
  /** Compared with what was approved by then, whatever came later; null or absent: with what there is now. */
  readonly asOf?: Date | null;
}

export function basisOf(batch: Compared): Basis {
  return batch.followUpOf === null
    ? { period: previousPeriod(batch.period) }
    : { batchId: batch.followUpOf };
}

const APPROVED_BY_THEN = `
  select from batch_history h where h.batch_id = b.id and h.happened = 'approved' and h.at <= $7`;

/*
 * By person, all their lines together, because one person may draw arrears beside the regular amount. What was
 * paid again after a failure is counted once. Somebody is gone only from what this batch was asked for, and only
 * when no other living batch of the period pays them.
 */
const COMPARED = `
  with mine as (
    select personal_number, (array_agg(beneficiary_id))[1] as beneficiary_id, max(payee_name) as payee_name,
           sum(amount) as amount, (array_agg(bank_bin order by line_no desc))[1] as bank_bin,
           (array_agg(account_number order by line_no desc))[1] as account_number
      from batch_line where batch_id = $1 group by personal_number
  ), before as (
    select l.personal_number, (array_agg(l.beneficiary_id))[1] as beneficiary_id, max(l.payee_name) as payee_name,
           coalesce(sum(l.amount) filter (where l.reissue_of is null), sum(l.amount)) as amount,
           (array_agg(l.bank_bin order by l.batch_id desc, l.line_no desc))[1] as bank_bin,
           (array_agg(l.account_number order by l.batch_id desc, l.line_no desc))[1] as account_number,
           bool_or($6::uuid is null
             and ($5::jsonb ->> 'fund' is null or l.fund = $5::jsonb ->> 'fund')
             and ($5::jsonb -> 'communeCodes' is null or $5::jsonb -> 'communeCodes' ? l.commune_code)
             and ($5::jsonb -> 'bankBins' is null or $5::jsonb -> 'bankBins' ? l.bank_bin)) as asked_for
      from batch_line l join batch b on b.id = l.batch_id
     where b.state = 'approved'
       and ($7::timestamptz is null or exists (${APPROVED_BY_THEN}))
       and case when $6::uuid is null
             then b.programme = $2 and b.period = $4
                  and ($5::jsonb ->> 'kind' is null or l.kind = $5::jsonb ->> 'kind')
             else b.id = $6 and l.entitlement_id in (select entitlement_id from batch_line where batch_id = $1) end
     group by l.personal_number
  ), compared as (
    select coalesce(m.personal_number, p.personal_number) as personal_number,
           coalesce(m.beneficiary_id, p.beneficiary_id) as beneficiary_id,
           coalesce(m.payee_name, p.payee_name) as payee_name,
           p.amount as amount_before, m.amount as amount_now, p.bank_bin as bank_before,
           p.account_number as account_before, m.bank_bin as bank_now, m.account_number as account_now,
           p.personal_number is null as is_new,
           m.personal_number is null as is_gone,
           coalesce(m.amount <> p.amount, false) as is_other_amount,
           coalesce((m.bank_bin, m.account_number) <> (p.bank_bin, p.account_number), false) as is_other_account
      from mine m
      full join before p on p.personal_number = m.personal_number
     where m.personal_number is not null
        or (p.asked_for and not exists (
             select 1 from batch_line l join batch b on b.id = l.batch_id
              where b.programme = $2 and b.period = $3 and b.state <> 'cancelled'
                and ($7::timestamptz is null or exists (${APPROVED_BY_THEN}))
                and l.personal_number = p.personal_number))
  )`;

/** How much changed against the basis, and one page of the people who changed, by personal number. */
export async function compare(
  tx: Tx,
  batch: Compared,
  page: ChangesPage,
): Promise<{ counts: ChangeCounts; people: ChangedPerson[] }> {
  // Without anybody to tell of there is one row, with the counts alone.
  const found = await rows<{ counts: ChangeCounts } & (ChangedPerson | { personalNumber: null })>(
    tx,
    `${COMPARED}, counted as (
       select count(amount_before)::int as "peopleBefore", coalesce(sum(amount_before), 0)::text as "amountBefore",
              count(amount_now)::int as "peopleNow", coalesce(sum(amount_now), 0)::text as "amountNow",
              count(*) filter (where is_new)::int as "newPeople",
              coalesce(sum(amount_now) filter (where is_new), 0)::text as "newAmount",
              count(*) filter (where is_gone)::int as "gonePeople",
              coalesce(sum(amount_before) filter (where is_gone), 0)::text as "goneAmount",
              count(*) filter (where is_other_amount)::int as "otherAmountPeople",
              coalesce(sum(amount_now - amount_before) filter (where is_other_amount), 0)::text
                as "otherAmountDifference",
              count(*) filter (where is_other_account)::int as "otherAccountPeople"
         from compared
     ), told as (
       select c.*, array_remove(array[
                case when is_new then 'new' end, case when is_gone then 'gone' end,
                case when is_other_amount then 'other_amount' end,
                case when is_other_account then 'other_account' end], null) as changes
         from compared c
        where is_new or is_gone or is_other_amount or is_other_account
     ), page as (
       select * from told
        where ($8::text is null or $8 = any(changes)) and ($9::text is null or personal_number > $9)
        order by personal_number limit $10
     )
     select to_jsonb(counted) as counts, p.personal_number as "personalNumber", p.beneficiary_id as "beneficiaryId",
            p.payee_name as "payeeName", changes, amount_before as "amountBefore", amount_now as "amountNow",
            bank_before as "bankBinBefore", account_before as "accountBefore", bank_now as "bankBinNow",
            account_now as "accountNow",
            (select x.reason from batch_exclusion x
              where is_gone and x.batch_id = $1 and x.beneficiary_id = p.beneficiary_id
              order by x.entitlement_id limit 1) as "leftOutBecause"
       from counted left join page p on true
      order by p.personal_number`,
    [...parametersOf(batch), page.change ?? null, page.after, page.limit],
  );
  const [first] = found;
  if (!first) throw new InvariantError('a comparison gave nothing', { batchId: batch.id });
  const people = found.flatMap(({ counts: _, ...person }) =>
    person.personalNumber === null ? [] : [person],
  );
  return { counts: first.counts, people };
}

/** The same without the people. */
export async function countChanges(tx: Tx, batch: Compared): Promise<ChangeCounts> {
  return (await compare(tx, batch, { after: null, limit: 0 })).counts;
}

function parametersOf(batch: Compared): unknown[] {
  const { id, programme, period, filter, followUpOf, asOf } = batch;
  const before = previousPeriod(period);
  return [id, programme, period, before, JSON.stringify(filter), followUpOf, asOf ?? null];
}
