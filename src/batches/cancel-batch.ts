import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { AuditTrail } from '../audit/index.js';
import { EntitlementMoves } from '../entitlements/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Database } from '../platform/database/index.js';
import { assertVersion } from '../platform/http/index.js';
import { batchLifecycle } from './batch.lifecycle.js';
import { batchNotFound, cannotCancel } from './batches.errors.js';
import { appendHistory, lockBatch, moveBatch } from './batch.store.js';

/** Gives a batch up before it is approved; what it held is open again. */
@Injectable()
export class CancelBatch {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly moves: EntitlementMoves,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DomainError `batches.cannot-cancel` when it is approved or cancelled. */
  async cancel(order: {
    actor: Actor;
    batchId: string;
    reason: string;
    version?: number;
  }): Promise<{ batchId: string; released: number; version: number }> {
    const { actor, batchId, reason } = order;
    assertMay(actor, 'batch.prepare');
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const batch = await lockBatch(tx, batchId);
      if (!batch) throw batchNotFound(batchId);
      if (!batchLifecycle.can(batch.state, 'cancelled')) throw cannotCancel(batchId, batch.state);
      if (order.version !== undefined) assertVersion(batch.version, order.version);
      const released = await this.moves.release(tx, { batchId, at, actor });
      await moveBatch(tx, { batchId, to: 'cancelled', set: { cancel_reason: reason } });
      await appendHistory(tx, {
        batchId,
        at,
        happened: 'cancelled',
        from: batch.state,
        to: 'cancelled',
        round: batch.round,
        actor,
        reason,
        detail: { released },
      });
      await this.audit.record(tx, {
        actor,
        action: 'batch.cancelled',
        subject: { type: 'batch', id: batchId },
        detail: { round: batch.round, released },
      });
      return { batchId, released, version: batch.version + 1 };
    });
  }
}
