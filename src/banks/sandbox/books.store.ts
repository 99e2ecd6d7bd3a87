import pg from 'pg';
import { BOOKS_SCHEMA } from './books.schema.js';
import { FILES_SCHEMA } from './files/files.schema.js';
import type { Steps } from './moods.js';

export type Books = pg.PoolClient;

export interface KnownPayment {
  readonly reference: string;
  readonly orderDigest: string;
  readonly amount: string;
  readonly status: string;
  readonly reasonCode: string | null;
  readonly bankReference: string;
  readonly sequence: number;
  readonly changedAt: Date;
}

export interface NewPayment {
  readonly reference: string;
  readonly orderDigest: string;
  readonly amount: string;
  readonly bankBin: string;
  readonly accountNumber: string;
  readonly narrative: string;
  readonly bankReference: string;
  readonly steps: Steps;
}

const KNOWN = `select reference, order_digest as "orderDigest", amount::text, status, reason_code as "reasonCode",
  bank_reference as "bankReference", sequence, changed_at as "changedAt" from payment`;

/** The bank's own database. Set-based: a message of a thousand payments is a handful of statements. */
export class BooksStore {
  private constructor(private readonly pool: pg.Pool) {}

  /** Opens the books; the opening balance counts only when a bank's books are new. */
  static async open(given: {
    url: string;
    banks: readonly string[];
    openingBalance: string;
  }): Promise<BooksStore> {
    const pool = new pg.Pool({
      connectionString: given.url,
      max: 12,
      application_name: 'sandbox-bank',
    });
    // A connection that idles and breaks is replaced by the pool; without a listener it would end the process.
    pool.on('error', () => undefined);
    const store = new BooksStore(pool);
    await store.transaction(async (books) => {
      // "if not exists" is no help when two programs open the books at the same moment.
      await books.query('select pg_advisory_xact_lock(4010)');
      await books.query(BOOKS_SCHEMA);
      await books.query(FILES_SCHEMA);
      await books.query(
        'insert into account (bank, opening, available) select bank, $2, $2 from unnest($1::text[]) bank on conflict do nothing',
        [given.banks, given.openingBalance],
      );
    });
    return store;
  }

  async transaction<T>(work: (books: Books) => Promise<T>): Promise<T> {
    const books = await this.pool.connect();
    try {
      await books.query('begin');
      const result = await work(books);
      await books.query('commit');
      return result;
    } catch (error) {
      await books.query('rollback');
      throw error;
    } finally {
      books.release();
    }
  }

