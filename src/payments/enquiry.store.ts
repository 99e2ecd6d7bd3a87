import { execute, rows, type Tx } from '../platform/database/index.js';
import type { Cause } from './outcome.store.js';
import type { MovedMoney } from './payment-books.js';

export interface PaymentToEnquire {
  id: string;
  reference: string;
  state: 'unknown' | 'accepted';
  amount: string;
  firstSentAt: Date;
  lastSentAt: Date;
  enquiries: number;
  runId: string;
}

/** Payments of a bank whose enquiry is due; skips those that another process is taking. */
export function lockDueEnquiries(
  tx: Tx,
  given: { bankCode: string; at: Date; limit: number },
): Promise<PaymentToEnquire[]> {
  return rows<PaymentToEnquire>(
    tx,
    `select id, reference, state, amount, first_sent_at as "firstSentAt", last_sent_at as "lastSentAt",
            enquiries, run_id as "runId"
       from payment
      where bank_code = $1 and next_enquiry_at <= $2 and state in ('unknown', 'accepted')
      order by next_enquiry_at, id limit $3 for update skip locked`,
    [given.bankCode, given.at, given.limit],
  );
}

/** Counts the enquiry and puts off the next one, before the bank is asked: a lost asker costs one interval. */
export async function countEnquiries(
  tx: Tx,
  next: readonly { id: string; nextEnquiryAt: Date }[],
): Promise<void> {
  await execute(
    tx,
    `update payment p set enquiries = p.enquiries + 1, next_enquiry_at = n.next_at
       from unnest($1::uuid[], $2::timestamptz[]) as n (id, next_at)
      where p.id = n.id and p.id = any($1::uuid[])`,
    [next.map((n) => n.id), next.map((n) => n.nextEnquiryAt)],
  );
}

export interface EnquiryAnswerRow {
  readonly paymentId: string;
  readonly answer: string;
  readonly why: string | null;
}

/** Keeps what the bank said, also when it moved nothing: a doubt shows what was asked and answered. */
export async function insertAnswers(
  tx: Tx,
  answers: readonly EnquiryAnswerRow[],
  given: { attemptId: string; at: Date },
): Promise<void> {
  await execute(
    tx,
    `insert into enquiry_answer (attempt_id, payment_id, answer, why, at)
     select $4, a.payment_id, a.answer, left(a.why, 500), $5
       from unnest($1::uuid[], $2::text[], $3::text[]) as a (payment_id, answer, why)
     on conflict do nothing`,
    [
      answers.map((a) => a.paymentId),
      answers.map((a) => a.answer),
      answers.map((a) => a.why),
      given.attemptId,
      given.at,
    ],
  );
}

export interface ProvenNever {
  id: string;
  rail: string;
  amount: string;
  runId: string;
}

/** Of these payments, those still unknown and sent last at the time the bank was asked about. */
export function lockStillUnknown(
  tx: Tx,
  asked: readonly { id: string; lastSentAt: Date }[],
): Promise<ProvenNever[]> {
  return rows<ProvenNever>(
    tx,
    `select p.id, p.rail, p.amount, p.run_id as "runId"
       from payment p
       join unnest($1::uuid[], $2::timestamptz[]) as a (id, last_sent_at) on a.id = p.id
      where p.id = any($1::uuid[]) and p.aside = 'unknown' and p.last_sent_at <= a.last_sent_at + interval '1 millisecond'
      order by p.id for update of p`,
    [asked.map((a) => a.id), asked.map((a) => a.lastSentAt)],
  );
}

/** unknown → ready in a new submission: the bank proved that it never happened. Gives what moved. */
export async function backToReady(
  tx: Tx,
  moves: readonly { paymentId: string; submissionId: string }[],
  cause: Cause & { postingId: string },
): Promise<MovedMoney[]> {
  return rows<MovedMoney>(
    tx,
    `with moved as (
       update payment p
          set state = 'ready', submission_id = m.submission_id, unknown_since = null, next_enquiry_at = null,
              enquiries = 0, changed_at = $3
         from unnest($1::uuid[], $2::uuid[]) as m (id, submission_id)
        where p.id = m.id and p.id = any($1::uuid[]) and p.state = 'unknown'
       returning p.id, p.fund, p.budget_month, p.amount),
     told as (
       insert into payment_history
         (payment_id, at, from_state, to_state, cause, source_id, reason_text, posting_id)
       select id, $3, 'unknown', 'ready', $4, $5, 'the bank never had it', $6 from moved)
     select fund, budget_month as "budgetMonth", 'unknown' as "from", 'ready' as "to", sum(amount)::text as amount
       from moved group by 1, 2`,
    [
      moves.map((m) => m.paymentId),
      moves.map((m) => m.submissionId),
      cause.at,
      cause.cause,
      cause.sourceId,
      cause.postingId,
    ],
  );
}

/** What is in doubt of a submission is asked about from `at` on. */
export async function enquireAt(tx: Tx, given: { submissionId: string; at: Date }): Promise<void> {
  await execute(
    tx,
    `update payment set next_enquiry_at = $2 where submission_id = $1 and state = 'unknown'`,
    [given.submissionId, given.at],
  );
}
