import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { AlertRead } from './alert.read.js';
import { acknowledge } from './alert.store.js';
import { notOpen, unknownAlert } from './alerts.errors.js';

/** Somebody takes an alert on. It stays theirs as long as its cause lasts, whatever its count becomes. */
@Injectable()
export class AcknowledgeAlert {
  constructor(
    private readonly database: Database,
    private readonly alerts: AlertRead,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError alerts.unknown-alert, alerts.not-open */
  async acknowledge(actor: Actor, order: { alertId: string; note: string | null }): Promise<void> {
    const { alertId: id, note } = order;
    await this.acknowledgeAll(actor, { alertIds: [id], note }, async (tx) => {
      const state = await this.alerts.stateOf(tx, id);
      throw state ? notOpen(id, state) : unknownAlert(id);
    });
  }

  /**
   * Takes many on at once; what somebody else has taken or resolved meanwhile stays theirs.
   * @param whenNone what is to be said when not one of them was open.
   * @returns how many were taken on.
   */
  async acknowledgeAll(
    actor: Actor,
    order: { alertIds: readonly string[]; note: string | null },
    whenNone?: (tx: Tx) => Promise<never>,
  ): Promise<number> {
    assertMay(actor, 'alert.handle');
    const { alertIds: ids, note } = order;
    return this.database.transaction(async (tx) => {
      const taken = await acknowledge(tx, { ids, actor, note, at: this.clock.now() });
      if (taken.length === 0) await whenNone?.(tx);
      for (const id of taken) {
        await this.audit.record(tx, {
          actor,
          action: 'alert.acknowledged',
          subject: { type: 'alert', id },
        });
      }
      return taken.length;
    });
  }
}
