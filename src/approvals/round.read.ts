import type { ProposedAccounts } from '../batches/index.js';
import { one, rows, type Tx } from '../platform/database/index.js';
import type { ChainStep } from './approval-chains.js';

/** A batch as its signers see it, without its lines. */
export interface SignableBatch {
  readonly id: string;
  readonly number: string;
  readonly programme: string;
  readonly period: string;
  readonly state: string;
  readonly round: number;
  readonly digest: string | null;
  readonly lineCount: number;
  readonly total: string;
  readonly payOn: string | null;
  readonly proposedAt: Date | null;
  readonly preparers: readonly string[];
  /** What was known of its accounts when it was proposed; null where its programme checks none. */
  readonly accountChecks: ProposedAccounts | null;
}

export interface GivenSignature {
  readonly id: string;
  readonly batchId: string;
  readonly round: number;
  readonly step: number;
  readonly signature: 'first' | 'second';
  readonly signerId: string;
  readonly signerLogin: string;
  readonly comment: string | null;
  /** What was signed. */
  readonly digest: string;
  readonly lineCount: number;
  readonly total: string;
  readonly signedAt: Date;
}

export interface GivenApproval {
  readonly id: string;
  readonly approvedAt: Date;
  /** Of which month's budget the batch is paid, `yyyy-mm`. */
  readonly budgetMonth: string;
}

const BATCH = `
  select b.batch_id as id, b.number, b.programme, b.period, b.state, b.round, b.digest,
         b.line_count as "lineCount", b.total_amount as total, b.pay_on::text as "payOn",
         b.proposed_at as "proposedAt", b.account_checks as "accountChecks",
         array(select person_id from batch_preparer_view p where p.batch_id = b.batch_id) as preparers
    from batch_view b`;

export function findSignable(tx: Tx, batchId: string): Promise<SignableBatch | null> {
  return one(tx, `${BATCH} where b.batch_id = $1`, [batchId]);
}

/** In the order of their ids. */
export function findSignables(tx: Tx, batchIds: readonly string[]): Promise<SignableBatch[]> {
  return rows(tx, `${BATCH} where b.batch_id = any($1::uuid[]) order by b.batch_id`, [batchIds]);
}

/** Proposed batches, the oldest first. */
export function listProposed(
  tx: Tx,
  page: { afterId: string | null; limit: number },
): Promise<SignableBatch[]> {
  return rows(
    tx,
    `${BATCH} where b.state = 'proposed' and ($1::uuid is null or b.batch_id > $1)
      order by b.batch_id limit $2`,
    [page.afterId, page.limit],
  );
}

/** Every step of every round of these batches that has been fixed. */
export function chainsOf(
  tx: Tx,
  batchIds: readonly string[],
): Promise<(ChainStep & { batchId: string; round: number })[]> {
  return rows(
    tx,
    `select batch_id as "batchId", round, step, signature_kind as signature, role
       from approval_chain where batch_id = any($1::uuid[]) order by batch_id, round, step`,
    [batchIds],
  );
}

/** Every signature of every round of these batches. */
export function signaturesGiven(tx: Tx, batchIds: readonly string[]): Promise<GivenSignature[]> {
  return rows(
    tx,
    `select id, batch_id as "batchId", round, step, signature_kind as signature, signer_id as "signerId",
            signer_login as "signerLogin", comment, digest, line_count as "lineCount", total_amount as total,
            signed_at as "signedAt"
       from signature where batch_id = any($1::uuid[]) order by batch_id, round, step`,
    [batchIds],
  );
}

export function approvalOf(tx: Tx, batchId: string): Promise<GivenApproval | null> {
  return one(
    tx,
    `select id, approved_at as "approvedAt", budget_month as "budgetMonth" from approval where batch_id = $1`,
    [batchId],
  );
}

/** Batches that are paid from a month's budget (`yyyy-mm`). */
export async function approvedInMonth(tx: Tx, month: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select batch_id as id from approval where budget_month = $1 order by batch_id`,
    [month],
  );
  return found.map(({ id }) => id);
}
