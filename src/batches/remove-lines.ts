import { Injectable } from '@nestjs/common';
import { Clock, type Money } from '../kernel/index.js';
import { AuditTrail } from '../audit/index.js';
import { EntitlementMoves } from '../entitlements/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Database } from '../platform/database/index.js';
import { noSuchLines } from './batches.errors.js';
import { appendHistory, countDraft } from './batch.store.js';
import { lockDraft } from './draft-lock.js';
import { removeLines } from './line.store.js';

/** Takes lines out of a draft for a reason; what they owe is open again, for another batch. */
@Injectable()
export class RemoveLines {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly moves: EntitlementMoves,
    private readonly audit: AuditTrail,
  ) {}

  /** All of the lines or none. @throws DomainError `batches.no-such-lines`, `batches.not-a-draft` */
  async remove(order: {
    actor: Actor;
    batchId: string;
    entitlementIds: readonly string[];
    reason: string;
    version?: number;
  }): Promise<{ removed: number; lineCount: number; total: Money; version: number }> {
    const { actor, batchId, reason } = order;
    assertMay(actor, 'batch.prepare');
    const at = this.clock.now();
    const entitlementIds = [...new Set(order.entitlementIds)];
    return this.database.transaction(async (tx) => {
      const batch = await lockDraft(tx, batchId, order.version);
      const removed = await removeLines(tx, { batchId, entitlementIds, reason, at });
      const missing = entitlementIds.filter((id) => !removed.includes(id));
      if (missing.length > 0) throw noSuchLines(batchId, missing);
      await this.moves.release(tx, { batchId, entitlementIds, at, actor });
      const counted = await countDraft(tx, batchId);
      const detail = { entitlementIds, lineCount: counted.lineCount };
      await appendHistory(tx, {
        batchId,
        at,
        happened: 'line_removed',
        from: 'draft',
        to: 'draft',
        round: batch.round,
        actor,
        reason,
        detail,
      });
      await this.audit.record(tx, {
        actor,
        action: 'batch.lines-removed',
        subject: { type: 'batch', id: batchId },
        detail,
      });
      return { removed: removed.length, ...counted };
    });
  }
}
