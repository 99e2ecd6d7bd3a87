import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { CarryList } from '../banks/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { enquireAt } from './enquiry.store.js';
import { listNotFound } from './hand-over.errors.js';
import { HandOverReads } from './hand-over.read.js';

/**
 * Gives up a list that nobody has downloaded. Its payments are asked about at once: a list that was given up never
 * left, so they are ready for another one as soon as the bank's window has passed.
 */
@Injectable()
export class WithdrawList {
  constructor(
    private readonly database: Database,
    private readonly lists: HandOverReads,
    private readonly carrying: CarryList,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError payments.list-not-found, banks.list-not-in-state */
  async withdraw(order: { actor: Actor; submissionId: string; reason: string }): Promise<void> {
    const { actor, submissionId, reason } = order;
    assertMay(actor, 'run.operate');
    const list = await this.lists.one(this.database.reader, submissionId);
    if (!list?.file) throw listNotFound(submissionId);
    const { bank, file } = list;
    await this.database.transaction(async (tx) => {
      await this.carrying.giveUp(tx, { actor, fileId: file.id, reason });
      await enquireAt(tx, { submissionId, at: this.clock.now() });
      await this.audit.record(tx, {
        actor,
        action: 'list.withdrawn',
        subject: { type: 'submission', id: submissionId },
        detail: { bank, fileId: file.id, sha256: file.sha256 },
      });
    });
  }
}
