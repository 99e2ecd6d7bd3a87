import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Clock, tidyText } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { assertVersion } from '../platform/http/index.js';
import { nameUnreadable, noSuchBeneficiary } from './beneficiaries.errors.js';
import { appendHistory, lockById, setName, type ChangedBeneficiary } from './beneficiary.store.js';
import { isName } from './name.rules.js';

export interface NameOrder {
  readonly beneficiaryId: string;
  /** The version of the payee that the officer has read. */
  readonly version: number;
  readonly fullName: string;
  /** Names the paper: a decision of the civil register, an identity card. */
  readonly reason: string;
}

/**
 * Corrects the name a personal number is registered under. A list may not do that: a slip in a number would make
 * somebody else of that person. Frozen batch lines and payments keep the name they were signed with.
 */
@Injectable()
export class CorrectName {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * The same name again changes nothing. History and audit say that the name was corrected, not what it is.
   * @throws DomainError `beneficiaries.not-found`, `.name-unreadable`, `request.changed-meanwhile`
   */
  async correct(order: NameOrder, actor: Actor): Promise<ChangedBeneficiary> {
    const fullName = tidyText(order.fullName);
    if (!isName(fullName)) throw nameUnreadable(order.beneficiaryId);
    return this.database.transaction(async (tx) => {
      const payee = await lockById(tx, order.beneficiaryId);
      if (!payee) throw noSuchBeneficiary(order.beneficiaryId);
      // A repeated request is answered before its version is looked at: it raised that version itself.
      if (payee.fullName === fullName) return { beneficiaryId: payee.id, version: payee.version };
      assertVersion(payee.version, order.version);
      await setName(tx, payee.id, fullName);
      const entry = { beneficiaryId: payee.id, happened: 'name_corrected' } as const;
      await appendHistory(tx, [entry], { at: this.clock.now(), actor, cause: order.reason });
      await this.audit.record(tx, {
        actor,
        action: 'beneficiary.name-corrected',
        subject: { type: 'beneficiary', id: payee.id },
        detail: { version: payee.version + 1 },
      });
      return { beneficiaryId: payee.id, version: payee.version + 1 };
    });
  }
}
