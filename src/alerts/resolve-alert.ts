import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { AppConfig } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { AlertRead } from './alert.read.js';
import { resolve } from './alert.store.js';
import { alreadyResolved, unknownAlert } from './alerts.errors.js';
import { insertDeliveries } from './delivery.store.js';

/** A person says that it is dealt with. Nothing of the same cause alarms again until something new happens. */
@Injectable()
export class ResolveAlert {
  constructor(
    private readonly database: Database,
    private readonly alerts: AlertRead,
    private readonly audit: AuditTrail,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError alerts.unknown-alert, alerts.already-resolved */
  async resolve(actor: Actor, order: { alertId: string; note: string }): Promise<void> {
    assertMay(actor, 'alert.handle');
    const { alertId: id, note } = order;
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      if (!(await resolve(tx, { id, actor, note, at }))) {
        throw (await this.alerts.stateOf(tx, id)) ? alreadyResolved(id) : unknownAlert(id);
      }
      if (this.config.settings.ALERT_WEBHOOK_URL)
        await insertDeliveries(tx, { alertIds: [id], happened: 'resolved', at });
      await this.audit.record(tx, {
        actor,
        action: 'alert.resolved',
        subject: { type: 'alert', id },
      });
    });
  }
}
