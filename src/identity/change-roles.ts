import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Database } from '../platform/database/index.js';
import { assertMay, type Actor } from './actor.js';
import {
  lastAdministrator,
  noSuchUser,
  notYourOwnRoles,
  signerKeepsRole,
  userDisabled,
} from './identity.errors.js';
import { isLastAdministrator, maySign, ROLES, type Role } from './roles.js';
import { SignatoryRegister } from './signatory.read.js';
import { lockAdministrators, lockUser, storeRoles } from './user.store.js';

export interface ChangeRolesOrder {
  readonly actor: Actor;
  readonly userId: string;
  /** All roles that the person has from now on; one at least. */
  readonly roles: readonly Role[];
}

/**
 * Gives a person other roles. All their sessions end: what a page offered under the old ones is not on their screen
 * any more. Who is registered for a signature keeps a role that signs; some administrator always remains.
 */
@Injectable()
export class ChangeRoles {
  constructor(
    private readonly database: Database,
    private readonly signatories: SignatoryRegister,
    private readonly audit: AuditTrail,
  ) {}

  /** @returns false when these were the roles already: nothing was changed, no session ended. */
  async change(order: ChangeRolesOrder): Promise<boolean> {
    assertMay(order.actor, 'user.manage');
    if (order.userId === order.actor.id) throw notYourOwnRoles();
    const roles = ROLES.filter((role) => order.roles.includes(role));
    return this.database.transaction(async (tx) => {
      const administrators = await lockAdministrators(tx);
      const user = await lockUser(tx, order.userId);
      if (!user) throw noSuchUser();
      if (user.disabledAt) throw userDisabled();
      const before = ROLES.filter((role) => user.roles.includes(role));
      if (before.join() === roles.join()) return false;
      if (!roles.includes('administrator') && isLastAdministrator(administrators, user.id)) {
        throw lastAdministrator();
      }
      const signature = await this.signatories.signatureOf(tx, user.id);
      if (signature && !maySign(roles)) throw signerKeepsRole(signature);
      await storeRoles(tx, { userId: user.id, roles });
      await this.audit.record(tx, {
        actor: order.actor,
        action: 'user.roles-changed',
        subject: { type: 'user', id: user.id },
        detail: { login: user.login, before, roles },
      });
      return true;
    });
  }
}
