import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Database } from '../platform/database/index.js';
import type { Actor } from './actor.js';

/** Records that a person went; the session itself ends at the HTTP border, where it lives. */
@Injectable()
export class SignOut {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  async signOut(actor: Actor): Promise<void> {
    if (actor.kind !== 'user') return;
    await this.database.transaction((tx) =>
      this.audit.record(tx, {
        actor,
        action: 'session.closed',
        subject: { type: 'user', id: actor.id },
      }),
    );
  }
}
