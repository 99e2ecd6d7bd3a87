import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, findUser, permissionsOf, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { AlertRead } from './alert.read.js';
import { giveAlert } from './alert.store.js';
import { alreadyResolved, ownerRefused, unknownAlert } from './alerts.errors.js';

/** Gives an alert to somebody who may handle it: a colleague, or oneself in a colleague's place. */
@Injectable()
export class GiveAlert {
  constructor(
    private readonly database: Database,
    private readonly alerts: AlertRead,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @param order `owner`: a user's id.
   * @throws DomainError alerts.unknown-alert, alerts.already-resolved, alerts.owner-refused
   */
  async give(
    actor: Actor,
    order: { alertId: string; owner: string; note: string | null },
  ): Promise<void> {
    assertMay(actor, 'alert.handle');
    const { alertId: id, note } = order;
    await this.database.transaction(async (tx) => {
      const owner = await ownerOf(tx, order.owner);
      const given = await giveAlert(tx, { id, owner, actor, note, at: this.clock.now() });
      if (!given) {
        throw (await this.alerts.stateOf(tx, id)) ? alreadyResolved(id) : unknownAlert(id);
      }
      await this.audit.record(tx, {
        actor,
        action: 'alert.given',
        subject: { type: 'alert', id },
        detail: { owner: owner.id, login: owner.name },
      });
    });
  }
}

async function ownerOf(tx: Tx, id: string): Promise<{ id: string; name: string }> {
  const user = await findUser(tx, id);
  const works = user !== null && user.disabledAt === null;
  if (!works || !permissionsOf(user.roles).has('alert.handle')) throw ownerRefused(id);
  return { id, name: user.login };
}
