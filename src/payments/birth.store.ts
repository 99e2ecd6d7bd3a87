import { execute, rows, type Tx } from '../platform/database/index.js';

/** A line on its way to becoming a payment: what decides which bank and which submission carries it. */
export interface LineToPay {
  id: string;
  bankBin: string;
  amount: string;
}

/** Approved lines in their order, a page at a time. */
export function linesToPay(
  tx: Tx,
  given: { batchId: string; afterLineNo: number; limit: number },
): Promise<(LineToPay & { lineNo: number })[]> {
  return rows(
    tx,
    `select id, bank_bin as "bankBin", amount, line_no as "lineNo"
       from approved_batch_line_view where batch_id = $1 and line_no > $2 order by line_no limit $3`,
    [given.batchId, given.afterLineNo, given.limit],
  );
}

export interface NewSubmission {
  readonly id: string;
  readonly runId: string;
  readonly bankCode: string;
  readonly rail: string;
  readonly mode: 'single' | 'bulk';
  readonly reference: string;
  readonly paymentCount: number;
  readonly total: string;
  readonly notBefore: Date;
}

export async function insertSubmissions(
  tx: Tx,
  submissions: readonly NewSubmission[],
  at: Date,
): Promise<void> {
  if (submissions.length === 0) return;
  await execute(
    tx,
    `insert into submission
       (id, run_id, bank_code, rail, mode, reference, state, payment_count, total_amount, not_before, created_at)
     select s.id, s.run_id, s.bank_code, s.rail, s.mode, s.reference, 'waiting', s.n, s.total, s.not_before, $10
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int[], $8::numeric[],
                   $9::timestamptz[])
            as s (id, run_id, bank_code, rail, mode, reference, n, total, not_before)`,
    [
      submissions.map((s) => s.id),
      submissions.map((s) => s.runId),
      submissions.map((s) => s.bankCode),
      submissions.map((s) => s.rail),
      submissions.map((s) => s.mode),
      submissions.map((s) => s.reference),
      submissions.map((s) => s.paymentCount),
      submissions.map((s) => s.total),
      submissions.map((s) => s.notBefore),
      at,
    ],
  );
}

/** Adds to submissions of this transaction that the page before had begun. */
export async function growSubmissions(
  tx: Tx,
  grown: readonly Pick<NewSubmission, 'id' | 'paymentCount' | 'total'>[],
): Promise<void> {
  if (grown.length === 0) return;
  await execute(
    tx,
    `update submission s set payment_count = s.payment_count + g.n, total_amount = s.total_amount + g.total
       from unnest($1::uuid[], $2::int[], $3::numeric[]) as g (id, n, total) where s.id = g.id`,
    [grown.map((s) => s.id), grown.map((s) => s.paymentCount), grown.map((s) => s.total)],
  );
}

/** Which payment id pays which line, in which submission, and by which rule on which rail. */
export interface Birth {
  readonly paymentId: string;
  readonly lineId: string;
  readonly submissionId: string;
  readonly bankCode: string;
  readonly rail: string;
  readonly railRule: string;
}

/**
 * Payments are copied from the approved lines in the database, so that no value passes through code on the way.
 * The reference is the id in another dress: kernel's `bankReferenceOf`.
 */
export async function insertPayments(
  tx: Tx,
  births: readonly Birth[],
  given: { runId: string; narrative: string; at: Date },
): Promise<number> {
  const born = await execute(
    tx,
    `insert into payment
       (id, run_id, approval_id, batch_id, batch_line_id, line_no, entitlement_id, beneficiary_id, account_id,
        reference, bank_code, rail, rail_rule, bank_bin, account_number, account_name, narrative, amount, currency,
        programme, period, fund, commune_code, budget_month, state, submission_id, reissue_of, created_at, changed_at)
     select b.payment_id, $7, l.approval_id, l.batch_id, l.id, l.line_no, l.entitlement_id, l.beneficiary_id,
            l.account_id, 'CT' || upper(replace(b.payment_id::text, '-', '')), b.bank_code, b.rail, b.rail_rule,
            l.bank_bin, l.account_number, l.account_name, $8, l.amount, l.currency, l.programme, l.period, l.fund,
            l.commune_code, a.budget_month, 'ready', b.submission_id, l.reissue_of, $9, $9
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[])
            as b (payment_id, line_id, submission_id, bank_code, rail, rail_rule)
       join approved_batch_line_view l on l.id = b.line_id
       join approval_view a on a.approval_id = l.approval_id`,
    [
      births.map((b) => b.paymentId),
      births.map((b) => b.lineId),
      births.map((b) => b.submissionId),
      births.map((b) => b.bankCode),
      births.map((b) => b.rail),
      births.map((b) => b.railRule),
      given.runId,
      given.narrative,
      given.at,
    ],
  );
  await execute(
    tx,
    `insert into payment_history (payment_id, at, from_state, to_state, cause, source_id)
     select id, $2, null, 'ready', 'run', $3 from unnest($1::uuid[]) as id`,
    [births.map((b) => b.paymentId), given.at, given.runId],
  );
  return born;
}
