import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
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
    assertMay(actor, 'alert.handle');
    const { alertId: id, note } = order;
    await this.database.transaction(async (tx) => {
      if (!(await acknowledge(tx, { id, actor, note, at: this.clock.now() }))) {
        const state = await this.alerts.stateOf(tx, id);
        throw state ? notOpen(id, state) : unknownAlert(id);
      }
      await this.audit.record(tx, {
        actor,
        action: 'alert.acknowledged',
        subject: { type: 'alert', id },
      });
    });
  }
}
