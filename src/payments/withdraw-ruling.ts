import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { ruledByPeople, rulingDecided, rulingNotFound } from './doubts.errors.js';
import { appendRulingHistory, decideRuling, lockRuling, releaseItems } from './ruling.store.js';

/**
 * Whoever may propose takes a proposal back: their own, or that of a colleague who is away, so that nobody's
 * absence keeps a payment from being ruled on.
 */
@Injectable()
export class WithdrawRuling {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `payments.ruling-decided` */
  async withdraw(order: { actor: Actor; rulingId: string; reason: string }): Promise<void> {
    const { actor, rulingId, reason } = order;
    assertMay(actor, 'doubt.propose');
    if (actor.kind !== 'user') throw ruledByPeople();
    await this.database.transaction(async (tx) => {
      const ruling = await lockRuling(tx, rulingId);
      if (!ruling) throw rulingNotFound(rulingId);
      if (ruling.state !== 'proposed') throw rulingDecided(rulingId, ruling.state);
      const at = this.clock.now();
      await decideRuling(tx, { rulingId, to: 'withdrawn', by: actor, at, reason });
      await releaseItems(tx, rulingId);
      await appendRulingHistory(tx, { rulingId, happened: 'withdrawn', by: actor, at, reason });
      await this.audit.record(tx, {
        actor,
        action: 'doubt-ruling.withdrawn',
        subject: { type: 'doubt-ruling', id: rulingId },
        detail: { bankCode: ruling.bankCode, digest: ruling.digest },
      });
    });
  }
}
