import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { SignatoryRegister, assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { rulingDecided, rulingNotFound } from './doubts.errors.js';
import { assertMayDecide } from './ruling-desk.js';
import { appendRulingHistory, decideRuling, lockRuling, releaseItems } from './ruling.store.js';

/** A signatory does not believe the evidence: the doubt stays, and another ruling may be proposed. */
@Injectable()
export class RefuseRuling {
  constructor(
    private readonly database: Database,
    private readonly register: SignatoryRegister,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `payments.own-ruling`, `payments.ruling-decided`, `payments.ruling-needs-signatory` */
  async refuse(order: { actor: Actor; rulingId: string; reason: string }): Promise<void> {
    const { actor, rulingId, reason } = order;
    assertMay(actor, 'batch.sign');
    await this.database.transaction(async (tx) => {
      const ruling = await lockRuling(tx, rulingId);
      if (!ruling) throw rulingNotFound(rulingId);
      await assertMayDecide(tx, { ruling, actor, register: this.register });
      if (ruling.state !== 'proposed') throw rulingDecided(rulingId, ruling.state);
      const at = this.clock.now();
      await decideRuling(tx, { rulingId, to: 'refused', by: actor, at, reason });
      await releaseItems(tx, rulingId);
      await appendRulingHistory(tx, { rulingId, happened: 'refused', by: actor, at, reason });
      await this.audit.record(tx, {
        actor,
        action: 'doubt-ruling.refused',
        subject: { type: 'doubt-ruling', id: rulingId },
        detail: { bankCode: ruling.bankCode, digest: ruling.digest },
      });
    });
  }
}