  async read<T extends pg.QueryResultRow>(sql: string, parameters: unknown[]): Promise<T[]> {
    return (await this.pool.query<T>(sql, parameters)).rows;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  async known(bank: string, references: readonly string[]): Promise<Map<string, KnownPayment>> {
    const found = await this.read<KnownPayment>(
      `${KNOWN} where bank = $1 and reference = any($2)`,
      [bank, references],
    );
    return new Map(found.map((payment) => [payment.reference, payment]));
  }
}

/** Locks a bank's account, so that its bookings come one after the other; gives what it can still pay. */
export async function lockAccount(books: Books, bank: string): Promise<bigint> {
  const { rows } = await books.query<{ available: string }>(
    'select available::text from account where bank = $1 for update',
    [bank],
  );
  return BigInt(rows[0]?.available ?? '0');
}

/** Counts how often each order arrived, booked or not; gives the new counts. */
export async function countArrivals(
  books: Books,
  at: { bank: string; references: readonly string[] },
): Promise<Map<string, number>> {
  const { rows } = await books.query<{ reference: string; times: number }>(
    `insert into arrival (bank, reference, times)
     select $1, reference, 1 from unnest($2::text[]) reference order by reference
     on conflict (bank, reference) do update set times = arrival.times + 1
     returning reference, times`,
    [at.bank, at.references],
  );
  return new Map(rows.map((row) => [row.reference, row.times]));
}

export async function knownIn(
  books: Books,
  at: { bank: string; references: readonly string[] },
): Promise<Map<string, KnownPayment>> {
  const { rows } = await books.query<KnownPayment>(
    `${KNOWN} where bank = $1 and reference = any($2)`,
    [at.bank, at.references],
  );
  return new Map(rows.map((payment) => [payment.reference, payment]));
}

/** Books new payments with their first step done and the later ones planned. */
export async function bookPayments(
  books: Books,
  given: { bank: string; payments: readonly NewPayment[]; at: Date },
): Promise<void> {
  const { bank, payments, at } = given;
  const rows = payments.map(({ steps, ...payment }) => ({
    ...payment,
    status: steps[0].status,
    reason: steps[0].reasonCode ?? null,
  }));
  await books.query(
    `insert into payment (bank, reference, order_digest, amount, bank_bin, account_number, narrative,
       bank_reference, status, reason_code, sequence, changed_at, received_at)
     select $1, "reference", "orderDigest", amount, "bankBin", "accountNumber", narrative,
       "bankReference", status, reason, 1, $3, $3
     from jsonb_to_recordset($2::jsonb) as new ("reference" text, "orderDigest" text, amount numeric,
       "bankBin" text, "accountNumber" text, narrative text, "bankReference" text, status text, reason text)`,
    [bank, JSON.stringify(rows), at],
  );
  await books.query(
    `insert into change (bank, reference, sequence, status, reason_code, due_at, applied_at, notice_at, notice_copies)
     select $1, reference, sequence, status, reason, due, case when sequence = 1 then $3::timestamptz end, tell, copies
     from jsonb_to_recordset($2::jsonb) as new (reference text, sequence int, status text, reason text,
       due timestamptz, tell timestamptz, copies int)`,
    [bank, JSON.stringify(payments.flatMap((payment) => plannedChanges(payment, at))), at],
  );
  await books.query(
    `with new as (select reference, status, amount from payment where bank = $1 and reference = any($2)),
     credited as (
       insert into entry (bank, reference, kind, amount, booked_at)
       select $1, reference, 'payment', amount, $3 from new where status = 'ACCC')
     update account set available = available
       - (select coalesce(sum(amount), 0) from new where status in ('ACCC', 'ACSP'))
     where bank = $1`,
    [bank, payments.map((payment) => payment.reference), at],
  );
}

/**
 * Makes the planned changes that are due: statuses, credits, returns and what the account can pay.
 * @returns how many changes were made.
 */
export async function applyDueChanges(
  books: Books,
  given: { now: Date; limit: number },
): Promise<number> {
  // The accounts first, as when orders are taken in: the same order of locks, and entries numbered in the
  // order of their commits, which a statement relies on.
  await books.query('select from account order by bank for update');
  const { rows } = await books.query<{ made: number }>(
    `with due as (
       select * from change where applied_at is null and due_at <= $1 order by due_at, sequence limit $2),
     applied as (
       update change set applied_at = $1 from due
       where change.bank = due.bank and change.reference = due.reference and change.sequence = due.sequence),
     newest as (
       select distinct on (bank, reference) * from due order by bank, reference, sequence desc),
     moved as (
       update payment set status = newest.status, reason_code = newest.reason_code,
         sequence = newest.sequence, changed_at = $1
       from newest where payment.bank = newest.bank and payment.reference = newest.reference),
     money as (
       select due.bank, due.reference, due.status, due.reason_code, due.sequence, payment.amount
       from due join payment on payment.bank = due.bank and payment.reference = due.reference),
     booked as (
       insert into entry (bank, reference, kind, amount, booked_at, return_reason)
       select bank, reference, case status when 'ACCC' then 'payment' else 'return' end, amount, $1,
         case status when 'RTRN' then reason_code end
       from money where status in ('ACCC', 'RTRN') order by sequence, reference
       on conflict do nothing),
     freed as (
       update account set available = available + given.amount
       from (select bank, sum(amount) as amount from money where status in ('RJCT', 'BLCK', 'RTRN') group by bank) given
       where account.bank = given.bank)
     select count(*)::int as made from due`,
    [given.now, given.limit],
  );
  return rows[0]?.made ?? 0;
}

function plannedChanges(payment: NewPayment, at: Date) {
  let dueMs = at.getTime();
  return payment.steps.map((step, index) => {
    dueMs += step.afterMs;
    return {
      reference: payment.reference,
      sequence: index + 1,
      status: step.status,
      reason: step.reasonCode ?? null,
      due: new Date(dueMs),
      tell: step.noticeAfterMs === null ? null : new Date(dueMs + step.noticeAfterMs),
      copies: step.noticeCopies,
    };
  });
}
