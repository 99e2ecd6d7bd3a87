import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { ExceptionRead } from './exception.read.js';
import { insertNote } from './exception.store.js';
import { unknownException } from './reconciliation.errors.js';

/** Writes down what somebody found out about an exception, also after its end. Notes are only added to. */
@Injectable()
export class NoteException {
  constructor(
    private readonly database: Database,
    private readonly exceptions: ExceptionRead,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError reconciliation.unknown-exception */
  async note(actor: Actor, order: { exceptionId: string; text: string }): Promise<void> {
    assertMay(actor, 'reconciliation.operate');
    const { exceptionId, text } = order;
    const id = newId();
    await this.database.transaction(async (tx) => {
      if (!(await this.exceptions.find(exceptionId, tx))) throw unknownException(exceptionId);
      await insertNote(tx, { id, exceptionId, by: actor, text, at: this.clock.now() });
      await this.audit.record(tx, {
        actor,
        action: 'reconciliation-exception.noted',
        subject: { type: 'reconciliation-exception', id: exceptionId },
        detail: { note: id },
      });
    });
  }
}
