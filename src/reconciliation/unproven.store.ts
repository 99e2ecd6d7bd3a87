import { OFFICE_ZONE, type CurrencyCode } from '../kernel/index.js';
import { execute, one, rows, type Tx } from '../platform/database/index.js';
import type { ExceptionKind } from './exception.rules.js';

/** A payment of which our books say what no statement proves. */
export interface Unproven {
  readonly kind: ExceptionKind;
  /** First word of its fingerprint, and what is added where the same may happen to a payment again. */
  readonly mark: string;
  readonly episode: string;
  readonly paymentId: string;
  readonly bank: string;
  readonly amount: string;
  readonly currency: CurrencyCode;
  /** When our books say it happened. */
  readonly since: Date;
  /** Whether a whole statement covers that day; null where that is what makes it an exception. */
  readonly covered: boolean | null;
}

const COLUMNS = `p.payment_id as "paymentId", p.bank_code as bank, p.amount, p.currency`;
// A statement that was made before its last day was over does not cover that day, nor does one of an account alone: which
// account pays a payment is the bank's adapter's to know.
const COVERED = `
  exists (select 1 from statement s
           where s.bank = p.bank_code and s.account is null and s.state = 'complete'
             and (since.at at time zone '${OFFICE_ZONE}')::date between s.from_date and s.to_date
             and coalesce(s.last_said_at, s.started_at)
                 >= (((since.at at time zone '${OFFICE_ZONE}')::date + 1)::timestamp at time zone '${OFFICE_ZONE}'))`;
const NOT_TOLD = (kind: ExceptionKind) => `
  not exists (select 1 from reconciliation_exception x where x.payment_id = p.payment_id and x.kind = '${kind}')`;

/** Takes the turn of a search until the transaction ends; gives until when the last one looked. */
export async function scanTurn(tx: Tx, scan: string): Promise<Date> {
  await execute(
    tx,
    `insert into proof_scan (name, until) values ($1, to_timestamp(0)) on conflict (name) do nothing`,
    [scan],
  );
  const turn = await one<{ until: Date }>(
    tx,
    'select until from proof_scan where name = $1 for update',
    [scan],
  );
  return turn?.until ?? new Date(0);
}

export async function storeScan(tx: Tx, given: { scan: string; until: Date }): Promise<void> {
  await execute(tx, 'update proof_scan set until = $2 where name = $1 and until < $2', [
    given.scan,
    given.until,
  ]);
}

/** Settled payments that were told in this span and that no debit proves. */
export function settledUnproven(
  tx: Tx,
  given: { after: Date; upTo: Date; settledBefore: Date | null; limit: number },
): Promise<Unproven[]> {
  return rows<Unproven>(
    tx,
    `select 'paid-missing' as kind, 'paid-missing' as mark, '' as episode, ${COLUMNS}, since.at as since,
            ${COVERED} as covered
       from payment_view p cross join lateral (select coalesce(p.settled_at, p.changed_at) as at) since
      where p.state = 'settled' and p.changed_at > $1 and p.changed_at < $2
        and ($3::timestamptz is null or since.at < $3)
        and not exists (select 1 from payment_match m where m.payment_id = p.payment_id)
        and ${NOT_TOLD('paid-missing')}
      order by p.changed_at limit $4`,
    [given.after, given.upTo, given.settledBefore, given.limit],
  );
}

/** Payments that came back by a bank's word, long enough ago, and that no credit gave back. */
export function returnsUnproven(
  tx: Tx,
  given: { dueBefore: Date; limit: number },
): Promise<Unproven[]> {
  return rows<Unproven>(
    tx,
    `select 'return-missing' as kind, 'return-missing' as mark, '' as episode, ${COLUMNS}, since.at as since,
            ${COVERED} as covered
       from payment_view p cross join lateral (select p.changed_at as at) since
      where p.aside = 'returned' and p.changed_at < $1
        and not exists (select 1 from statement_entry e where e.payment_id = p.payment_id and e.bucket = 'returned')
        and ${NOT_TOLD('return-missing')}
      order by p.changed_at limit $2`,
    [given.dueBefore, given.limit],
  );
}

