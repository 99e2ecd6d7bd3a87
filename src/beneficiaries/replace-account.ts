import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Clock, officeDate, tidyText } from '../kernel/index.js';
import { BankDirectory } from '../organisation/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { assertVersion } from '../platform/http/index.js';
import { markVerified, replaceAccounts } from './account.store.js';
import {
  accountNameDiffers,
  isDeceased,
  nameUnreadable,
  noSuchBeneficiary,
  unknownBank,
} from './beneficiaries.errors.js';
import {
  appendHistory,
  currentAccountOf,
  currentRecipientOf,
  lockById,
  raiseVersions,
  type LockedBeneficiary,
} from './beneficiary.store.js';
import { compareNames, isName } from './name.rules.js';
import { accountChanged } from './register-payees.js';
import { isSameAccount, type AccountRow } from './registration.rules.js';

export interface AccountOrder {
  readonly beneficiaryId: string;
  /** The version of the payee that the officer has read. */
  readonly version: number;
  /** BIN or name. */
  readonly bank: string;
  readonly accountNumber: string;
  readonly accountName: string;
  readonly reason: string;
  /** The officer has seen that the account is in another name and wants it so. */
  readonly otherNameConfirmed: boolean;
  /** The officer has checked the account by paper or telephone. */
  readonly verified: boolean;
}

/** Mends a payee's account: closes the present one and opens the new one. The former stays, for what was paid into it. */
@Injectable()
export class ReplaceAccount {
  constructor(
    private readonly database: Database,
    private readonly banks: BankDirectory,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the id of the account that holds now; the same account again changes nothing.
   * @throws DomainError `beneficiaries.not-found`, `.unknown-bank`, `.name-unreadable`, `.deceased`, `.account-name-differs`,
   * `request.changed-meanwhile`
   */
  async replace(order: AccountOrder, actor: Actor): Promise<{ accountId: string }> {
    const bank = this.banks.find(order.bank);
    if (!bank) throw unknownBank();
    const wanted: AccountRow = {
      bankBin: bank.bin,
      accountNumber: order.accountNumber,
      accountName: tidyText(order.accountName),
    };
    // What is left of a text that nobody sees is no name; nor is anything that no bank would have.
    if (!isName(wanted.accountName)) throw nameUnreadable(order.beneficiaryId);
    return this.database.transaction(async (tx) => {
      const payee = await lockById(tx, order.beneficiaryId);
      if (!payee) throw noSuchBeneficiary(order.beneficiaryId);
      const current = await currentAccountOf(tx, payee.id);
      // A repeated request is answered before its version is looked at: it raised that version itself.
      if (current && isSameAccount(wanted, current)) return { accountId: current.id };
      assertVersion(payee.version, order.version);
      if (payee.deceasedOn !== null) throw isDeceased(payee.id);
      if (!order.otherNameConfirmed) await this.assertOwnName(tx, payee, wanted.accountName);
      return this.open(tx, { payee, wanted, replaces: current?.id ?? null, order }, actor);
    });
  }

  /** The payee's own name, or that of the relative who may receive for them today. */
  private async assertOwnName(
    tx: Tx,
    payee: LockedBeneficiary,
    accountName: string,
  ): Promise<void> {
    const recipient = await currentRecipientOf(tx, payee.id);
    const today = officeDate(this.clock.now());
    const names = [
      payee.fullName,
      ...(recipient && recipient.authorisedUntil >= today ? [recipient.fullName] : []),
    ];
    if (!names.some((name) => compareNames(name, accountName) === 'exact')) {
      throw accountNameDiffers(payee.id);
    }
  }

  private async open(
    tx: Tx,
    change: {
      payee: LockedBeneficiary;
      wanted: AccountRow;
      replaces: string | null;
      order: AccountOrder;
    },
    actor: Actor,
  ): Promise<{ accountId: string }> {
    const { payee, wanted, replaces, order } = change;
    const at = this.clock.now();
    const source = { kind: actor.kind === 'user' ? 'officer' : 'api', id: null } as const;
    const opened = { ...wanted, beneficiaryId: payee.id, replaces };
    const [accountId = ''] = await replaceAccounts(tx, [opened], { at, source });
    if (order.verified) await markVerified(tx, accountId, at);
    await raiseVersions(tx, [payee.id]);
    await appendHistory(tx, [accountChanged(opened, accountId)], {
      at,
      actor,
      cause: order.reason,
    });
    await this.audit.record(tx, {
      actor,
      action: 'beneficiary.account-replaced',
      subject: { type: 'beneficiary', id: payee.id },
      detail: { accountId, replaced: replaces, bankBin: wanted.bankBin, verified: order.verified },
    });
    return { accountId };
  }
}
