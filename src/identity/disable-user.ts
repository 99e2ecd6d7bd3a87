import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { assertMay, type Actor } from './actor.js';
import { lastAdministrator, noSuchUser, notYourself } from './identity.errors.js';
import { isLastAdministrator } from './roles.js';
import { disableUser, lockAdministrators, lockUser } from './user.store.js';

/** Disables a user and ends their sessions at once, but not the last administrator. Repeating it changes nothing. */
@Injectable()
export class DisableUser {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  async disable(order: { actor: Actor; userId: string }): Promise<void> {
    assertMay(order.actor, 'user.manage');
    if (order.userId === order.actor.id) throw notYourself();
    await this.database.transaction(async (tx) => {
      const administrators = await lockAdministrators(tx);
      if (!(await lockUser(tx, order.userId))) throw noSuchUser();
      if (isLastAdministrator(administrators, order.userId)) throw lastAdministrator();
      if (!(await disableUser(tx, order.userId, this.clock.now()))) return;
      await this.audit.record(tx, {
        actor: order.actor,
        action: 'user.disabled',
        subject: { type: 'user', id: order.userId },
      });
    });
  }
}
