import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Database } from '../platform/database/index.js';
import type { Actor } from './actor.js';
import { forbidden, noSuchUser } from './identity.errors.js';
import type { SignedIn } from './sign-in.js';
import { raiseEpoch } from './user.store.js';

/** A person ends all their sessions, wherever they were begun; who stays begins the one of this order anew. */
@Injectable()
export class EndSessions {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  /** @returns what a new session of that person carries. */
  async end(actor: Actor): Promise<SignedIn> {
    if (actor.kind !== 'user') throw forbidden('user.manage');
    return this.database.transaction(async (tx) => {
      const epoch = await raiseEpoch(tx, actor.id);
      if (epoch === null) throw noSuchUser();
      await this.audit.record(tx, {
        actor,
        action: 'session.all-ended',
        subject: { type: 'user', id: actor.id },
      });
      return { userId: actor.id, epoch };
    });
  }
}
