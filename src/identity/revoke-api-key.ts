import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { assertMay, type Actor } from './actor.js';
import { findApiKey } from './api-key.read.js';
import { revokeApiKey } from './api-key.store.js';
import { noSuchKey } from './identity.errors.js';

/** Ends a key at once and for ever. Repeating it changes nothing. */
@Injectable()
export class RevokeApiKey {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  async revoke(order: { actor: Actor; id: string }): Promise<void> {
    assertMay(order.actor, 'user.manage');
    await this.database.transaction(async (tx) => {
      if (!(await findApiKey(tx, order.id))) throw noSuchKey();
      if (!(await revokeApiKey(tx, order.id, this.clock.now()))) return;
      await this.audit.record(tx, {
        actor: order.actor,
        action: 'api-key.revoked',
        subject: { type: 'api-key', id: order.id },
      });
    });
  }
}
