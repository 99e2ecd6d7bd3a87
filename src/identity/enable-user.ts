import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { assertMay, type Actor } from './actor.js';
import { noSuchUser, userNotDisabled } from './identity.errors.js';
import { assertPassword } from './password.rules.js';
import { Passwords } from './passwords.js';
import { findUser } from './user.read.js';
import { enableUser, lockUser, storePassword } from './user.store.js';

export interface EnableUserOrder {
  readonly actor: Actor;
  readonly userId: string;
  /** The old one is not taken up again: who knows it by now? */
  readonly password: string;
}

/** Lets a disabled person come in again, under a new password and with the roles and the signature they had. */
@Injectable()
export class EnableUser {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly passwords: Passwords,
    private readonly audit: AuditTrail,
  ) {}

  async enable(order: EnableUserOrder): Promise<void> {
    assertMay(order.actor, 'user.manage');
    const known = await findUser(this.database.reader, order.userId);
    if (!known) throw noSuchUser();
    assertPassword(order.password, known.login);
    const passwordHash = await this.passwords.hash(order.password);
    await this.database.transaction(async (tx) => {
      const user = await lockUser(tx, order.userId);
      if (!user) throw noSuchUser();
      if (!user.disabledAt) throw userNotDisabled();
      await enableUser(tx, user.id);
      await storePassword(tx, { userId: user.id, passwordHash, at: this.clock.now() });
      await this.audit.record(tx, {
        actor: order.actor,
        action: 'user.enabled',
        subject: { type: 'user', id: user.id },
        detail: { login: user.login, roles: user.roles },
      });
    });
  }
}
