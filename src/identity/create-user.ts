import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database, constraintOf } from '../platform/database/index.js';
import { assertMay, type Actor } from './actor.js';
import { loginTaken, signerRoleMissing } from './identity.errors.js';
import { parseLogin } from './login.js';
import { assertPassword } from './password.rules.js';
import { Passwords } from './passwords.js';
import { maySign, type Role } from './roles.js';
import type { SignatureKind } from './signatory.read.js';
import { insertSignatory, insertUser } from './user.store.js';

export interface CreateUserOrder {
  readonly actor: Actor;
  readonly login: string;
  readonly displayName: string;
  readonly password: string;
  readonly roles: readonly Role[];
  /** Registers the person as a signatory at once; for ever, so it is left out in doubt. */
  readonly signature?: SignatureKind;
}

/** Creates a user. The first administrator is made with the actor SYSTEM from the command line; there is no default one. */
@Injectable()
export class CreateUser {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly passwords: Passwords,
    private readonly audit: AuditTrail,
  ) {}

  async create(order: CreateUserOrder): Promise<{ userId: string }> {
    assertMay(order.actor, 'user.manage');
    const login = parseLogin(order.login);
    assertPassword(order.password, login);
    if (order.signature && !maySign(order.roles)) throw signerRoleMissing();
    const passwordHash = await this.passwords.hash(order.password);
    const userId = newId();
    const at = this.clock.now();
    const user = { ...order, id: userId, login, passwordHash, at };
    try {
      await this.database.transaction(async (tx) => {
        await insertUser(tx, user);
        if (order.signature) {
          await insertSignatory(tx, { userId, signature: order.signature, at });
        }
        await this.audit.record(tx, {
          actor: order.actor,
          action: 'user.created',
          subject: { type: 'user', id: userId },
          detail: { login, roles: order.roles, signature: order.signature ?? null },
        });
      });
    } catch (error) {
      if (constraintOf(error) === 'app_user_login_key') throw loginTaken();
      throw error;
    }
    return { userId };
  }
}
