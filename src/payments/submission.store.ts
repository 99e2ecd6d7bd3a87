import { execute, prepared, rows, type Tx } from '../platform/database/index.js';
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

export interface FoundSubmission {
  submissionId: string;
  batchId: string;
  bankCode: string;
}

/** The batches and banks of those of these submissions that wait in a running run; of others there is nothing to claim. */
export function submissionsToSend(
  tx: Tx,
  submissionIds: readonly string[],
): Promise<FoundSubmission[]> {
  return rows<FoundSubmission>(
    tx,
    prepared(`select s.id as "submissionId", r.batch_id as "batchId", s.bank_code as "bankCode"
       from submission s join payment_run r on r.id = s.run_id
      where s.id = any($1::uuid[]) and s.state = 'waiting' and r.state = 'running'`),
    [submissionIds],
  );
}

/** Rings came to nothing, because the bank may not be called: the next ones are not held back by them. */
export async function forgetRings(tx: Tx, submissionIds: readonly string[]): Promise<void> {
  await execute(
    tx,
    `update submission set rung_at = null
      where id in (select id from submission
                    where id = any($1::uuid[]) and state = 'waiting' and rung_at is not null order by id for update)`,
    [submissionIds],
  );
}

/**
 * Takes submissions for sending: only while they wait, are due, and their run is running. The shared lock on the run
 * makes a pause or a cancel wait for this claim, and every later claim see the pause. In the order of their ids, so that
 * two claims of the same ones cannot wait for each other in a circle.
 */
export function claimSubmissions(
  tx: Tx,
  claim: { ids: readonly string[]; at: Date; leaseUntil: Date },
): Promise<ClaimedSubmission[]> {
  return rows<ClaimedSubmission>(
    tx,
    prepared(`with run as (
       select r.id, r.batch_id from payment_run r
        where r.id in (select run_id from submission where id = any($1::uuid[]))
          and r.state = 'running' and r.cancel_requested_at is null
        order by r.id for share of r),
     mine as (
       select s.id, run.batch_id from submission s join run on run.id = s.run_id
        where s.id = any($1::uuid[]) and s.state = 'waiting' and s.not_before <= $2
        order by s.id for update of s)
     update submission s set state = 'sending', tries = tries + 1, lease_until = $3, waits_because = null
       from mine
      where s.id = mine.id and s.state = 'waiting' and s.not_before <= $2
     returning s.id, s.run_id as "runId", s.bank_code as "bankCode", s.rail, s.mode, s.reference, s.tries,
               mine.batch_id as "batchId"`),
    [claim.ids, claim.at, claim.leaseUntil],
  );
}

export interface PaymentToSend {
  id: string;
  submissionId: string;
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
  batchId: string;
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
  given: { submissionIds: readonly string[]; postingId: string; at: Date },
): Promise<Withheld[]> {
  return rows<Withheld>(
    tx,
    prepared(`with stopped as (
       select p.id, coalesce(b.hold_reason, 'MD07') as why from payment p
         join payee_view b on b.beneficiary_id = p.beneficiary_id
        where p.submission_id = any($1::uuid[]) and p.state = 'ready'
          and (b.hold_reason is not null or b.deceased_on is not null)
        order by p.id for update of p),
     moved as (
       update payment p set state = 'cancelled', reason_code = s.why, changed_at = $2
         from stopped s where p.id = s.id
       returning p.id, p.batch_id, p.entitlement_id, p.fund, p.budget_month, p.amount, s.why),
     told as (
       insert into payment_history
         (payment_id, at, from_state, to_state, cause, reason_code, reason_text, posting_id)
       select id, $2, 'ready', 'cancelled', 'sending', why, 'the payee is on hold', $3 from moved)
     select id as "paymentId", batch_id as "batchId", entitlement_id as "entitlementId", fund,
            budget_month as "budgetMonth", amount
       from moved`),
    [given.submissionIds, given.at, given.postingId],
  );
}

/** ready → sending for all that is ready in these submissions, in the order of the lines. */
export async function startSending(
  tx: Tx,
  given: {
    /** Each with the attempt that is about to carry it. */
    claims: readonly { readonly submissionId: string; readonly attemptId: string }[];
    postingId: string;
    at: Date;
  },
): Promise<PaymentToSend[]> {
  const sent = await rows<PaymentToSend>(
    tx,
    prepared(`with claimed as (
       select * from unnest($1::uuid[], $3::uuid[]) as c (submission_id, attempt_id)),
     started as (
       update payment p
          set state = 'sending', first_sent_at = coalesce(first_sent_at, $2), last_sent_at = $2, changed_at = $2
         from claimed c
        where p.submission_id = c.submission_id and p.state = 'ready'
       returning p.id, p.submission_id, c.attempt_id, p.reference, p.line_no, p.bank_bin, p.account_number,
                 p.account_name, p.amount, p.narrative, p.fund, p.budget_month),
     told as (
       insert into payment_history (payment_id, at, from_state, to_state, cause, source_id, posting_id)
       select id, $2, 'ready', 'sending', 'sending', attempt_id, $4 from started)
     select id, submission_id as "submissionId", reference, line_no as "lineNo", bank_bin as "bankBin",
            account_number as "accountNumber", account_name as "accountName", amount, narrative, fund,
            budget_month as "budgetMonth"
       from started order by line_no`),
    [
      given.claims.map(({ submissionId }) => submissionId),
      given.at,
      given.claims.map(({ attemptId }) => attemptId),
      given.postingId,
    ],
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

export interface SendingEnded {
  readonly submissionId: string;
  readonly to: 'answered' | 'waiting';
  /** When it may be sent again, of one that waits. */
  readonly notBefore: Date | null;
}

/** Ends the sending of submissions: answered, or waiting again. */
export async function endSendings(tx: Tx, ended: readonly SendingEnded[]): Promise<void> {
  for (const to of ['answered', 'waiting'] as const) {
    const those = ended.filter((one) => one.to === to);
    if (those.length === 0) continue;
    await execute(
      tx,
      prepared(`update submission s
          set state = $2, lease_until = null, rung_at = null, not_before = coalesce(e.not_before, s.not_before)
         from unnest($1::uuid[], $3::timestamptz[]) as e (id, not_before)
        where s.id = e.id and s.state = any($4::text[])`),
      [
        those.map(({ submissionId }) => submissionId),
        to,
        those.map(({ notBefore }) => notBefore),
        submissionLifecycle.before(to),
      ],
    );
  }
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
