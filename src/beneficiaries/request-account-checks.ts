import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { insertRequests, type CheckActor } from './account-check.store.js';
import { noAccount, noSuchBeneficiary } from './beneficiaries.errors.js';
import { currentAccountOf, lockById } from './beneficiary.store.js';

/** Accounts in one statement; more are asked for page by page. */
const ACCOUNTS_PER_STATEMENT = 5_000;

/** Asks for checks of accounts; a job asks the banks. An account that waits already is asked for once. */
@Injectable()
export class RequestAccountChecks {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** In the caller's transaction, for its many accounts. @returns how many did not wait before. */
  async ofAccounts(
    tx: Tx,
    request: { accountIds: readonly string[]; actor: CheckActor; at: Date },
  ): Promise<number> {
    // In one order, so that two batches which share accounts do not wait for each other in a circle.
    const accountIds = [...new Set(request.accountIds)].sort();
    let added = 0;
    for (let from = 0; from < accountIds.length; from += ACCOUNTS_PER_STATEMENT) {
      const page = accountIds.slice(from, from + ACCOUNTS_PER_STATEMENT);
      added += await insertRequests(tx, { ...request, accountIds: page, urgent: false });
    }
    return added;
  }

  /**
   * For one payee's current account, before those of batches; also when it was checked a moment ago.
   * @throws DomainError `beneficiaries.not-found`, `beneficiaries.no-account`
   */
  async ofBeneficiary(
    beneficiaryId: string,
    actor: Actor,
  ): Promise<{ beneficiaryId: string; accountId: string }> {
    assertMay(actor, 'beneficiary.write');
    return this.database.transaction(async (tx) => {
      const payee = await lockById(tx, beneficiaryId);
      if (!payee) throw noSuchBeneficiary(beneficiaryId);
      const account = await currentAccountOf(tx, payee.id);
      if (!account) throw noAccount(payee.id);
      const at = this.clock.now();
      await insertRequests(tx, { accountIds: [account.id], urgent: true, actor, at });
      await this.audit.record(tx, {
        actor,
        action: 'beneficiary.account-check-requested',
        subject: { type: 'beneficiary', id: payee.id },
        detail: { accountId: account.id },
      });
      return { beneficiaryId: payee.id, accountId: account.id };
    });
  }
}
