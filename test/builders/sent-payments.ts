import { bankReferenceOf, newId } from '../../src/kernel/index.js';
import { execute, rows, type Tx } from '../../src/platform/database/index.js';
import type { Office } from './officers.js';
import { peopleOwed } from './owed.js';

export interface SentPayment {
  readonly paymentId: string;
  readonly reference: string;
  readonly batchId: string;
  readonly runId: string;
  readonly entitlementId: string;
  readonly beneficiaryId: string;
  readonly amount: string;
}

/** What differs from payments that a bank has accepted. */
export interface Sent {
  readonly bank?: string;
  readonly state?:
    'ready' | 'sending' | 'accepted' | 'unknown' | 'settled' | 'rejected' | 'returned';
  readonly reasonCode?: string;
  readonly amount?: string;
  /** Since when a doubt lasts, or when the state came about. */
  readonly since?: Date;
  readonly deadlineAt?: Date;
  readonly runState?: 'running' | 'finished';
}

const AT = new Date('2026-11-20T01:00:00Z');
const DIGEST = 'd'.repeat(64);

/** One approved batch with a run and `count` payments, signed by the office's own signers. */
export async function sentPayments(
  tx: Tx,
  office: Office,
  count: number,
  sent: Sent = {},
): Promise<SentPayment[]> {
  const amount = sent.amount ?? '2789000';
  const owed = await peopleOwed(tx, count, { amount });
  const entitlementIds = owed.map((o) => o.entitlementId);
  const batch = await approvedBatch(tx, office, { entitlementIds, amount });
  const run = { id: newId(), submissionId: newId(), ...batch };
  await aRun(tx, { ...run, count, sent });
  const lines = await rows<{ id: string; entitlementId: string; beneficiaryId: string }>(
    tx,
    `select id, entitlement_id as "entitlementId", beneficiary_id as "beneficiaryId"
       from batch_line where batch_id = $1 order by line_no`,
    [batch.batchId],
  );
  const payments = lines.map((line) => ({ ...line, paymentId: newId() }));
  await insertPayments(tx, { payments, run, sent });
  return payments.map(({ paymentId, entitlementId, beneficiaryId }) => ({
    paymentId,
    reference: bankReferenceOf(paymentId),
    batchId: batch.batchId,
    runId: run.id,
    entitlementId,
    beneficiaryId,
    amount,
  }));
}

async function approvedBatch(
  tx: Tx,
  office: Office,
  wanted: { entitlementIds: readonly string[]; amount: string },
): Promise<{ batchId: string; approvalId: string; total: string }> {
  const [batchId, approvalId] = [newId(), newId()];
  const count = wanted.entitlementIds.length;
  const total = String(BigInt(wanted.amount) * BigInt(count));
  await execute(
    tx,
    `insert into batch (id, number, programme, period, currency, prepared_by, created_at)
     values ($1, $2, 'NCC_MONTHLY', '2026-11', 'VND', $3, $4)`,
    [batchId, `NCC_MONTHLY-2026-11-${batchId.slice(-12)}`, office.preparer.id, AT],
  );
  await execute(
    tx,
    `insert into batch_line (id, batch_id, line_no, entitlement_id, beneficiary_id, account_id, personal_number,
       payee_name, bank_bin, account_number, account_name, amount, currency, fund, commune_code, programme, period,
       kind, decision_number, line_digest)
     select gen_random_uuid(), $1, row_number() over (order by entitlement_id), entitlement_id, beneficiary_id,
            account_id, personal_number, full_name, bank_bin, account_number, account_name, amount, currency, fund,
            commune_code, programme, period, kind, decision_number, $3
       from payable_entitlement_view where entitlement_id = any($2::uuid[])`,
    [batchId, wanted.entitlementIds, DIGEST],
  );
  await execute(
    tx,
    `update entitlement set state = 'in_batch', batch_id = $1 where id = any($2::uuid[])`,
    [batchId, wanted.entitlementIds],
  );
  await execute(
    tx,
    `update batch set state = 'proposed', digest = $2, line_count = $3, total_amount = $4, proposed_by = $5,
            proposed_at = $6 where id = $1`,
    [batchId, DIGEST, count, total, office.preparer.id, AT],
  );
  await sign(tx, office, { batchId, approvalId, count, total });
  return { batchId, approvalId, total };
}

