import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { AuditTrail } from '../audit/index.js';
import { EntitlementMoves } from '../entitlements/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Database } from '../platform/database/index.js';
import { appendHistory } from './batch.store.js';
import type { Assembled } from './assemble-batch.js';
import { lockDraft } from './draft-lock.js';
import { FillDraft } from './fill-draft.js';
import { clearDraft, reissuesOf } from './gather.store.js';

/**
 * Gathers a draft again by what it was asked for, from what is owed and from the accounts people have now.
 * What a person took out with a reason stays out.
 */
@Injectable()
export class RebuildBatch {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly moves: EntitlementMoves,
    private readonly fillDraft: FillDraft,
    private readonly audit: AuditTrail,
  ) {}

  async rebuild(order: { actor: Actor; batchId: string; version?: number }): Promise<Assembled> {
    const { actor, batchId } = order;
    assertMay(actor, 'batch.prepare');
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const batch = await lockDraft(tx, batchId, order.version);
      const reissues = batch.followUpOf === null ? null : await reissuesOf(tx, batchId);
      await this.moves.release(tx, { batchId, at, actor });
      await clearDraft(tx, batchId);
      const { id, programme, period, filter, payOn } = batch;
      const filled = await this.fillDraft.fill(tx, {
        id,
        programme,
        period,
        filter,
        payOn,
        reissues,
        actor,
        at,
      });
      const detail = { lineCount: filled.lineCount, total: filled.total.toString() };
      await appendHistory(tx, {
        batchId,
        at,
        happened: 'rebuilt',
        from: 'draft',
        to: 'draft',
        round: batch.round,
        actor,
        detail,
      });
      await this.audit.record(tx, {
        actor,
        action: 'batch.rebuilt',
        subject: { type: 'batch', id: batchId },
        detail,
      });
      return { batchId, number: batch.number, ...filled };
    });
  }
}
