import type { BooksStore } from './books.store.js';

/** What the bank's books say in sum, counted from the raw entries each time. */
export interface BooksTotals {
  /** Payments ever credited, returned ones included. */
  readonly credits: number;
  readonly creditedAmount: string;
  readonly returns: number;
  readonly returnedAmount: string;
  /** References with more than one credit, over all banks it plays together. */
  readonly creditedTwice: number;
  readonly rejected: number;
  /** Accepted, neither credited nor rejected yet. */
  readonly pending: number;
  /** Changes still to come, and notices not yet delivered: 0 and 0 when the bank is at rest. */
  readonly changesToCome: number;
  readonly noticesWaiting: number;
}

export async function readTotals(store: BooksStore): Promise<BooksTotals> {
  const [totals] = await store.read<{ totals: BooksTotals }>(
    `select jsonb_build_object(
       'credits', (select count(*) from entry where kind = 'payment'),
       'creditedAmount', (select coalesce(sum(amount), 0)::text from entry where kind = 'payment'),
       'returns', (select count(*) from entry where kind = 'return'),
       'returnedAmount', (select coalesce(sum(amount), 0)::text from entry where kind = 'return'),
       'creditedTwice', (select count(*) from (
          select from entry where kind = 'payment' group by reference having count(*) > 1) twice),
       'rejected', (select count(*) from payment where status in ('RJCT', 'BLCK')),
       'pending', (select count(*) from payment where status = 'ACSP'),
       'changesToCome', (select count(*) from change where applied_at is null),
       'noticesWaiting', (select count(*) from notice where delivered_at is null)
          + (select count(*) from report where laid_at is null)
          + (select count(*) from change where notice_at is not null and notice_id is null)
     ) as totals`,
    [],
  );
  if (!totals) throw new Error('the books gave no totals');
  return totals.totals;
}

export interface Credit {
  readonly entryId: string;
  readonly bank: string;
  readonly reference: string;
  readonly bankBin: string;
  readonly accountNumber: string;
  readonly narrative: string;
  readonly amount: string;
  readonly creditedAt: Date;
  readonly returned: boolean;
}

/** Every credit, page by page: for whoever wants to count for themselves. */
export async function readCredits(
  store: BooksStore,
  given: { after: string; limit: number },
): Promise<Credit[]> {
  return store.read<Credit>(
    `select entry.entry_id::text as "entryId", entry.bank, entry.reference, payment.bank_bin as "bankBin",
       payment.account_number as "accountNumber", payment.narrative, entry.amount::text,
       entry.booked_at as "creditedAt",
       exists (select from entry back where back.bank = entry.bank and back.reference = entry.reference
         and back.kind = 'return') as returned
     from entry join payment on payment.bank = entry.bank and payment.reference = entry.reference
     where entry.kind = 'payment' and entry.entry_id > $1 order by entry.entry_id limit $2`,
    [given.after, given.limit],
  );
}

const PAGE = 1000;

export interface StatementAsked {
  readonly bank: string;
  readonly from: string;
  readonly to: string;
  /** `{last entry given}.{last entry of the statement}` */
  readonly cursor?: string;
}

export interface BookedEntry {
  readonly entryId: string;
  readonly reference: string;
  readonly direction: 'debit' | 'credit';
  readonly amount: string;
  readonly bookedAt: Date;
  readonly returnReasonCode: string | null;
  readonly bankReference: string;
}

/** One page of the statement; entries booked after its first page belong to the next statement. */
export async function readStatement(store: BooksStore, asked: StatementAsked) {
  const [after = '0', given] = asked.cursor?.split('.') ?? [];
  const last = given ?? (await lastEntry(store, asked.bank));
  const span = [asked.bank, asked.from, asked.to, last];
  const [balance] = await store.read<{ opening: string; closing: string }>(
    `with signed as (
       select case kind when 'return' then amount else -amount end as amount,
         (booked_at at time zone 'Asia/Ho_Chi_Minh')::date as day
       from entry where bank = $1 and entry_id <= $4)
     select (account.opening + coalesce((select sum(amount) from signed where day < $2::date), 0))::text as opening,
       (account.opening + coalesce((select sum(amount) from signed where day <= $3::date), 0))::text as closing
     from account where bank = $1`,
    span,
  );
  const entries = await store.read<BookedEntry>(
    `select entry.entry_id::text as "entryId", entry.reference,
       case entry.kind when 'return' then 'credit' else 'debit' end as direction, entry.amount::text,
       entry.booked_at as "bookedAt", entry.return_reason as "returnReasonCode",
       payment.bank_reference as "bankReference"
     from entry join payment on payment.bank = entry.bank and payment.reference = entry.reference
     where entry.bank = $1 and entry.entry_id <= $4 and entry.entry_id > $5
       and (entry.booked_at at time zone 'Asia/Ho_Chi_Minh')::date between $2::date and $3::date
     order by entry.entry_id limit ${PAGE}`,
    [...span, after],
  );
  return {
    statementId: `${asked.bank}.${asked.from}.${asked.to}.${last}`,
    currency: 'VND',
    opening: balance?.opening ?? '0',
    closing: balance?.closing ?? '0',
    entries,
    nextCursor: entries.length === PAGE ? `${entries[PAGE - 1]?.entryId}.${last}` : null,
  };
}

async function lastEntry(store: BooksStore, bank: string): Promise<string> {
  const [row] = await store.read<{ last: string }>(
    'select coalesce(max(entry_id), 0)::text as last from entry where bank = $1',
    [bank],
  );
  return row?.last ?? '0';
}
