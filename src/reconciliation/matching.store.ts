import { Money, type CurrencyCode } from '../kernel/index.js';
import { execute, rows, type Tx } from '../platform/database/index.js';
import {
  LOOSE_BUCKETS,
  type Bucket,
  type Counterpart,
  type Entry,
  type LooseEntry,
} from './matching.rules.js';

type Stored<T> = Omit<T, 'amount'> & { readonly amount: string; readonly currency: CurrencyCode };

/**
 * The oldest entries of a bank that have no bucket yet, and with them all that wait under the same references: what
 * belongs together is judged together, wherever a page or a turn ends.
 */
export async function entriesToMatch(
  tx: Tx,
  given: { bank: string; limit: number; most: number },
): Promise<Entry[]> {
  const oldest = await rows<{ id: string; reference: string | null }>(
    tx,
    `select id, reference from statement_entry where bank = $1 and bucket is null order by booked_at, id limit $2`,
    [given.bank, given.limit],
  );
  const references = [...new Set(oldest.flatMap(({ reference }) => reference ?? []))];
  // One look into the index per reference: joined, PostgreSQL reads all that waits again in every turn.
  const companions = await rows<{ id: string }>(
    tx,
    `select e.id from unnest($2::text[]) as r (reference)
      cross join lateral (
        select e.id from statement_entry e where e.bank = $1 and e.reference = r.reference and e.bucket is null
        offset 0) e`,
    [given.bank, references],
  );
  const ids = new Set([...oldest, ...companions].map(({ id }) => id));
  const found = await rows<Stored<Entry>>(
    tx,
    `select id, reference, direction, amount, currency, booked_at as "bookedAt", reversal,
            return_code as "returnCode", return_text as "returnText", bank_reference as "bankReference"
       from statement_entry where id = any($1::uuid[]) and bucket is null
      order by booked_at, id limit $2 for update`,
    [[...ids], given.most],
  );
  return found.map(withMoney);
}

/** What moved under these references before, does not fit, and was not taken back; the oldest first. */
export async function looseEntries(
  tx: Tx,
  given: { bank: string; references: readonly string[] },
): Promise<LooseEntry[]> {
  const found = await rows<Stored<LooseEntry>>(
    tx,
    `select id, reference, direction, amount, currency, bucket from statement_entry
      where bank = $1 and reference = any($2::text[]) and undone_by is null and bucket = any($3)
        and bucket in ('amount-differs', 'unknown-reference', 'debited-twice', 'returned-twice', 'return-reversed',
                       'contradicts')
      order by booked_at, id for update`,
    [given.bank, given.references, LOOSE_BUCKETS],
  );
  return found.map(withMoney);
}

/** The payments of this bank that references name, with what entries said of them before. */
export async function counterpartsOf(
  tx: Tx,
  given: { bank: string; references: readonly string[] },
): Promise<Map<string, Counterpart>> {
  const found = await rows<Stored<Counterpart>>(
    tx,
    `select p.payment_id as "paymentId", p.reference, p.amount, p.currency,
            case when p.state in ('rejected', 'cancelled') then 'closed' when p.state = 'returned' then 'back'
                 when p.state = 'settled' then 'settled' else 'going' end as standing,
            exists (select 1 from payment_match m where m.payment_id = p.payment_id) as matched,
            exists (select 1 from statement_entry e
                     where e.payment_id = p.payment_id and e.bucket = 'returned') as returned
       from payment_key_view k join payment_view p on p.payment_id = k.payment_id
      where k.reference = any($1::text[]) and p.bank_code = $2`,
    [given.references, given.bank],
  );
  return new Map(found.map((payment) => [payment.reference, withMoney(payment)]));
}

function withMoney<T extends { amount: string; currency: CurrencyCode }>({
  amount,
  currency,
  ...rest
}: T): Omit<T, 'amount' | 'currency'> & { amount: Money } {
  return { ...rest, amount: Money.of(amount, currency) };
}

export interface Bucketed {
  readonly entryId: string;
  readonly bucket: Bucket;
  readonly paymentId: string | null;
  /** The entry that this one takes back. */
  readonly undoes?: string;
}

export async function storeBuckets(
  tx: Tx,
  given: { entries: readonly Bucketed[]; at: Date },
): Promise<void> {
  await execute(
    tx,
    `update statement_entry e set bucket = b.bucket, payment_id = b.payment_id, bucketed_at = $4
       from unnest($1::uuid[], $2::text[], $3::uuid[]) as b (id, bucket, payment_id)
      where e.id = b.id and e.bucket is null`,
    [
      given.entries.map((entry) => entry.entryId),
      given.entries.map((entry) => entry.bucket),
      given.entries.map((entry) => entry.paymentId),
      given.at,
    ],
  );
  const undoing = given.entries.filter(({ undoes }) => undoes !== undefined);
  if (undoing.length === 0) return;
  await execute(
    tx,
    `update statement_entry e set undone_by = u.by_id from unnest($1::uuid[], $2::uuid[]) as u (id, by_id)
      where e.id = u.id and e.undone_by is null`,
    [undoing.map(({ undoes }) => undoes), undoing.map(({ entryId }) => entryId)],
  );
}

/** Marks payments as reconciled by the debit that proves each. */
export async function storeMatches(
  tx: Tx,
  given: { entries: readonly Bucketed[]; at: Date },
): Promise<void> {
  await execute(
    tx,
    `insert into payment_match (payment_id, entry_id, reconciled_at)
     select payment_id, entry_id, $3 from unnest($1::uuid[], $2::uuid[]) as m (payment_id, entry_id)`,
    [
      given.entries.map((entry) => entry.paymentId),
      given.entries.map((entry) => entry.entryId),
      given.at,
    ],
  );
}

/** Whom these payments pay. */
export async function payeesOf(tx: Tx, paymentIds: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select distinct beneficiary_id as id from payment_view where payment_id = any($1::uuid[]) order by 1`,
    [paymentIds],
  );
  return found.map(({ id }) => id);
}
