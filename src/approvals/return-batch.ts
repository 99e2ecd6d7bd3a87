import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { AuditTrail } from '../audit/index.js';
import { BatchGate } from '../batches/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Database } from '../platform/database/index.js';
import { cannotReturn, signedByPeople } from './approvals.errors.js';
import { SigningDesk } from './signing-desk.js';
import { mayReturn } from './signing.rules.js';

/** A signer gives a proposed batch back to its preparers, with a reason; the next proposal is a new round. */
@Injectable()
export class ReturnBatch {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly gate: BatchGate,
    private readonly desk: SigningDesk,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DomainError `approvals.cannot-return`, `batches.not-proposed` */
  async return(order: {
    actor: Actor;
    batchId: string;
    reason: string;
  }): Promise<{ batchId: string; round: number }> {
    const { actor, batchId, reason } = order;
    assertMay(actor, 'batch.sign');
    if (actor.kind !== 'user') throw signedByPeople();
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const batch = await this.gate.lockProposed(tx, batchId);
      const { round, signer } = await this.desk.lookAt(tx, batch, actor);
      if (!mayReturn(signer, round)) throw cannotReturn(batchId);
      await this.gate.returnToDraft(tx, { batchId, reason, at, actor });
      await this.audit.record(tx, {
        actor,
        action: 'batch.returned',
        subject: { type: 'batch', id: batchId },
        detail: { round: batch.round, digest: batch.digest },
      });
      return { batchId, round: batch.round + 1 };
    });
  }
}
