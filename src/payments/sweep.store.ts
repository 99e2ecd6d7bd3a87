import { one, prepared, rows, type Tx } from '../platform/database/index.js';

export interface SubmissionToRing {
  id: string;
  rings: number;
}

/**
 * Submissions of a bank that are due and not rung, or rung so long ago that the ring must be lost. No more than
 * `ahead` are rung for at once: the queue is a doorbell, not a store. And no more than `free` now: what waits in
 * the queue since long is not lost but slow, and a second ring would only make it slower.
 */
export function ringDue(
  tx: Tx,
  given: { bankCode: string; at: Date; rungBefore: Date; ahead: number; free: number },
): Promise<SubmissionToRing[]> {
  return rows<SubmissionToRing>(
    tx,
    prepared(`with room as (
       select greatest(0, least($5::int, $4 - count(*))) as places from submission
        where bank_code = $1 and state = 'waiting' and rung_at >= $3),
     due as (
       select s.id from submission s join payment_run r on r.id = s.run_id
        where s.bank_code = $1 and s.state = 'waiting' and s.not_before <= $2
          and (s.rung_at is null or s.rung_at < $3)
          and r.state = 'running' and r.cancel_requested_at is null
        order by s.not_before, s.id
        limit (select places from room) for update of s skip locked)
     update submission s set rings = s.rings + 1, rung_at = $2
       from due where s.id = due.id
     returning s.id, s.rings`),
    [given.bankCode, given.at, given.rungBefore, given.ahead, given.free],
  );
}

/** How many enquiries of a bank are due, counted up to `limit`. */
export async function dueEnquiryCount(
  tx: Tx,
  given: { bankCode: string; at: Date; limit: number },
): Promise<number> {
  const found = await one<{ n: number }>(
    tx,
    `select count(*)::int as n from (
       select 1 from payment
        where bank_code = $1 and next_enquiry_at <= $2 and state in ('unknown', 'accepted') limit $3) due`,
    [given.bankCode, given.at, given.limit],
  );
  return found?.n ?? 0;
}

export interface CancelledPayment {
  entitlementId: string;
  batchId: string;
  fund: string;
  budgetMonth: string;
  amount: string;
}

/** ready → cancelled for what a cancelled run has not sent; their submissions end with them. */
export function cancelUnsent(
  tx: Tx,
  given: { at: Date; limit: number; postingId: string },
): Promise<CancelledPayment[]> {
  return rows<CancelledPayment>(
    tx,
    `with ended as materialized (
       select s.id from payment_run r join submission s on s.run_id = r.id and s.state = 'waiting'
        where r.cancel_requested_at is not null and r.state <> 'finished'),
     unsent as (
       select p.id from payment p
        where p.submission_id = any(array(select id from ended)) and p.state = 'ready'
        order by p.id limit $2 for update of p skip locked),
     moved as (
       update payment p set state = 'cancelled', changed_at = $1
         from unsent where p.id = unsent.id
       returning p.id, p.entitlement_id, p.batch_id, p.fund, p.budget_month, p.amount),
     told as (
       insert into payment_history (payment_id, at, from_state, to_state, cause, posting_id)
       select id, $1, 'ready', 'cancelled', 'operator', $3 from moved)
     select entitlement_id as "entitlementId", batch_id as "batchId", fund, budget_month as "budgetMonth", amount
       from moved`,
    [given.at, given.limit, given.postingId],
  );
}

/** Waiting submissions of cancelled runs that carry nothing any more. */
export async function endEmptySubmissions(tx: Tx): Promise<void> {
  await rows(
    tx,
    `update submission s set state = 'cancelled'
       from payment_run r
      where r.id = s.run_id and r.cancel_requested_at is not null and s.state = 'waiting'
        and not exists (select 1 from payment p where p.submission_id = s.id and p.state = 'ready')
     returning s.id`,
  );
}

/** Takes the rings back of what still waits, so that the next sweep rings anew; gives how many those were. */
export async function forgetRings(tx: Tx, bankCode: string | null): Promise<number> {
  const forgotten = await rows<{ id: string }>(
    tx,
    `with rung as (
       select id from submission
        where state = 'waiting' and rung_at is not null and ($1::text is null or bank_code = $1)
        order by id for update skip locked)
     update submission s set rung_at = null from rung where s.id = rung.id returning s.id`,
    [bankCode],
  );
  return forgotten.length;
}
