import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { RequestAccountChecks } from '../beneficiaries/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Programmes } from '../organisation/index.js';
import { Database } from '../platform/database/index.js';
import { accountsToCheck } from './account-state.read.js';
import { freshSince } from './account-state.rules.js';
import { lockDraft } from './draft-lock.js';

/** Has a draft's accounts checked that no bank has answered for, or not lately. Pressed twice, each is asked once. */
@Injectable()
export class RequestChecks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly programmes: Programmes,
    private readonly checks: RequestAccountChecks,
    private readonly audit: AuditTrail,
  ) {}

  /** @throws DomainError `batches.not-found`, `batches.not-a-draft` */
  async request(order: {
    actor: Actor;
    batchId: string;
  }): Promise<{ batchId: string; requested: number }> {
    const { actor, batchId } = order;
    assertMay(actor, 'batch.prepare');
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const batch = await lockDraft(tx, batchId, undefined);
      const rule = this.programmes.accountCheckOf(batch.programme);
      const accountIds = await accountsToCheck(tx, { batchId, freshSince: freshSince(rule, at) });
      const requested = await this.checks.ofAccounts(tx, { accountIds, actor, at });
      await this.audit.record(tx, {
        actor,
        action: 'batch.account-checks-requested',
        subject: { type: 'batch', id: batchId },
        detail: { accounts: accountIds.length, requested },
      });
      return { batchId, requested };
    });
  }
}
