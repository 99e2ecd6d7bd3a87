import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { endOpen, stateOf } from './entitlement.store.js';
import { entitlementsErrors } from './entitlements.errors.js';

/** A stop decision: what is still open is owed no more. What lies in a batch is taken out of it first. */
@Injectable()
export class EndEntitlement {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError when it is not there, in a batch, paid, or ended already. */
  async end(
    order: { entitlementId: string; decisionNumber: string; reason: string },
    actor: Actor,
  ): Promise<void> {
    const { entitlementId } = order;
    await this.database.transaction(async (tx) => {
      const ended = await endOpen(tx, {
        entitlementId,
        reason: `${order.decisionNumber}: ${order.reason}`,
        at: this.clock.now(),
        by: actor,
        cause: `stop decision ${order.decisionNumber}`,
      });
      if (!ended) {
        const state = await stateOf(tx, entitlementId);
        throw state === null
          ? entitlementsErrors.entitlementNotFound(entitlementId)
          : entitlementsErrors.notOpen(entitlementId, state);
      }
      await this.audit.record(tx, {
        actor,
        action: 'entitlement.ended',
        subject: { type: 'entitlement', id: entitlementId },
        detail: { decisionNumber: order.decisionNumber },
      });
    });
  }
}
