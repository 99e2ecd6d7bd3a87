import type { StatementEntry } from '../banks/index.js';
import { newId, OFFICE_ZONE, type CurrencyCode } from '../kernel/index.js';
import { execute, one, rows, type Tx } from '../platform/database/index.js';
import { digestOfDays } from './statement.rules.js';

export async function insertStatement(
  tx: Tx,
  statement: {
    id: string;
    bank: string;
    statementId: string;
    from: string;
    to: string;
    at: Date;
    /** Of one account of ours only. */
    account?: string;
    /** As of when it speaks, where it was made before it is read. */
    saidAt?: Date;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into statement (id, bank, statement_id, from_date, to_date, state, started_at, account, last_said_at)
     values ($1, $2, $3, $4, $5, 'reading', $6, $7, $8)`,
    [
      statement.id,
      statement.bank,
      statement.statementId,
      statement.from,
      statement.to,
      statement.at,
      statement.account ?? null,
      statement.saidAt ?? null,
    ],
  );
}

/** Stores a page's lines, the first of them as number `firstLine`. */
export async function insertLines(
  tx: Tx,
  page: { statementRow: string; firstLine: number; entries: readonly StatementEntry[] },
): Promise<void> {
  const { entries } = page;
  await execute(
    tx,
    `insert into statement_line (statement_row, line_no, entry_row, entry_id, reference, direction, amount,
                                 currency, booked_at, return_code, return_text, bank_reference, reversal)
     select $1, * from unnest($2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::numeric[], $8::text[],
                              $9::timestamptz[], $10::text[], $11::text[], $12::text[], $13::boolean[])`,
    [
      page.statementRow,
      entries.map((_, at) => page.firstLine + at),
      entries.map(() => newId()),
      entries.map((entry) => entry.entryId),
      entries.map((entry) => entry.reference ?? null),
      entries.map((entry) => entry.direction),
      entries.map((entry) => entry.amount.toString()),
      entries.map((entry) => entry.amount.currency),
      entries.map((entry) => entry.bookedAt),
      entries.map((entry) => entry.returnReason?.code ?? null),
      entries.map((entry) => entry.returnReason?.text ?? null),
      entries.map((entry) => entry.bankReference ?? null),
      entries.map((entry) => entry.reversal ?? false),
    ],
  );
}

/** One statement of a bank at a time is made complete, and its entries matched. */
export async function lockBooksOf(tx: Tx, bank: string): Promise<void> {
  await execute(tx, `select pg_advisory_xact_lock(hashtextextended('reconciliation ' || $1, 0))`, [
    bank,
  ]);
}

/**
 * The complete statement that says the very same of the very same days, if there is one. Those of earlier releases were
 * kept under what they say alone. @param statement `saying`: SHA-256 of its frame and entries
 */
export function sameStatement(
  tx: Tx,
  statement: { bank: string; saying: string; from: string; to: string; account?: string },
) {
  const { bank, saying, from, to, account } = statement;
  return one<{ id: string; difference: string }>(
    tx,
    `select id, difference from statement
      where bank = $1 and digest in ($2, $3) and from_date = $4 and to_date = $5 and account is not distinct from $6
        and state = 'complete' limit 1`,
    [bank, digestOfDays(saying, statement), saying, from, to, account ?? null],
  );
}

/** The bank said the very same of the very same days once more. */
export async function sayAgain(tx: Tx, again: { id: string; at: Date }): Promise<void> {
  await execute(
    tx,
    `update statement set last_said_at = $2 where id = $1 and coalesce(last_said_at, started_at) < $2`,
    [again.id, again.at],
  );
}

export async function forgetStatement(tx: Tx, id: string): Promise<void> {
  await execute(tx, `delete from statement where id = $1 and state = 'reading'`, [id]);
}

/** Closes a statement whose pages are all there; gives opening + credits − debits − closing. */
export async function completeStatement(
  tx: Tx,
  whole: {
    id: string;
    statementId: string;
    currency: string;
    opening: string;
    closing: string;
    digest: string;
    at: Date;
  },
): Promise<string | null> {
  const row = await one<{ difference: string }>(
    tx,
    `update statement s
        set state = 'complete', statement_id = $2, currency = $3, opening = $4, closing = $5, digest = $6,
            ended_at = $7, entry_count = l.n, debit_total = l.debits, credit_total = l.credits
       from (select count(*)::int as n, coalesce(sum(amount) filter (where direction = 'debit'), 0) as debits,
                    coalesce(sum(amount) filter (where direction = 'credit'), 0) as credits
               from (select distinct on (entry_id) amount, direction from statement_line
                      where statement_row = $1 order by entry_id, line_no) e) l
      where s.id = $1 and s.state = 'reading' returning s.difference`,
    [
      whole.id,
      whole.statementId,
      whole.currency,
      whole.opening,
      whole.closing,
      whole.digest,
      whole.at,
    ],
  );
  return row?.difference ?? null;
}

/** Entries that no earlier statement had; tells how many. */
export function adoptEntries(tx: Tx, statementRow: string): Promise<number> {
  return execute(
    tx,
    `insert into statement_entry (id, bank, entry_id, statement_row, line_no, reference, direction, amount,
                                  currency, booked_at, return_code, return_text, bank_reference, reversal)
     select distinct on (l.entry_id) l.entry_row, s.bank, l.entry_id, s.id, l.line_no, l.reference, l.direction,
            l.amount, l.currency, l.booked_at, l.return_code, l.return_text, l.bank_reference,
            l.reversal
       from statement_line l join statement s on s.id = l.statement_row
      where s.id = $1 order by l.entry_id, l.line_no
     on conflict (bank, entry_id) do nothing`,
    [statementRow],
  );
}

/** An entry as a statement gives it, and as it was known. */
export interface Contested {
  readonly entryRow: string;
  readonly day: string;
  readonly paymentId: string | null;
  readonly direction: 'debit' | 'credit';
  readonly amount: string;
  readonly currency: CurrencyCode;
  /** What the statement says of it now, and a digest of that. */
  readonly says: Readonly<Record<string, unknown>>;
  readonly sayingDigest: string;
}

/**
 * Marks entries that this statement gives with other content than they are known with, also within itself, and gives
 * each such saying.
 */
export function contestEntries(tx: Tx, statementRow: string): Promise<Contested[]> {
  return rows<Contested>(
    tx,
    `with said as (
       select distinct on (e.id, saying.digest) e.id, s.id as statement_row,
              to_char(e.booked_at at time zone '${OFFICE_ZONE}', 'YYYY-MM-DD') as day, e.payment_id, e.direction,
              e.amount, e.currency, saying.says, saying.digest
         from statement_line l
         join statement s on s.id = l.statement_row
         join statement_entry e on e.bank = s.bank and e.entry_id = l.entry_id
        cross join lateral (select jsonb_build_object('reference', l.reference, 'direction', l.direction, 'amount',
                l.amount::text, 'currency', l.currency, 'bookedAt', l.booked_at, 'returnCode', l.return_code,
                'reversal', l.reversal) as says) written
        cross join lateral (select written.says, md5(written.says::text) as digest) saying
        where s.id = $1
          and (e.reference, e.direction, e.amount, e.currency, e.booked_at, e.return_code, e.reversal)
              is distinct from
              (l.reference, l.direction, l.amount, l.currency, l.booked_at, l.return_code, l.reversal)
        order by e.id, saying.digest, l.line_no),
     marked as (
       update statement_entry e set contested_by = $1
        where e.id in (select id from said) and e.contested_by is null)
     select id as "entryRow", day, payment_id as "paymentId", direction, amount, currency, says,
            digest as "sayingDigest"
       from said order by id`,
    [statementRow],
  );
}

export async function breakStatement(tx: Tx, broken: { id: string; at: Date }): Promise<void> {
  const ended = await execute(
    tx,
    `update statement set state = 'broken', ended_at = $2 where id = $1 and state = 'reading'`,
    [broken.id, broken.at],
  );
  if (ended === 0) return;
  await execute(tx, 'delete from statement_line where statement_row = $1', [broken.id]);
}

/** Statements whose reading died with its process. */
export async function breakForsaken(
  tx: Tx,
  given: { startedBefore: Date; at: Date },
): Promise<number> {
  return execute(
    tx,
    `with broken as (
       update statement set state = 'broken', ended_at = $2
        where state = 'reading' and started_at < $1 returning id)
     delete from statement_line where statement_row in (select id from broken)`,
    [given.startedBefore, given.at],
  );
}

/** Entries of these days that wait to be matched. */
export async function waitingEntries(
  tx: Tx,
  span: { bank: string; from: string; to: string },
): Promise<number> {
  const found = await one<{ count: number }>(
    tx,
    `select count(*)::int as count from statement_entry
      where bank = $1 and bucket is null
        and (booked_at at time zone '${OFFICE_ZONE}')::date between $2 and $3`,
    [span.bank, span.from, span.to],
  );
  return found?.count ?? 0;
}