async function sign(
  tx: Tx,
  office: Office,
  of: { batchId: string; approvalId: string; count: number; total: string },
): Promise<void> {
  const chain = [
    { step: 1, kind: 'second', role: 'chief_accountant', signer: office.accountant },
    { step: 2, kind: 'first', role: 'account_holder', signer: office.holder },
  ];
  for (const { step, kind, role } of chain) {
    await execute(
      tx,
      `insert into approval_chain (batch_id, round, step, signature_kind, role) values ($1, 1, $2, $3, $4)`,
      [of.batchId, step, kind, role],
    );
  }
  for (const { step, kind, signer } of chain) {
    await execute(
      tx,
      `insert into signature (id, batch_id, round, step, signature_kind, signer_id, signer_login, digest, line_count,
         total_amount, currency, signed_at)
       values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, 'VND', $10)`,
      [newId(), of.batchId, step, kind, signer.id, signer.name, DIGEST, of.count, of.total, AT],
    );
  }
  const reservationId = await reserve(tx, of);
  await execute(
    tx,
    `insert into approval (id, batch_id, round, digest, line_count, total_amount, currency, approved_at, budget_month,
       reservation_id)
     values ($1, $2, 1, $3, $4, $5, 'VND', $6, '2026-11', $7)`,
    [of.approvalId, of.batchId, DIGEST, of.count, of.total, AT, reservationId],
  );
  await execute(tx, `update batch set state = 'approved', approval_id = $2 where id = $1`, [
    of.batchId,
    of.approvalId,
  ]);
}

/** What the last signature reserves of the fund that `peopleOwed` are paid from; gives the posting. */
export async function reserve(
  tx: Tx,
  of: { approvalId: string; total: string; month?: string },
): Promise<string> {
  const id = newId();
  await execute(
    tx,
    `with head as (
       insert into ledger_transaction (id, kind, source_type, source_id, at)
       values ($1, 'reservation', 'approval', $2, $4) returning id)
     insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
     select head.id, 'NSTW_NCC', e.month, e.stage, e.amount, 'VND'
       from head, (values (left($5, 4) || '-01', 'available', -$3::numeric), ($5, 'reserved', $3::numeric))
                  as e (month, stage, amount)`,
    [id, of.approvalId, of.total, AT, of.month ?? '2026-11'],
  );
  return id;
}

async function aRun(
  tx: Tx,
  run: {
    id: string;
    submissionId: string;
    batchId: string;
    approvalId: string;
    total: string;
    count: number;
    sent: Sent;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into payment_run (id, batch_id, approval_id, batch_number, programme, period, state, payment_count,
       total_amount, currency, scheduled_for, deadline_at, created_at)
     values ($1, $2, $3, $4, 'NCC_MONTHLY', '2026-11', $5, $6, $7, 'VND', $8, $9, $8)`,
    [
      run.id,
      run.batchId,
      run.approvalId,
      `NCC_MONTHLY-2026-11-${run.batchId.slice(-12)}`,
      run.sent.runState ?? 'running',
      run.count,
      run.total,
      AT,
      run.sent.deadlineAt ?? new Date('2027-01-01T00:00:00Z'),
    ],
  );
  await execute(
    tx,
    `insert into submission (id, run_id, bank_code, mode, reference, state, payment_count, total_amount, not_before,
       created_at)
     values ($1, $2, $3, 'bulk', $4, 'answered', $5, $6, $7, $7)`,
    [
      run.submissionId,
      run.id,
      run.sent.bank ?? 'sandbox',
      `CS${run.submissionId.replaceAll('-', '')}`,
      run.count,
      run.total,
      AT,
    ],
  );
}

async function insertPayments(
  tx: Tx,
  given: {
    payments: readonly { id: string; paymentId: string }[];
    run: { id: string; submissionId: string };
    sent: Sent;
  },
): Promise<void> {
  const { payments, run, sent } = given;
  const state = sent.state ?? 'accepted';
  const since = sent.since ?? AT;
  await execute(
    tx,
    `insert into payment (id, run_id, approval_id, batch_id, batch_line_id, line_no, entitlement_id, beneficiary_id,
       account_id, reference, bank_code, bank_bin, account_number, account_name, narrative, amount, currency,
       programme, period, fund, commune_code, budget_month, state, submission_id, reason_code, first_sent_at,
       unknown_since, created_at, changed_at)
     select b.payment_id, $3, l.approval_id, l.batch_id, l.id, l.line_no, l.entitlement_id, l.beneficiary_id,
            l.account_id, 'CT' || upper(replace(b.payment_id::text, '-', '')), $5, l.bank_bin, l.account_number,
            l.account_name, 'NCC', l.amount, l.currency, l.programme, l.period, l.fund, l.commune_code, '2026-11', $6,
            $4, $7,
            case when $6 <> 'ready' then $8::timestamptz end, case when $6 = 'unknown' then $8::timestamptz end,
            $8, $8
       from unnest($1::uuid[], $2::uuid[]) as b (payment_id, line_id)
       join approved_batch_line_view l on l.id = b.line_id`,
    [
      payments.map((p) => p.paymentId),
      payments.map((p) => p.id),
      run.id,
      run.submissionId,
      sent.bank ?? 'sandbox',
      state,
      sent.reasonCode ?? (['rejected', 'returned'].includes(state) ? 'AC04' : null),
      since,
    ],
  );
  await execute(
    tx,
    `insert into payment_history (payment_id, at, from_state, to_state, cause, source_id)
     select id, $2, null, $3, 'run', null from unnest($1::uuid[]) as id`,
    [payments.map((p) => p.paymentId), since, state],
  );
}
