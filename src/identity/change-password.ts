import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Clock } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { assertMay, type Actor } from './actor.js';
import { AttemptGate } from './attempt-gate.js';
import { noSuchUser, userDisabled, wrongPassword } from './identity.errors.js';
import { assertPassword } from './password.rules.js';
import { Passwords } from './passwords.js';
import { findUser } from './user.read.js';
import { lockUser, storePassword, type LockedUser } from './user.store.js';

export interface ChangePasswordOrder {
  readonly actor: Actor;
  readonly userId: string;
  readonly password: string;
  /** Asked of people who change their own; an administrator sets another's without it. */
  readonly currentPassword?: string;
  readonly address: string;
}

/** Sets a password and ends all sessions of that person, the present one too. */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly passwords: Passwords,
    private readonly gate: AttemptGate,
    private readonly audit: AuditTrail,
  ) {}

  async change(order: ChangePasswordOrder): Promise<void> {
    const own = order.actor.kind === 'user' && order.actor.id === order.userId;
    if (!own) assertMay(order.actor, 'user.manage');
    const known = await findUser(this.database.reader, order.userId);
    if (!known) throw noSuchUser();
    assertPassword(order.password, known.login);
    // A session left open must not become a place to guess the password at.
    if (own) await this.gate.enter({ login: known.login, address: order.address });
    const passwordHash = await this.passwords.hash(order.password);
    await this.database.transaction(async (tx) => {
      const user = await lockUser(tx, order.userId);
      if (!user) throw noSuchUser();
      if (user.disabledAt) throw userDisabled();
      if (own) await this.assertCurrent(tx, order, user);
      await storePassword(tx, { userId: user.id, passwordHash, at: this.clock.now() });
      await this.audit.record(tx, {
        actor: order.actor,
        action: 'user.password-changed',
        subject: { type: 'user', id: user.id },
        detail: { own },
      });
    });
  }

  private async assertCurrent(tx: Tx, order: ChangePasswordOrder, user: LockedUser): Promise<void> {
    if (!(await this.passwords.matches(user.passwordHash, order.currentPassword ?? ''))) {
      throw wrongPassword();
    }
    await this.gate.forgive(tx, { login: user.login, address: order.address });
  }
}
