import { execute, one, type Tx } from '../platform/database/index.js';
import type { OfRail } from './rail.store.js';

export interface RailDay {
  payments: number;
  /** Whole đồng. */
  amount: string;
  countedAt: Date;
}

interface OfDay extends OfRail {
  /** ISO 8601 date at the office, and where it begins and ends. */
  readonly day: string;
  readonly from: Date;
  readonly to: Date;
}

// What was sent on the day and is not surely unsent again. By the day's attempts, which are indexed by their time;
// a payment that left its submission for another one is found through where it is now.
const SENT = `
  select count(*) as payments, coalesce(sum(p.amount), 0) as amount
    from payment p
   where p.submission_id in (
           select a.submission_id from attempt a join submission s on s.id = a.submission_id
            where a.bank_code = $1 and a.kind = 'pay' and a.started_at >= $5 and a.started_at < $6 and s.rail = $2)
     and p.last_sent_at >= $5 and p.last_sent_at < $6 and p.state not in ('ready', 'cancelled')`;

const placeOf = (of: OfDay): unknown[] => [of.bankCode, of.rail, of.day, of.at, of.from, of.to];

/** Takes the day's counter for this transaction: whoever else wants it waits. The first of the day makes it. */
export async function lockDay(tx: Tx, of: OfDay): Promise<RailDay> {
  const there = await takeDay(tx, of);
  if (there) return there;
  await execute(
    tx,
    `insert into rail_day (bank_code, rail, day, payments, amount, counted_at)
     select $1, $2, $3::date, sent.payments, sent.amount, $4 from (${SENT}) sent
     on conflict do nothing`,
    placeOf(of),
  );
  return (await takeDay(tx, of)) ?? { payments: 0, amount: '0', countedAt: of.at };
}

function takeDay(tx: Tx, of: OfDay): Promise<RailDay | null> {
  return one<RailDay>(
    tx,
    `select payments::int as payments, amount, counted_at as "countedAt" from rail_day
      where bank_code = $1 and rail = $2 and day = $3::date for update`,
    [of.bankCode, of.rail, of.day],
  );
}

/** Counts the payments themselves anew, under the lock: what surely was not sent no longer counts. */
export async function recountDay(tx: Tx, of: OfDay): Promise<RailDay | null> {
  return one<RailDay>(
    tx,
    `update rail_day d set payments = sent.payments, amount = sent.amount, counted_at = $4
       from (${SENT}) sent
      where d.bank_code = $1 and d.rail = $2 and d.day = $3::date
     returning d.payments::int as payments, d.amount, d.counted_at as "countedAt"`,
    placeOf(of),
  );
}

export async function addToDay(
  tx: Tx,
  of: OfDay & { payments: number; amount: string },
): Promise<void> {
  await execute(
    tx,
    `update rail_day set payments = payments + $4, amount = amount + $5::numeric
      where bank_code = $1 and rail = $2 and day = $3::date`,
    [of.bankCode, of.rail, of.day, of.payments, of.amount],
  );
}

export type { OfDay };

/**
 * Of what is due on the rail, and of what its limit put off, the first that fit together into what is left of the day
 * may go; what is due and does not fit is put off. Without a change nothing moves to and fro.
 */
export async function shareDay(
  tx: Tx,
  given: OfRail & {
    /** What is left; null where the day knows no such limit. */
    left: { payments: number | null; amount: string | null };
    because: string;
    until: Date;
    limit: number;
  },
): Promise<void> {
  await execute(
    tx,
    `with fits as (
       select s.id, sum(s.payment_count) over upto as payments, sum(s.total_amount) over upto as amount
         from submission s join payment_run r on r.id = s.run_id
        where s.bank_code = $4 and s.rail = $5 and s.state = 'waiting'
          and (s.not_before <= $1 or s.waits_because = $3)
          and ($6::int is null or s.payment_count <= $6) and ($7::numeric is null or s.total_amount <= $7)
          and r.state = 'running' and r.cancel_requested_at is null
       window upto as (order by s.id)),
     goes as materialized (
       select id from fits
        where ($6::int is null or payments <= $6) and ($7::numeric is null or amount <= $7)),
     freed as (
       update submission set not_before = $1, waits_because = null
        where id in (select s.id from submission s join goes on goes.id = s.id
                      where s.state = 'waiting' and s.not_before > $1 order by s.id limit $8
                        for update of s skip locked)),
     due as (
       select s.id from submission s join payment_run r on r.id = s.run_id
        where s.bank_code = $4 and s.rail = $5 and s.state = 'waiting' and s.not_before <= $1
          and r.state = 'running' and r.cancel_requested_at is null
          and not exists (select 1 from goes where goes.id = s.id)
        order by s.id limit $8 for update of s skip locked),
     moved as (
       update submission s set not_before = $2, waits_because = $3, rung_at = null
         from due where s.id = due.id
       returning s.id)
     insert into submission_wait (submission_id, at, because, until) select id, $1, $3, $2 from moved`,
    [
      given.at,
      given.until,
      given.because,
      given.bankCode,
      given.rail,
      given.left.payments,
      given.left.amount,
      given.limit,
    ],
  );
}
