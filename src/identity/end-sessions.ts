import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { assertMay, type Actor } from './actor.js';
import { forbidden, noSuchUser, userDisabled } from './identity.errors.js';
import type { SignedIn } from './sign-in.js';
import { lockUser, raiseEpoch } from './user.store.js';

/** Ends all sessions of a person, wherever they were begun: one's own, or another's as administrator. */
@Injectable()
export class EndSessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  /** A person's own; @returns what a new session carries, for who stays. */
  async end(actor: Actor): Promise<SignedIn> {
    if (actor.kind !== 'user') throw forbidden('user.manage');
    return this.endAll(actor, actor.id);
  }

  async endOf(order: { actor: Actor; userId: string }): Promise<void> {
    assertMay(order.actor, 'user.manage');
    await this.endAll(order.actor, order.userId);
  }

  private endAll(actor: Actor, userId: string): Promise<SignedIn> {
    return this.database.transaction(async (tx) => {
      if (!(await lockUser(tx, userId))) throw noSuchUser();
      const epoch = await raiseEpoch(tx, userId);
      if (epoch === null) throw userDisabled();
      await this.audit.record(tx, {
        actor,
        action: actor.id === userId ? 'session.all-ended' : 'session.all-ended-by-other',
        subject: { type: 'user', id: userId },
      });
      return { userId, epoch, at: this.clock.now().toISOString() };
    });
  }
}
