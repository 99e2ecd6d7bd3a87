import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Database } from '../platform/database/index.js';
import { bodyOf } from './notice.store.js';
import { unknownNotice } from './settlements.errors.js';

/** Shows a notice as the bank sent it, byte by byte; the trail says to whom. */
@Injectable()
export class ViewNoticeBody {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DomainError settlements.unknown-notice */
  async view(actor: Actor, id: string): Promise<Buffer> {
    assertMay(actor, 'run.operate');
    return this.database.transaction(async (tx) => {
      const found = await bodyOf(tx, id);
      if (!found) throw unknownNotice(id);
      await this.audit.record(tx, {
        actor,
        action: 'notice.body-viewed',
        subject: { type: 'notice', id },
        detail: { bank: found.bank, sha256: found.sha256 },
      });
      return found.body;
    });
  }
}
