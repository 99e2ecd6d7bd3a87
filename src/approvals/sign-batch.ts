import { Injectable } from '@nestjs/common';
import { Clock, InvariantError, newId, type Money } from '../kernel/index.js';
import { AuditTrail } from '../audit/index.js';
import { BatchGate, type ProposedBatch } from '../batches/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { FundControl } from '../ledger/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import type { ChainStep } from './approval-chains.js';
import {
  refusalOf,
  signedByPeople,
  somethingElseSeen,
  type Difference,
} from './approvals.errors.js';
import { batchApproved } from './approvals.events.js';
import { budgetMonthOf } from './budget-month.rules.js';
import { fixChain, insertApproval, insertSignature } from './signature.store.js';
import { SigningDesk } from './signing-desk.js';
import { rule } from './signing.rules.js';

/** What the signer had before them when they decided. */
export interface Seen {
  readonly digest: string;
  readonly lineCount: number;
  readonly total: Money;
}

export interface SignOrder {
  readonly actor: Actor;
  readonly batchId: string;
  readonly seen: Seen;
  readonly comment?: string;
}

export interface SignResult {
  readonly signatureId: string;
  readonly step: ChainStep;
  /** Set when this was the last signature that the batch needed. */
  readonly approvalId: string | null;
  readonly next: ChainStep | null;
}

/**
 * Gives one person's signature on a proposed batch, under the batch's lock: of two signers at once the second
 * finds what the first has done. The last signature reserves the money, approves the batch and tells payments.
 */
@Injectable()
export class SignBatch {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly gate: BatchGate,
    private readonly desk: SigningDesk,
    private readonly funds: FundControl,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @throws DomainError `approvals.something-else-seen` when the batch is not what the signer saw,
   *   `ledger.funds-short` when it would be the last signature and a fund does not suffice.
   */
  async sign(order: SignOrder): Promise<SignResult> {
    const { actor } = order;
    assertMay(actor, 'batch.sign');
    if (actor.kind !== 'user') throw signedByPeople();
    return this.database.transaction(async (tx) => {
      const batch = await this.gate.lockProposed(tx, order.batchId);
      const { round, signer, isFixed } = await this.desk.lookAt(tx, batch, actor);
      const ruling = rule(signer, round);
      if (!ruling.may) throw refusalOf(batch.id, ruling);
      await this.assertSeen(tx, batch, order.seen);
      if (!isFixed) await fixChain(tx, { ...keyOf(batch), steps: round.chain });
      const signatureId = await this.giveSignature(tx, { order, batch, step: ruling.step });
      const approvalId = ruling.isLast ? await this.approve(tx, batch, actor) : null;
      const next = round.chain.find(({ step }) => step > ruling.step.step) ?? null;
      return { signatureId, step: ruling.step, approvalId, next };
    });
  }

  private async assertSeen(tx: Tx, batch: ProposedBatch, seen: Seen): Promise<void> {
    const changed: Record<string, Difference> = {};
    if (seen.digest !== batch.digest) changed['digest'] = { seen: seen.digest, now: batch.digest };
    if (seen.lineCount !== batch.lineCount) {
      changed['lineCount'] = { seen: seen.lineCount, now: batch.lineCount };
    }
    if (!seen.total.equals(batch.total)) {
      changed['total'] = { seen: seen.total.toString(), now: batch.total.toString() };
    }
    if (Object.keys(changed).length === 0) return;
    const lines = changed['digest']
      ? await this.gate.changesSince(tx, { batchId: batch.id, digest: seen.digest })
      : null;
    throw somethingElseSeen(batch.id, changed, lines);
  }

  private async giveSignature(
    tx: Tx,
    { order, batch, step }: { order: SignOrder; batch: ProposedBatch; step: ChainStep },
  ): Promise<string> {
    const { actor } = order;
    const id = newId();
    await insertSignature(tx, {
      ...figuresOf(batch),
      id,
      step,
      signer: { id: actor.id, login: actor.name },
      comment: order.comment ?? null,
      at: this.clock.now(),
    });
    await this.audit.record(tx, {
      actor,
      action: 'batch.signed',
      subject: { type: 'batch', id: batch.id },
      detail: {
        signatureId: id,
        round: batch.round,
        step: step.step,
        signature: step.signature,
        digest: batch.digest,
        lineCount: batch.lineCount,
        total: batch.total.toString(),
      },
    });
    return id;
  }

  private async approve(tx: Tx, batch: ProposedBatch, actor: Actor): Promise<string> {
    const id = newId();
    const at = this.clock.now();
    const budgetMonth = budgetMonthOf(batch, at);
    const needs = await this.gate.fundsOf(tx, batch.id);
    const reservationId = await this.funds.reserve(tx, { id, month: budgetMonth, needs, at });
    if (reservationId === null) throw new InvariantError('a batch of no money', keyOf(batch));
    await insertApproval(tx, { ...figuresOf(batch), id, at, budgetMonth, reservationId });
    await this.gate.markApproved(tx, { batchId: batch.id, approvalId: id, at, actor });
    await this.outbox.publish(tx, batchApproved, { batchId: batch.id, approvalId: id });
    await this.audit.record(tx, {
      actor,
      action: 'batch.approved',
      subject: { type: 'batch', id: batch.id },
      detail: {
        approvalId: id,
        round: batch.round,
        digest: batch.digest,
        budgetMonth,
        reservationId,
      },
    });
    return id;
  }
}

const keyOf = (batch: ProposedBatch) => ({ batchId: batch.id, round: batch.round });
const figuresOf = (batch: ProposedBatch) => ({
  ...keyOf(batch),
  digest: batch.digest,
  lineCount: batch.lineCount,
  total: batch.total,
});
