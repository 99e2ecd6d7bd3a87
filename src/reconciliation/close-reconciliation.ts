import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { ExceptionRead } from './exception.read.js';
import {
  entriesWaiting,
  exceptionsOpen,
  notFinished,
  peopleOnly,
  unknownReconciliation,
} from './reconciliation.errors.js';
import { closeReconciliation, lookAtReconciliation } from './reconciliation.store.js';
import { lockBooksOf, waitingEntries } from './statement.store.js';

/** A person closes a run when everything of its bank and days is matched or explained; not before. */
@Injectable()
export class CloseReconciliation {
  constructor(
    private readonly database: Database,
    private readonly exceptions: ExceptionRead,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError reconciliation.unknown-reconciliation, reconciliation.not-finished,
   *   reconciliation.entries-waiting, reconciliation.exceptions-open
   */
  async close(actor: Actor, id: string): Promise<void> {
    assertMay(actor, 'reconciliation.operate');
    if (actor.kind !== 'user') throw peopleOnly();
    await this.database.transaction(async (tx) => {
      const found = await lookAtReconciliation(tx, id);
      if (!found) throw unknownReconciliation(id);
      // Nothing is taken over, matched or told of this bank while we look.
      await lockBooksOf(tx, found.bank);
      if (found.state !== 'finished') throw notFinished(id, found.state);
      const waiting = await waitingEntries(tx, found);
      if (waiting > 0) throw entriesWaiting(id, waiting);
      const open = await this.exceptions.openOfRun(id, tx);
      if (open.length > 0) throw exceptionsOpen(id, open);
      const closed = await closeReconciliation(tx, { id, by: actor, at: this.clock.now() });
      if (!closed) throw notFinished(id, 'closed');
      await this.audit.record(tx, {
        actor,
        action: 'reconciliation.closed',
        subject: { type: 'reconciliation', id },
      });
    });
  }
}
