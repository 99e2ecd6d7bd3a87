import { Money, type CurrencyCode } from '../kernel/index.js';
import { execute, rows, type Tx } from '../platform/database/index.js';
import type { Bucket, Counterpart, Entry } from './matching.rules.js';

interface EntryRow extends Omit<Entry, 'amount'> {
  readonly amount: string;
  readonly currency: CurrencyCode;
}

/** The oldest entries of a bank that have no bucket yet. */
export async function entriesToMatch(
  tx: Tx,
  given: { bank: string; limit: number },
): Promise<Entry[]> {
  const found = await rows<EntryRow>(
    tx,
    `select id, reference, direction, amount, currency, booked_at as "bookedAt", return_code as "returnCode",
            return_text as "returnText", bank_reference as "bankReference"
       from statement_entry where bank = $1 and bucket is null
      order by booked_at, id limit $2 for update`,
    [given.bank, given.limit],
  );
  return found.map(({ amount, currency, ...entry }) => ({
    ...entry,
    amount: Money.of(amount, currency),
  }));
}

/** The payments of this bank that references name, with what entries said of them before. */
export async function counterpartsOf(
  tx: Tx,
  given: { bank: string; references: readonly string[] },
): Promise<Map<string, Counterpart>> {
  const found = await rows<
    Omit<Counterpart, 'amount'> & { amount: string; currency: CurrencyCode }
  >(
    tx,
    `select p.payment_id as "paymentId", p.reference, p.amount, p.currency,
            p.state in ('settled', 'returned') as settled,
            exists (select 1 from payment_match m where m.payment_id = p.payment_id) as matched,
            exists (select 1 from statement_entry e
                     where e.payment_id = p.payment_id and e.bucket = 'returned') as returned
       from payment_view p where p.reference = any($1::text[]) and p.bank_code = $2`,
    [given.references, given.bank],
  );
  return new Map(
    found.map(({ amount, currency, ...payment }) => [
      payment.reference,
      { ...payment, amount: Money.of(amount, currency) },
    ]),
  );
}

export interface Bucketed {
  readonly entryId: string;
  readonly bucket: Bucket;
  readonly paymentId: string | null;
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
