import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { tooManyAttempts } from './identity.errors.js';
import {
  addressSubject,
  countAttempt,
  forgiveAttempt,
  loginSubject,
} from './login-attempt.store.js';
import { ADDRESS_THROTTLE, LOGIN_THROTTLE } from './throttle.rules.js';

/** Slows down guessing of passwords, by login and by address, over all processes. */
@Injectable()
export class AttemptGate {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Counts the attempt before its password is looked at. @throws DomainError `identity.too-many-attempts` */
  async enter(attempt: { login: string; address: string }): Promise<void> {
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      // Always in this order: two attempts never wait for each other in a circle.
      const login = { subject: loginSubject(attempt.login), at, policy: LOGIN_THROTTLE };
      const address = { subject: addressSubject(attempt.address), at, policy: ADDRESS_THROTTLE };
      const blocked = (await countAttempt(tx, login)) ?? (await countAttempt(tx, address));
      if (blocked) throw tooManyAttempts(Math.ceil((blocked.getTime() - at.getTime()) / 1000));
    });
  }

  /** In the transaction of what the right password allowed. */
  async forgive(tx: Tx, attempt: { login: string; address: string }): Promise<void> {
    await forgiveAttempt(tx, {
      login: loginSubject(attempt.login),
      address: addressSubject(attempt.address),
      at: this.clock.now(),
    });
  }
}
