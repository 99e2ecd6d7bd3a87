import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { BankFileReads } from './bank-file.read.js';
import { releaseQuarantined } from './bank-file.store.js';
import { bankFileReceived } from './banks.events.js';
import { fileNotFound, fileNotQuarantined } from './banks.errors.js';

/** Has a file read again that was set aside, when what was wrong was ours: a setting, a fault that is mended. */
@Injectable()
export class RereadBankFile {
  constructor(
    private readonly database: Database,
    private readonly reads: BankFileReads,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError banks.file-not-found, banks.file-not-quarantined */
  async reread(actor: Actor, order: { fileId: string; reason: string }): Promise<void> {
    assertMay(actor, 'reconciliation.operate');
    const { fileId, reason } = order;
    const file = await this.reads.find(fileId);
    if (!file) throw fileNotFound(fileId);
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const released = await releaseQuarantined(tx, { fileId, at, by: actor, note: reason });
      if (!released) throw fileNotQuarantined(fileId, file.state);
      await this.outbox.publish(tx, bankFileReceived, { bank: file.bank, fileId });
      await this.audit.record(tx, {
        actor,
        action: 'bank-file.read-again',
        subject: { type: 'bank-file', id: fileId },
        detail: { bank: file.bank, sha256: file.sha256 },
      });
    });
  }
}
