import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { SYSTEM } from './actor.js';
import { AttemptGate } from './attempt-gate.js';
import { wrongLogin } from './identity.errors.js';
import { loginSchema } from './login.js';
import { Passwords } from './passwords.js';
import { findCredentials, type Credentials } from './user.read.js';

/** What a session carries: who, and the epoch it holds in. */
export interface SignedIn {
  readonly userId: string;
  readonly epoch: number;
  /** When it begins, as ISO 8601 text: a session is kept as JSON. */
  readonly at: string;
}

/**
 * Signs a person in. Unknown, disabled and mistaken get the same answer after the same work.
 * @throws DomainError `identity.wrong-login`, `identity.too-many-attempts`
 */
@Injectable()
export class SignIn {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly passwords: Passwords,
    private readonly gate: AttemptGate,
    private readonly audit: AuditTrail,
  ) {}

  async signIn(attempt: { login: string; password: string; address: string }): Promise<SignedIn> {
    const login = attempt.login.trim().toLowerCase();
    await this.gate.enter({ login, address: attempt.address });
    const known = loginSchema.safeParse(login).success
      ? await findCredentials(this.database.reader, login)
      : null;
    const matched = await this.passwords.matches(known?.passwordHash ?? null, attempt.password);
    if (!known || !matched || known.disabledAt) {
      await this.recordRefusal(known);
      throw wrongLogin();
    }
    await this.database.transaction(async (tx) => {
      await this.gate.forgive(tx, { login, address: attempt.address });
      await this.audit.record(tx, {
        actor: { kind: 'user', id: known.id, name: known.login },
        action: 'session.opened',
        subject: { type: 'user', id: known.id },
      });
    });
    return { userId: known.id, epoch: known.epoch, at: this.clock.now().toISOString() };
  }

  /** Attempts on people who exist are told in the trail; what strangers type is not. */
  private async recordRefusal(known: Credentials | null): Promise<void> {
    await this.database.transaction(async (tx) => {
      if (!known) return;
      await this.audit.record(tx, {
        actor: SYSTEM,
        action: 'session.refused',
        subject: { type: 'user', id: known.id },
        detail: { disabled: known.disabledAt !== null },
      });
    });
  }
}
