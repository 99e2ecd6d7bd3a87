import type { Money } from '../kernel/index.js';
import { execute, rows, type Tx } from '../platform/database/index.js';
import type { ChainStep } from './approval-chains.js';

/** A round of one batch. */
export interface RoundKey {
  readonly batchId: string;
  readonly round: number;
}

export interface Signature {
  readonly step: number;
  readonly signerId: string;
}

/** The steps that were fixed when the round's first signer acted; none before. */
export function fixedChain(tx: Tx, of: RoundKey): Promise<ChainStep[]> {
  return rows<ChainStep>(
    tx,
    `select step, signature_kind as signature, role from approval_chain
      where batch_id = $1 and round = $2 order by step`,
    [of.batchId, of.round],
  );
}

export async function fixChain(
  tx: Tx,
  of: RoundKey & { steps: readonly ChainStep[] },
): Promise<void> {
  await execute(
    tx,
    `insert into approval_chain (batch_id, round, step, signature_kind, role)
     select $1, $2, s.step, s.signature, s.role from unnest($3::int[], $4::text[], $5::text[])
       as s (step, signature, role)`,
    [
      of.batchId,
      of.round,
      of.steps.map((s) => s.step),
      of.steps.map((s) => s.signature),
      of.steps.map((s) => s.role),
    ],
  );
}

export function signaturesOf(tx: Tx, of: RoundKey): Promise<Signature[]> {
  return rows<Signature>(
    tx,
    `select step, signer_id as "signerId" from signature
      where batch_id = $1 and round = $2 order by step`,
    [of.batchId, of.round],
  );
}

/** What is signed, in figures. */
interface Signed extends RoundKey {
  readonly id: string;
  readonly digest: string;
  readonly lineCount: number;
  readonly total: Money;
  readonly at: Date;
}

export async function insertSignature(
  tx: Tx,
  signature: Signed & {
    step: ChainStep;
    signer: { id: string; login: string };
    comment: string | null;
  },
): Promise<void> {
  await execute(
    tx,
    `insert into signature
       (id, batch_id, round, step, signature_kind, signer_id, signer_login, digest, line_count, total_amount,
        currency, comment, signed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      signature.id,
      signature.batchId,
      signature.round,
      signature.step.step,
      signature.step.signature,
      signature.signer.id,
      signature.signer.login,
      signature.digest,
      signature.lineCount,
      signature.total.toString(),
      signature.total.currency,
      signature.comment,
      signature.at,
    ],
  );
}

export async function insertApproval(
  tx: Tx,
  approval: Signed & { budgetMonth: string; reservationId: string },
): Promise<void> {
  await execute(
    tx,
    `insert into approval
       (id, batch_id, round, digest, line_count, total_amount, currency, approved_at, budget_month, reservation_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      approval.id,
      approval.batchId,
      approval.round,
      approval.digest,
      approval.lineCount,
      approval.total.toString(),
      approval.total.currency,
      approval.at,
      approval.budgetMonth,
      approval.reservationId,
    ],
  );
}
