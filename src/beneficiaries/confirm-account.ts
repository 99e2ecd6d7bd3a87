import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock, newId, tidyText } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { enteredBy } from './account-check.read.js';
import { insertCheck, lastAnswerOf, lockAccount, markAccount } from './account-check.store.js';
import {
  confirmedByPeople,
  noAccount,
  noSuchBeneficiary,
  otherAccountNow,
  otherAnswerNow,
  ownAccountEntry,
} from './beneficiaries.errors.js';
import { appendHistory, currentAccountOf, lockById } from './beneficiary.store.js';

export interface ConfirmationOrder {
  readonly beneficiaryId: string;
  /** The account that the person compared with the paper. */
  readonly accountId: string;
  /** The bank's newest result that they saw; null when no bank has known anything. */
  readonly checkId: string | null;
  /** Number and kind of the paper: a bank's letter, a passbook, a commune's certificate. */
  readonly reference: string;
  readonly note: string | null;
}

/**
 * A person answers, with a paper, for an account that no bank knows under exactly our name. They confirm the account
 * and the bank's words that they have seen, and nothing newer; and not an account that they entered themselves.
 */
@Injectable()
export class ConfirmAccount {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `beneficiaries.not-found`, `.no-account`, `.other-account-now`, `.other-answer-now`,
   *   `.own-entry`, `.person-needed`
   */
  async confirm(
    order: ConfirmationOrder,
    actor: Actor,
  ): Promise<{ beneficiaryId: string; accountId: string; checkId: string }> {
    assertMay(actor, 'account.confirm');
    if (actor.kind !== 'user') throw confirmedByPeople();
    return this.database.transaction(async (tx) => {
      const ourName = await this.lockSeen(tx, order, actor);
      const answer = await lastAnswerOf(tx, order.accountId);
      if ((answer?.id ?? null) !== order.checkId) {
        throw otherAnswerNow(order.beneficiaryId, answer?.id ?? null);
      }
      const { beneficiaryId, accountId } = order;
      const at = this.clock.now();
      const checkId = newId();
      const reference = tidyText(order.reference);
      await insertCheck(tx, {
        id: checkId,
        accountId,
        verdict: 'confirmed',
        ourName,
        bankName: answer?.bankName ?? null,
        confirmation: { saw: answer?.id ?? null, reference, note: order.note },
        stands: true,
        actor,
        at,
      });
      await markAccount(tx, accountId, { verdict: 'confirmed', at });
      const detail = {
        accountId,
        checkId,
        saw: answer?.id ?? null,
        verdict: answer?.verdict ?? null,
      };
      await appendHistory(tx, [{ beneficiaryId, happened: 'account_confirmed', detail }], {
        at,
        actor,
        cause: reference,
      });
      await this.audit.record(tx, {
        actor,
        action: 'beneficiary.account-confirmed',
        subject: { type: 'beneficiary', id: beneficiaryId },
        detail,
      });
      return { beneficiaryId, accountId, checkId };
    });
  }

  /** The payee first, then the account: in the order of whoever replaces it. */
  private async lockSeen(tx: Tx, order: ConfirmationOrder, actor: Actor): Promise<string> {
    const payee = await lockById(tx, order.beneficiaryId);
    if (!payee) throw noSuchBeneficiary(order.beneficiaryId);
    const account = await currentAccountOf(tx, payee.id);
    if (!account) throw noAccount(payee.id);
    if (account.id !== order.accountId) throw otherAccountNow(payee.id);
    if (account.source === 'officer' && (await enteredBy(tx, payee.id, account.id)) === actor.id) {
      throw ownAccountEntry(payee.id);
    }
    const ourName = await lockAccount(tx, account.id);
    if (ourName === null) throw otherAccountNow(payee.id);
    return ourName;
  }
}
