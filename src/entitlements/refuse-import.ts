import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { refuseImport } from './check.store.js';
import { entitlementsErrors } from './entitlements.errors.js';
import { importStateOf } from './import.read.js';
import { appendImportHistory } from './import.store.js';

/** An officer puts a list aside: nothing of it will be applied, and the same list may be sent again. */
@Injectable()
export class RefuseImport {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError when it is not there, or was applied or refused already. */
  async refuse(order: { importId: string; reason: string }, actor: Actor): Promise<void> {
    const { importId, reason } = order;
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const from = await importStateOf(tx, importId, { lock: true });
      if (from === null) throw entitlementsErrors.importNotFound(importId);
      const refusal = { code: 'entitlements.refused-by-officer', vi: reason, en: reason };
      if (!(await refuseImport(tx, { importId, refusal, at })))
        throw entitlementsErrors.importNotChecked(importId, from);
      await appendImportHistory(tx, { importId, from, to: 'refused', at, by: actor });
      await this.audit.record(tx, {
        actor,
        action: 'import.refused',
        subject: { type: 'import', id: importId },
      });
    });
  }
}
