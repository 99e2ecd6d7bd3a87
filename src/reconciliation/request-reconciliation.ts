import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { BankRegistry } from '../banks/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock, newId, officeDate } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { faultOfSpan, LONGEST_SPAN_DAYS } from './span.rules.js';
import { spanRefused, statementsNotOffered } from './reconciliation.errors.js';
import { reconciliationRequested } from './reconciliation.events.js';
import { insertReconciliation } from './reconciliation.store.js';

/** Asks for a bank's statement over a span of days to be fetched and compared with our books. */
@Injectable()
export class RequestReconciliation {
  constructor(
    private readonly banks: BankRegistry,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @param wanted first and last day, both included, ISO 8601 dates.
   * @throws DomainError banks.unknown-bank, reconciliation.statements-not-offered, reconciliation.span-*
   */
  async request(
    actor: Actor,
    wanted: { bank: string; from: string; to: string },
  ): Promise<{ reconciliationId: string }> {
    assertMay(actor, 'reconciliation.operate');
    if (!this.banks.of(wanted.bank).adapter.statement) throw statementsNotOffered(wanted.bank);
    const at = this.clock.now();
    const fault = faultOfSpan({ ...wanted, today: officeDate(at) });
    if (fault) {
      const { from, to } = wanted;
      throw spanRefused(fault, { from, to, longestDays: LONGEST_SPAN_DAYS });
    }
    const id = newId();
    await this.database.transaction(async (tx) => {
      await insertReconciliation(tx, { id, ...wanted, source: 'bank', by: actor, at });
      await this.outbox.publish(tx, reconciliationRequested, { reconciliationId: id });
      await this.audit.record(tx, {
        actor,
        action: 'reconciliation.requested',
        subject: { type: 'reconciliation', id },
        detail: { bank: wanted.bank, from: wanted.from, to: wanted.to },
      });
    });
    return { reconciliationId: id };
  }
}
