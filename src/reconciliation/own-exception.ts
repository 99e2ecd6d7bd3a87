import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, findUser, permissionsOf, type Actor } from '../identity/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { assertVersion } from '../platform/http/index.js';
import { ExceptionRead } from './exception.read.js';
import { insertNote, setOwner } from './exception.store.js';
import {
  exceptionNotOpen,
  ownerRefused,
  peopleOnly,
  unknownException,
} from './reconciliation.errors.js';

/** Whose an exception is: taken, given to a colleague, or given up. */
@Injectable()
export class OwnException {
  constructor(
    private readonly database: Database,
    private readonly exceptions: ExceptionRead,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @param order `owner`: a user's id, or null for nobody; `version`: the one that was read; `note`: what the owner
   *   should know, kept among the exception's notes.
   * @throws DomainError reconciliation.unknown-exception, reconciliation.exception-not-open,
   *   reconciliation.owner-refused, request.changed-meanwhile
   */
  async give(
    actor: Actor,
    order: { exceptionId: string; owner: string | null; version: number; note?: string },
  ): Promise<void> {
    assertMay(actor, 'reconciliation.operate');
    if (actor.kind !== 'user') throw peopleOnly();
    const { exceptionId: id, version } = order;
    await this.database.transaction(async (tx) => {
      const found = await this.exceptions.find(id, tx);
      if (!found) throw unknownException(id);
      if (found.state !== 'open') throw exceptionNotOpen([id]);
      assertVersion(found.version, version);
      const owner = await ownerOf(tx, order.owner);
      const at = this.clock.now();
      const given = await setOwner(tx, { id, version, owner, by: actor, at });
      // Somebody was faster between the look and the move.
      if (!given) assertVersion(version + 1, version);
      if (order.note !== undefined) {
        await insertNote(tx, { id: newId(), exceptionId: id, by: actor, text: order.note, at });
      }
      await this.audit.record(tx, {
        actor,
        action: 'reconciliation-exception.owned',
        subject: { type: 'reconciliation-exception', id },
        detail: { owner: owner?.id ?? null, login: owner?.name ?? null },
      });
    });
  }
}

async function ownerOf(tx: Tx, id: string | null): Promise<{ id: string; name: string } | null> {
  if (id === null) return null;
  const user = await findUser(tx, id);
  const works = user !== null && user.disabledAt === null;
  if (!works || !permissionsOf(user.roles).has('reconciliation.operate')) throw ownerRefused(id);
  return { id, name: user.login };
}
