import { Injectable } from '@nestjs/common';
import { InvariantError, Money } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { batchNotFound, notProposed } from './batches.errors.js';
import { changesSinceRound, keepReturnedLines, type LineChanges } from './returned-line.store.js';
import {
  appendHistory,
  lockBatch,
  moveBatch,
  preparersOf,
  type ActedBy,
  type Batch,
} from './batch.store.js';
import { totalsByFund } from './line.store.js';

/** A proposed batch as its signers must see it; nobody else can change it while the transaction lasts. */
export interface ProposedBatch {
  readonly id: string;
  readonly number: string;
  readonly round: number;
  readonly digest: string;
  readonly lineCount: number;
  readonly total: Money;
  readonly preparedBy: string;
  /** Everybody who had a hand in it: none of them may sign. */
  readonly preparers: readonly string[];
  readonly programme: string;
  readonly period: string;
  readonly payOn: string | null;
}

/** What approvals may do to a batch, in its own transaction. */
@Injectable()
export class BatchGate {
  /** @throws DomainError `batches.not-found`, `batches.not-proposed` */
  async lockProposed(tx: Tx, batchId: string): Promise<ProposedBatch> {
    const batch = await lockBatch(tx, batchId);
    if (!batch) throw batchNotFound(batchId);
    if (batch.state !== 'proposed' || batch.digest === null) {
      throw notProposed(batchId, batch.state);
    }
    const { id, number, round, digest, lineCount, total, programme, period, payOn } = batch;
    const preparers = await preparersOf(tx, batchId);
    const preparedBy = batch.proposedBy ?? batch.preparedBy;
    return {
      id,
      number,
      round,
      digest,
      lineCount,
      total,
      preparedBy,
      preparers,
      programme,
      period,
      payOn,
    };
  }

  /** What the batch takes of each fund, by code. */
  async fundsOf(tx: Tx, batchId: string): Promise<{ fund: string; amount: Money }[]> {
    const found = await totalsByFund(tx, batchId);
    return found.map(({ fund, amount, currency }) => ({
      fund,
      amount: Money.of(amount, currency),
    }));
  }

  /** proposed → approved. The database asks for an approval of this very batch, round and digest. */
  async markApproved(
    tx: Tx,
    approved: { batchId: string; approvalId: string; at: Date; actor: ActedBy },
  ): Promise<void> {
    const { batchId, approvalId, at, actor } = approved;
    const batch = await this.locked(tx, batchId);
    await moveBatch(tx, { batchId, to: 'approved', set: { approval_id: approvalId } });
    await appendHistory(tx, {
      batchId,
      at,
      happened: 'approved',
      from: 'proposed',
      to: 'approved',
      round: batch.round,
      actor,
      detail: { approvalId },
    });
  }

  /** proposed → draft, in a new round: earlier signatures stay in the books and count no more. */
  async returnToDraft(
    tx: Tx,
    returned: { batchId: string; reason: string; at: Date; actor: ActedBy },
  ): Promise<void> {
    const { batchId, reason, at, actor } = returned;
    const batch = await this.locked(tx, batchId);
    await keepReturnedLines(tx, { batchId, round: batch.round });
    await moveBatch(tx, {
      batchId,
      to: 'draft',
      set: {
        digest: null,
        proposed_by: null,
        proposed_at: null,
        return_reason: reason,
        round: batch.round + 1,
        account_checks: null,
      },
    });
    await appendHistory(tx, {
      batchId,
      at,
      happened: 'returned',
      from: 'proposed',
      to: 'draft',
      round: batch.round,
      actor,
      reason,
    });
  }

  /**
   * What changed since an earlier round, for a signer who looked at that one; null when no round of the batch
   * had that digest.
   */
  changesSince(tx: Tx, seen: { batchId: string; digest: string }): Promise<LineChanges | null> {
    return changesSinceRound(tx, seen);
  }

  private async locked(tx: Tx, batchId: string): Promise<Batch> {
    const batch = await lockBatch(tx, batchId);
    if (!batch) throw new InvariantError('a batch vanished', { batchId });
    return batch;
  }
}
