import { execute, one, rows, type Tx } from '../platform/database/index.js';
import type { Cause } from './outcome.store.js';
import type { MovedMoney } from './payment-books.js';
import { submissionLifecycle } from './submission.lifecycle.js';

export interface ClaimedSubmission {
  id: string;
  runId: string;
  bankCode: string;
  rail: string;
  mode: 'single' | 'bulk';
  reference: string;
  tries: number;
  batchId: string;
}

/** The batch and bank of a submission that waits in a running run; null when there is nothing to claim. */
export function submissionToSend(
  tx: Tx,
  submissionId: string,
): Promise<{ batchId: string; bankCode: string } | null> {
  return one<{ batchId: string; bankCode: string }>(
    tx,
    `select r.batch_id as "batchId", s.bank_code as "bankCode" from submission s join payment_run r on r.id = s.run_id
      where s.id = $1 and s.state = 'waiting' and r.state = 'running'`,
    [submissionId],
  );
}

/** A ring came to nothing, because the bank may not be called: the next one is not held back by it. */
export async function forgetRing(tx: Tx, submissionId: string): Promise<void> {
  await execute(
    tx,
    `update submission set rung_at = null where id = $1 and state = 'waiting' and rung_at is not null`,
    [submissionId],
  );
}

/**
 * Takes a submission for sending: only while it waits, is due, and its run is running. The shared lock on the run
 * makes a pause or a cancel wait for this claim, and every later claim see the pause.
 */
export function claimSubmission(
  tx: Tx,
  claim: { id: string; at: Date; leaseUntil: Date },
): Promise<ClaimedSubmission | null> {
  return one<ClaimedSubmission>(
    tx,
    `with run as (
       select r.id, r.batch_id from payment_run r
        where r.id = (select run_id from submission where id = $1)
          and r.state = 'running' and r.cancel_requested_at is null
          for share of r)
     update submission s set state = 'sending', tries = tries + 1, lease_until = $3, waits_because = null
       from run
      where s.id = $1 and s.run_id = run.id and s.state = 'waiting' and s.not_before <= $2
     returning s.id, s.run_id as "runId", s.bank_code as "bankCode", s.rail, s.mode, s.reference, s.tries,
               run.batch_id as "batchId"`,
    [claim.id, claim.at, claim.leaseUntil],
  );
}

export interface PaymentToSend {
  id: string;
  reference: string;
  lineNo: number;
  bankBin: string;
  accountNumber: string;
  accountName: string;
  amount: string;
  narrative: string;
  fund: string;
  budgetMonth: string;
}

export interface Withheld {
  paymentId: string;
  entitlementId: string;
  fund: string;
  budgetMonth: string;
  amount: string;
}

/**
 * ready → cancelled for what is due to people who died or were put on hold since the batch was signed: nothing
 * goes to them until somebody has looked.
 */
export function withhold(
  tx: Tx,
  given: { submissionId: string; postingId: string; at: Date },
): Promise<Withheld[]> {
  return rows<Withheld>(
    tx,
    `with stopped as (
       select p.id, coalesce(b.hold_reason, 'MD07') as why from payment p
         join payee_view b on b.beneficiary_id = p.beneficiary_id
        where p.submission_id = $1 and p.state = 'ready'
          and (b.hold_reason is not null or b.deceased_on is not null)
        order by p.id for update of p),
     moved as (
       update payment p set state = 'cancelled', reason_code = s.why, changed_at = $2
         from stopped s where p.id = s.id
       returning p.id, p.entitlement_id, p.fund, p.budget_month, p.amount, s.why),
     told as (
       insert into payment_history
         (payment_id, at, from_state, to_state, cause, reason_code, reason_text, posting_id)
       select id, $2, 'ready', 'cancelled', 'sending', why, 'the payee is on hold', $3 from moved)
     select id as "paymentId", entitlement_id as "entitlementId", fund, budget_month as "budgetMonth", amount
       from moved`,
    [given.submissionId, given.at, given.postingId],
  );
}

/** ready → sending for all that is ready in the submission, in the order of the lines. */
export async function startSending(
  tx: Tx,
  given: { submissionId: string; attemptId: string; postingId: string; at: Date },
): Promise<PaymentToSend[]> {
  const sent = await rows<PaymentToSend>(
    tx,
    `with started as (
       update payment
          set state = 'sending', first_sent_at = coalesce(first_sent_at, $2), last_sent_at = $2, changed_at = $2
        where submission_id = $1 and state = 'ready'
       returning id, reference, line_no, bank_bin, account_number, account_name, amount, narrative,
                 fund, budget_month),
     told as (
       insert into payment_history (payment_id, at, from_state, to_state, cause, source_id, posting_id)
       select id, $2, 'ready', 'sending', 'sending', $3, $4 from started)
     select id, reference, line_no as "lineNo", bank_bin as "bankBin", account_number as "accountNumber",
            account_name as "accountName", amount, narrative, fund, budget_month as "budgetMonth"
       from started order by line_no`,
    [given.submissionId, given.at, given.attemptId, given.postingId],
  );
  return sent;
}

