import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { BankFileReads, type BankFileRow } from './bank-file.read.js';
import { lockOutgoing, moveOutgoing } from './bank-file.store.js';
import { BankRegistry } from './bank.registry.js';
import { fileNotFound, listGivenUp } from './banks.errors.js';
import { HandOutChecks } from './hand-out-checks.js';

/**
 * Gives a file to a person, with its names and accounts; the trail says to whom. A list that people carry counts as
 * handed over from its first download; downloaded again it is the same list.
 */
@Injectable()
export class DownloadBankFile {
  constructor(
    private readonly banks: BankRegistry,
    private readonly database: Database,
    private readonly reads: BankFileReads,
    private readonly checks: HandOutChecks,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError banks.file-not-found, banks.list-given-up, and what the checks of a list say */
  async download(
    actor: Actor,
    fileId: string,
  ): Promise<{ file: BankFileRow; content: AsyncIterable<Buffer> }> {
    assertMay(actor, 'run.operate');
    const file = await this.reads.find(fileId);
    if (!file) throw fileNotFound(fileId);
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      if (this.isCarriedByPeople(file)) {
        // Its payments go in another list: whoever had this one could pay them twice.
        const state = await lockOutgoing(tx, fileId);
        if (state === 'void') throw listGivenUp(fileId);
        if (state === 'made') await this.checks.ask(tx, { bank: file.bank, fileId });
        await moveOutgoing(tx, { fileId, to: 'downloaded', at, by: actor });
      }
      await this.audit.record(tx, {
        actor,
        action: 'bank-file.downloaded',
        subject: { type: 'bank-file', id: fileId },
        detail: { bank: file.bank, sha256: file.sha256 },
      });
    });
    return { file, content: this.reads.content(fileId) };
  }

  private isCarriedByPeople({ bank, direction }: BankFileRow): boolean {
    return direction === 'out' && this.banks.of(bank).adapter.files?.carriedBy === 'people';
  }
}
