import { Money, type CurrencyCode } from '../kernel/index.js';
import { execute, one, prepared, rows, type Tx } from '../platform/database/index.js';
import type { Entry, Stage } from './stages.js';

export type PostingKind = 'allotment' | 'reservation' | 'payments' | 'correction';

/** What a posting mirrors. */
export interface PostingSource {
  readonly type: string;
  readonly id: string | null;
}

export interface PostingHead {
  readonly id: string;
  readonly kind: PostingKind;
  readonly source: PostingSource;
  readonly at: Date;
}

/** A transaction and its entries, in one statement: the database takes no half of one. */
export async function insertPosting(
  tx: Tx,
  head: PostingHead,
  entries: readonly Entry[],
): Promise<void> {
  await execute(
    tx,
    prepared(`with head as (
       insert into ledger_transaction (id, kind, source_type, source_id, at) values ($1, $2, $3, $4, $5)
       returning id)
     insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
     select head.id, e.fund, e.month, e.stage, e.amount, e.currency
       from head, unnest($6::text[], $7::text[], $8::text[], $9::numeric[], $10::text[])
                  as e (fund, month, stage, amount, currency)`),
    [
      head.id,
      head.kind,
      head.source.type,
      head.source.id,
      head.at,
      entries.map((e) => e.fund),
      entries.map((e) => e.month),
      entries.map((e) => e.stage),
      entries.map((e) => e.amount.toString()),
      entries.map((e) => e.amount.currency),
    ],
  );
}

/** Makes whoever else takes money from these funds in that year wait. Always in the order of their codes. */
export async function lockFunds(
  tx: Tx,
  of: { funds: readonly string[]; year: string },
): Promise<void> {
  for (const fund of [...new Set(of.funds)].sort()) {
    await execute(
      tx,
      `select pg_advisory_xact_lock(hashtextextended('fund ' || $1::text || ' ' || $2::text, 0))`,
      [fund, of.year],
    );
  }
}

/** What lies available in the months of a year up to one of them, the latest first. */
export async function availableByMonth(
  tx: Tx,
  of: { fund: string; month: string },
): Promise<{ month: string; amount: Money }[]> {
  const found = await rows<{ month: string; amount: string; currency: CurrencyCode }>(
    tx,
    `select month, currency, sum(amount)::text as amount from ledger_entry
      where fund = $1 and stage = 'available' and month >= left($2::text, 4) || '-01' and month <= $2::text
      group by month, currency having sum(amount) > 0 order by month desc`,
    [of.fund, of.month],
  );
  return found.map(({ month, amount, currency }) => ({
    month,
    amount: Money.of(amount, currency),
  }));
}

/** What a fund can still give for the lists of a month; money of later months does not count. */
export async function availableFor(tx: Tx, of: { fund: string; month: string }): Promise<Money> {
  const found = await one<{ available: string }>(
    tx,
    `select ledger_available($1, $2) as available`,
    [of.fund, of.month],
  );
  return Money.of(found?.available ?? '0');
}

export interface NewAllotment {
  readonly id: string;
  readonly fund: string;
  readonly period: string;
  readonly month: string;
  readonly amount: Money;
  readonly decisionNumber: string;
  readonly decisionDate: string;
  readonly note: string | null;
  readonly transactionId: string;
  readonly by: { readonly kind: string; readonly id: string; readonly name: string };
  readonly at: Date;
}

export async function insertAllotment(tx: Tx, allotment: NewAllotment): Promise<void> {
  const { amount, by } = allotment;
  await execute(
    tx,
    `insert into allotment
       (id, fund, period, month, amount, currency, decision_number, decision_date, note, transaction_id,
        entered_by_kind, entered_by_id, entered_by_name, entered_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      allotment.id,
      allotment.fund,
      allotment.period,
      allotment.month,
      amount.toString(),
      amount.currency,
      allotment.decisionNumber,
      allotment.decisionDate,
      allotment.note,
      allotment.transactionId,
      by.kind,
      by.id,
      by.name,
      allotment.at,
    ],
  );
}

/** A balance as stored: whole đồng, plain digits. */
export interface BalanceRow {
  readonly fund: string;
  readonly month: string;
  readonly stage: Stage;
  readonly currency: CurrencyCode;
  readonly balance: string;
}

/** Every account there is, each found by one look into the index of entries; a condition here would break that look. */
const ACCOUNTS = `
  with recursive account as (
    (select fund, month, stage from ledger_entry order by fund, month, stage limit 1)
    union all
    select n.fund, n.month, n.stage
      from account a
     cross join lateral (
       select e.fund, e.month, e.stage from ledger_entry e
        where (e.fund, e.month, e.stage) > (a.fund, a.month, a.stage)
        order by e.fund, e.month, e.stage limit 1) n)`;

/** What lies in each account: added up within the index that holds its amounts; no entry is read or sorted. */
export function balances(
  tx: Tx,
  of: { year: string | null; fund: string | null },
): Promise<BalanceRow[]> {
  return rows<BalanceRow>(
    tx,
    `${ACCOUNTS}
     select a.fund, a.month, a.stage, 'VND' as currency,
            (select sum(e.amount) from ledger_entry e
              where e.fund = a.fund and e.month = a.month and e.stage = a.stage)::text as balance
       from account a
      where ($1::text is null or (a.month >= $1 || '-01' and a.month <= $1 || '-12'))
        and ($2::text is null or a.fund = $2)
      order by a.fund, a.month, a.stage`,
    [of.year, of.fund],
  );
}

/** The budget years that the books know. */
export async function yearsOfBooks(tx: Tx): Promise<string[]> {
  const found = await rows<{ year: string }>(
    tx,
    `${ACCOUNTS} select distinct left(a.month, 4) as year from account a order by 1`,
  );
  return found.map(({ year }) => year);
}

/** Budget months of which money of a fund was ever promised to lists. */
export async function monthsPromised(tx: Tx, fund: string): Promise<string[]> {
  const found = await rows<{ month: string }>(
    tx,
    `${ACCOUNTS} select a.month from account a where a.fund = $1 and a.stage = 'reserved' order by 1`,
    [fund],
  );
  return found.map(({ month }) => month);
}