/**
 * Payments in doubt whose reference is in no entry although right statements cover the whole day of sending, and on
 * until the bank's own window for "not found" has passed. Says something to a person; moves nothing.
 */
export function unknownNotThere(
  tx: Tx,
  given: { banks: readonly { bank: string; windowMs: number }[]; limit: number },
): Promise<Unproven[]> {
  return rows<Unproven>(
    tx,
    `with doubt as (
       select p.*, b.window_ms from payment_view p
         join unnest($1::text[], $2::bigint[]) as b (bank, window_ms) on b.bank = p.bank_code
        where p.aside = 'unknown' and p.unknown_since is not null
          and not exists (select 1 from statement_entry e where e.bank = p.bank_code and e.reference = p.reference)),
     covered as (
       select s.bank, range_agg(tstzrange(span.start, span.finish)) as spans
         from statement s
        cross join lateral (
          select s.from_date::timestamp at time zone '${OFFICE_ZONE}' as start,
                 least((s.to_date + 1)::timestamp at time zone '${OFFICE_ZONE}',
                       coalesce(s.last_said_at, s.started_at)) as finish) span
        where s.account is null and s.state = 'complete' and s.difference = 0 and span.start < span.finish
          and s.to_date >= (select min((first_sent_at at time zone '${OFFICE_ZONE}')::date) from doubt)
        group by s.bank)
     select 'ours-unknown' as kind, 'ours-unknown' as mark,
            ' ' || (extract(epoch from p.unknown_since) * 1000)::bigint as episode, ${COLUMNS},
            p.first_sent_at as since, null as covered
       from doubt p join covered c on c.bank = p.bank_code
      cross join lateral (
        select date_trunc('day', p.first_sent_at at time zone '${OFFICE_ZONE}') at time zone '${OFFICE_ZONE}' as start) day
      where c.spans @> tstzrange(day.start,
              greatest(day.start + interval '1 day', p.unknown_since + p.window_ms * interval '1 millisecond'))
        and not exists (select 1 from reconciliation_exception x
                         where x.payment_id = p.payment_id and x.kind = 'ours-unknown' and x.opened_at >= p.unknown_since)
      order by p.unknown_since limit $3`,
    [given.banks.map(({ bank }) => bank), given.banks.map(({ windowMs }) => windowMs), given.limit],
  );
}

/** Payments whose only credit took back a debit too many, and that count as returned nevertheless. */
export function returnedAfterUndoing(tx: Tx, limit: number): Promise<Unproven[]> {
  return rows<Unproven>(
    tx,
    `select distinct 'contradicts' as kind, 'net' as mark, '' as episode, ${COLUMNS}, p.changed_at as since,
            null::boolean as covered
       from statement_entry u join payment_view p on p.payment_id = u.payment_id
      where u.bucket = 'undone' and u.direction = 'credit' and p.aside = 'returned'
        and exists (select 1 from payment_match m where m.payment_id = p.payment_id)
        and not exists (select 1 from statement_entry e where e.payment_id = p.payment_id and e.bucket = 'returned')
        and not exists (select 1 from reconciliation_exception x where x.fingerprint = 'net ' || p.payment_id)
      limit $1`,
    [limit],
  );
}

/** Open exceptions whose fact is gone: proven meanwhile, or the doubt has ended. */
export async function factsGone(tx: Tx, limit: number): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select x.id from reconciliation_exception x join payment_view p on p.payment_id = x.payment_id
      where x.state = 'open'
        and ((x.kind = 'paid-missing'
              and exists (select 1 from payment_match m where m.payment_id = x.payment_id))
          or (x.kind in ('paid-missing', 'return-missing')
              and exists (select 1 from statement_entry e where e.payment_id = x.payment_id and e.bucket = 'returned'))
          or (x.kind = 'contradicts' and x.entry_row is null
              and exists (select 1 from statement_entry e where e.payment_id = x.payment_id and e.bucket = 'returned'))
          or (x.kind = 'ours-unknown'
              and (p.state <> 'unknown' or exists (select 1 from statement_entry e
                                                    where e.bank = x.bank and e.reference = p.reference))))
      order by x.id limit $1`,
    [limit],
  );
  return found.map(({ id }) => id);
}
