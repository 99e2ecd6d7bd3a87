import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { noSuchBeneficiary, notHeld } from './beneficiaries.errors.js';
import {
  appendHistory,
  lockById,
  releaseHold,
  type ChangedBeneficiary,
} from './beneficiary.store.js';

/** A person has looked: what was held may be paid again. */
@Injectable()
export class ReleaseHold {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `beneficiaries.not-found`, `beneficiaries.not-held` */
  release(
    order: { beneficiaryId: string; reason: string },
    actor: Actor,
  ): Promise<ChangedBeneficiary> {
    return this.database.transaction(async (tx) => {
      const payee = await lockById(tx, order.beneficiaryId);
      if (!payee) throw noSuchBeneficiary(order.beneficiaryId);
      if (payee.holdReason === null || !(await releaseHold(tx, payee.id))) throw notHeld(payee.id);
      const detail = { reasonCode: payee.holdReason };
      await appendHistory(tx, [{ beneficiaryId: payee.id, happened: 'released', detail }], {
        at: this.clock.now(),
        actor,
        cause: order.reason,
      });
      await this.audit.record(tx, {
        actor,
        action: 'beneficiary.hold-released',
        subject: { type: 'beneficiary', id: payee.id },
        detail,
      });
      return { beneficiaryId: payee.id, version: payee.version + 1 };
    });
  }
}
