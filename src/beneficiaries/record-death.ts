import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Clock, officeDate } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { deathInFuture, noSuchBeneficiary } from './beneficiaries.errors.js';
import {
  appendHistory,
  lockById,
  setDeceased,
  type ChangedBeneficiary,
} from './beneficiary.store.js';

/** Records when a payee died. Allowances stop from the month after; what is due until then goes to the heirs. */
@Injectable()
export class RecordDeath {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * Another date corrects an earlier one, null takes a mistaken record back; the same again changes nothing.
   * @param order `diedOn` ISO 8601 date or null; `reason` names the paper (death certificate, letter of the commune).
   * @throws DomainError `beneficiaries.not-found`, `beneficiaries.death-in-future`
   */
  async record(
    order: { beneficiaryId: string; diedOn: string | null; reason: string },
    actor: Actor,
  ): Promise<ChangedBeneficiary> {
    const at = this.clock.now();
    if (order.diedOn !== null && order.diedOn > officeDate(at))
      throw deathInFuture(order.beneficiaryId);
    return this.database.transaction(async (tx) => {
      const payee = await lockById(tx, order.beneficiaryId);
      if (!payee) throw noSuchBeneficiary(order.beneficiaryId);
      const unchanged = { beneficiaryId: payee.id, version: payee.version };
      if (payee.deceasedOn === order.diedOn) return unchanged;
      await setDeceased(tx, payee.id, order.diedOn);
      const detail = { diedOn: order.diedOn, before: payee.deceasedOn };
      await appendHistory(tx, [{ beneficiaryId: payee.id, happened: 'death_recorded', detail }], {
        at,
        actor,
        cause: order.reason,
      });
      await this.audit.record(tx, {
        actor,
        action: 'beneficiary.death-recorded',
        subject: { type: 'beneficiary', id: payee.id },
        detail,
      });
      return { ...unchanged, version: payee.version + 1 };
    });
  }
}
