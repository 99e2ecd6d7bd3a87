import { execute, prepared, rows, type Tx } from '../platform/database/index.js';
import { InvariantError } from '../kernel/index.js';
import type { PaymentState } from './payment.lifecycle.js';

/** What a decision about a payment needs to know of it. */
export interface PaymentForOutcome {
  id: string;
  reference: string;
  state: PaymentState;
  knownSequence: string | null;
  amount: string;
  fund: string;
  budgetMonth: string;
  runId: string;
  batchId: string;
  bankCode: string;
  rail: string;
  entitlementId: string;
  beneficiaryId: string;
  accountId: string;
  firstSentAt: Date | null;
  lastSentAt: Date | null;
}

/** Where a payment goes in one call, whatever it passed through on the way. */
export interface PaymentMove {
  readonly id: string;
  readonly from: PaymentState;
  readonly to: PaymentState;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly bankReference: string | null;
  readonly bankSequence: number | null;
  readonly settledAt: Date | null;
  readonly nextEnquiryAt: Date | null;
}

export interface HistoryRow {
  readonly paymentId: string;
  readonly from: PaymentState;
  readonly to: PaymentState;
  readonly reasonCode: string | null;
  readonly reasonText: string | null;
  readonly bankReference: string | null;
  readonly bankAt: Date | null;
  /** What brought the word, where one call brings the words of several; else the call's own. */
  readonly sourceId: string | null;
}

/** What made a payment move: for the history of everything it moves. */
export interface Cause {
  readonly cause:
    'run' | 'sending' | 'answer' | 'enquiry' | 'notice' | 'statement' | 'operator' | 'sweeper';
  /** Id of the attempt, notice, statement entry or person behind it. */
  readonly sourceId: string | null;
  readonly at: Date;
}

/**
 * Locks the payments of these references that went through this bank, always in the order of their ids, so that
 * two calls cannot deadlock.
 */
export function lockByReference(
  tx: Tx,
  given: { bankCode: string; references: readonly string[] },
): Promise<PaymentForOutcome[]> {
  return rows<PaymentForOutcome>(
    tx,
    prepared(`select p.id, p.reference, p.state, p.bank_sequence as "knownSequence", p.amount, p.fund,
            p.budget_month as "budgetMonth", p.run_id as "runId", p.batch_id as "batchId", p.bank_code as "bankCode",
            p.rail, p.entitlement_id as "entitlementId", p.beneficiary_id as "beneficiaryId",
            p.account_id as "accountId", p.first_sent_at as "firstSentAt", p.last_sent_at as "lastSentAt"
       from payment p
      where p.id = any(array(select k.payment_id from payment_key k where k.reference = any($1::text[])))
        and p.bank_code = $2
      order by p.id for update`),
    [given.references, given.bankCode],
  );
}

/** Writes the moves of locked payments. @throws InvariantError when one was not where it was seen. */
export async function applyMoves(tx: Tx, moves: readonly PaymentMove[], at: Date): Promise<void> {
  if (moves.length === 0) return;
  const moved = await execute(
    tx,
    prepared(`update payment p
        set state = m.to_state, reason_code = m.reason_code, reason_text = m.reason_text,
            bank_reference = coalesce(m.bank_reference, p.bank_reference),
            bank_sequence = m.bank_sequence,
            settled_at = coalesce(m.settled_at, p.settled_at),
            first_sent_at = coalesce(p.first_sent_at, $10), last_sent_at = coalesce(p.last_sent_at, $10),
            next_enquiry_at = m.next_enquiry_at, enquiries = 0, changed_at = $10
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
                   $8::timestamptz[], $9::timestamptz[])
            as m (id, from_state, to_state, reason_code, reason_text, bank_reference, bank_sequence, settled_at,
                  next_enquiry_at)
      where p.id = m.id and p.state = m.from_state`),
    [
      moves.map((m) => m.id),
      moves.map((m) => m.from),
      moves.map((m) => m.to),
      moves.map((m) => m.reasonCode),
      moves.map((m) => m.reasonText),
      moves.map((m) => m.bankReference),
      moves.map((m) => m.bankSequence),
      moves.map((m) => m.settledAt),
      moves.map((m) => m.nextEnquiryAt),
      at,
    ],
  );
  if (moved !== moves.length) {
    throw new InvariantError('locked payments moved under us', { asked: moves.length, moved });
  }
}

const HISTORY_COLUMNS =
  'h.payment_id, h.from_state, h.to_state, h.reason_code, h.reason_text, h.bank_reference, h.bank_at';

/** A row that takes money from one stage to another names the posting that says so. */
export async function appendHistory(
  tx: Tx,
  history: readonly HistoryRow[],
  cause: Cause & { postingId: string },
): Promise<void> {
  if (history.length === 0) return;
  await execute(
    tx,
    prepared(`insert into payment_history
       (payment_id, from_state, to_state, reason_code, reason_text, bank_reference, bank_at, at, cause, source_id,
        posting_id)
     select ${HISTORY_COLUMNS}, $8::timestamptz, $9, coalesce(h.source_id, $10),
            case when payment_stage(h.from_state) <> payment_stage(h.to_state) then $11::uuid end
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[],
                   $12::text[])
            with ordinality as h (payment_id, from_state, to_state, reason_code, reason_text, bank_reference,
                                  bank_at, source_id, nth)
      order by nth`),
    [
      history.map((h) => h.paymentId),
      history.map((h) => h.from),
      history.map((h) => h.to),
      history.map((h) => h.reasonCode),
      history.map((h) => h.reasonText),
      history.map((h) => h.bankReference),
      history.map((h) => h.bankAt),
      cause.at,
      cause.cause,
      cause.sourceId,
      cause.postingId,
      history.map((h) => h.sourceId),
    ],
  );
}

export interface ConflictRow {
  readonly paymentId: string;
  readonly state: PaymentState;
  readonly says: string;
  readonly reasonCode: string | null;
  readonly bankReference: string | null;
  readonly detail: string | null;
  /** As of a history row. */
  readonly sourceId: string | null;
}

/** Keeps each contradiction once: the same word about the same payment again adds nothing. Gives whose were new. */
export async function appendConflicts(
  tx: Tx,
  conflicts: readonly ConflictRow[],
  cause: Cause,
): Promise<string[]> {
  if (conflicts.length === 0) return [];
  const kept = await rows<{ paymentId: string }>(
    tx,
    `insert into payment_conflict
       (payment_id, state, says, reason_code, bank_reference, detail, at, cause, source_id)
     select distinct on (c.payment_id, c.state, c.says, c.detail)
            c.payment_id, c.state, c.says, c.reason_code, c.bank_reference, c.detail, $7::timestamptz, $8,
            coalesce(c.source_id, $9)
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $10::text[])
            as c (payment_id, state, says, reason_code, bank_reference, detail, source_id)
      where not exists (select 1 from payment_conflict k
                         where k.payment_id = c.payment_id and k.state = c.state and k.says = c.says
                           and k.detail is not distinct from c.detail)
     returning payment_id as "paymentId"`,
    [
      conflicts.map((c) => c.paymentId),
      conflicts.map((c) => c.state),
      conflicts.map((c) => c.says),
      conflicts.map((c) => c.reasonCode),
      conflicts.map((c) => c.bankReference),
      conflicts.map((c) => c.detail),
      cause.at,
      cause.cause,
      cause.sourceId,
      conflicts.map((c) => c.sourceId),
    ],
  );
  return kept.map((k) => k.paymentId);
}