/** sending → unknown or ready, for those of these payments that are still in sending. Gives what moved. */
export function leaveSending(
  tx: Tx,
  given: {
    paymentIds: readonly string[];
    to: 'unknown' | 'ready';
    nextEnquiryAt: Date | null;
    /** Until then a doubt is no news: the message lies before a bank that answers later by itself. */
    answerDueAt: Date | null;
    why: string;
    postingId: string;
  } & Cause,
): Promise<MovedMoney[]> {
  return rows<MovedMoney>(
    tx,
    `with moved as (
       update payment
          set state = $2, changed_at = $3, next_enquiry_at = $4, answer_due_at = $9, enquiries = 0,
              unknown_since = case when $2 = 'unknown' then $3::timestamptz else unknown_since end
        where id = any($1::uuid[]) and state = 'sending'
       returning id, fund, budget_month, amount),
     told as (
       insert into payment_history
         (payment_id, at, from_state, to_state, cause, source_id, reason_text, posting_id)
       select id, $3, 'sending', $2, $5, $6, $7,
              case when payment_stage('sending') <> payment_stage($2) then $8::uuid end
         from moved)
     select fund, budget_month as "budgetMonth", 'sending' as "from", $2::text as "to", sum(amount)::text as amount
       from moved group by 1, 2`,
    [
      given.paymentIds,
      given.to,
      given.at,
      given.nextEnquiryAt,
      given.cause,
      given.sourceId,
      given.why.slice(0, 500),
      given.postingId,
      given.answerDueAt,
    ],
  );
}

/** Ends the sending of a submission: answered, or waiting again from `notBefore` on. */
export async function endSending(
  tx: Tx,
  given: { submissionId: string; to: 'answered' | 'waiting'; notBefore: Date | null },
): Promise<void> {
  await execute(
    tx,
    `update submission
        set state = $2, lease_until = null, rung_at = null, not_before = coalesce($3, not_before)
      where id = $1 and state = any($4::text[])`,
    [given.submissionId, given.to, given.notBefore, submissionLifecycle.before(given.to)],
  );
}

export async function openAttempt(
  tx: Tx,
  attempt: {
    id: string;
    bankCode: string;
    kind: 'pay' | 'enquire';
    submissionId: string | null;
    number: number;
    paymentCount: number;
    at: Date;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into attempt (id, bank_code, kind, submission_id, number, payment_count, started_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      attempt.id,
      attempt.bankCode,
      attempt.kind,
      attempt.submissionId,
      attempt.number,
      attempt.paymentCount,
      attempt.at,
    ],
  );
}

export type AttemptOutcome = 'answered' | 'delivered' | 'partly' | 'not-sent' | 'unknown' | 'lost';

/** Writes how an attempt ended; false when that was written already (it was given up as lost). */
export async function endAttempt(
  tx: Tx,
  given: { id: string; outcome: AttemptOutcome; why: string | null; at: Date },
): Promise<boolean> {
  const ended = await execute(
    tx,
    `update attempt set ended_at = $2, outcome = $3, why = $4 where id = $1 and ended_at is null`,
    [given.id, given.at, given.outcome, given.why?.slice(0, 500) ?? null],
  );
  return ended === 1;
}

export interface LostSending {
  submissionId: string;
  bankCode: string;
}

/** Submissions whose sender did not come back within its lease: their attempts end as lost. */
export async function giveUpLost(
  tx: Tx,
  given: { at: Date; limit: number },
): Promise<LostSending[]> {
  return rows<LostSending>(
    tx,
    `with lost as (
       select id from submission where state = 'sending' and lease_until < $1
        order by id limit $2 for update skip locked),
     ended as (
       update attempt set ended_at = $1, outcome = 'lost', why = 'the sender did not come back'
        where submission_id in (select id from lost) and ended_at is null)
     update submission s set state = 'answered', lease_until = null
       from lost where s.id = lost.id
     returning s.id as "submissionId", s.bank_code as "bankCode"`,
    [given.at, given.limit],
  );
}

/** Enquiries whose asker did not come back; their payments are asked about again at their next time. */
export function endLostEnquiries(
  tx: Tx,
  given: { at: Date; leases: readonly { bankCode: string; leaseMs: number }[] },
): Promise<number> {
  return execute(
    tx,
    `update attempt set ended_at = $1, outcome = 'lost', why = 'the asker did not come back'
      where id in (select a.id from attempt a
                     left join unnest($2::text[], $3::float8[]) as l (bank_code, ms) on l.bank_code = a.bank_code
                    where a.ended_at is null and a.kind = 'enquire'
                      and a.started_at < $1::timestamptz - make_interval(secs => coalesce(l.ms, $4) / 1000)
                    order by a.id for update of a skip locked)`,
    [
      given.at,
      given.leases.map((l) => l.bankCode),
      given.leases.map((l) => l.leaseMs),
      // Of a bank that is configured no more: as the slowest.
      Math.max(0, ...given.leases.map((l) => l.leaseMs)),
    ],
  );
}

/** The payments of these submissions that are still in sending. */
export async function sendingOf(
  tx: Tx,
  submissionIds: readonly string[],
): Promise<{ id: string; bankCode: string }[]> {
  return rows(
    tx,
    `select id, bank_code as "bankCode" from payment
      where submission_id = any($1::uuid[]) and state = 'sending' order by id for update`,
    [submissionIds],
  );
}
