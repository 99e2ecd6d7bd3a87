import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { AlertRead } from './alert.read.js';
import { resolve } from './alert.store.js';
import { alreadyResolved, unknownAlert } from './alerts.errors.js';
import { PlanDeliveries } from './plan-deliveries.js';

/** A person says that it is dealt with. Nothing of the same cause alarms again until something new happens. */
@Injectable()
export class ResolveAlert {
  constructor(
    private readonly database: Database,
    private readonly alerts: AlertRead,
    private readonly audit: AuditTrail,
    private readonly planning: PlanDeliveries,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError alerts.unknown-alert, alerts.already-resolved */
  async resolve(actor: Actor, order: { alertId: string; note: string }): Promise<void> {
    const { alertId: id, note } = order;
    await this.resolveAll(actor, { alertIds: [id], note }, async (tx) => {
      throw (await this.alerts.stateOf(tx, id)) ? alreadyResolved(id) : unknownAlert(id);
    });
  }

  /**
   * Says of many at once that they are dealt with; what was resolved meanwhile stays as it is.
   * @param whenNone what is to be said when not one of them was living.
   * @returns how many were resolved.
   */
  async resolveAll(
    actor: Actor,
    order: { alertIds: readonly string[]; note: string },
    whenNone?: (tx: Tx) => Promise<never>,
  ): Promise<number> {
    assertMay(actor, 'alert.handle');
    const { alertIds: ids, note } = order;
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const resolved = await resolve(tx, { ids, actor, note, at });
      if (resolved.length === 0) await whenNone?.(tx);
      const tells = resolved.map((alert) => ({ alert, happened: 'resolved' as const }));
      await this.planning.plan(tx, tells, at);
      for (const { id } of resolved) {
        await this.audit.record(tx, {
          actor,
          action: 'alert.resolved',
          subject: { type: 'alert', id },
        });
      }
      return resolved.length;
    });
  }
}
