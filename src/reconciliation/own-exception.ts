import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, findUser, permissionsOf, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { assertVersion } from '../platform/http/index.js';
import { ExceptionRead } from './exception.read.js';
import { setOwner } from './exception.store.js';
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
   * @param order `owner`: a user's id, or null for nobody; `version`: the one that was read.
   * @throws DomainError reconciliation.unknown-exception, reconciliation.exception-not-open,
   *   reconciliation.owner-refused, request.changed-meanwhile
   */
  async give(
    actor: Actor,
    order: { exceptionId: string; owner: string | null; version: number },
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
      const given = await setOwner(tx, { id, version, owner, by: actor, at: this.clock.now() });
      // Somebody was faster between the look and the move.
      if (!given) assertVersion(version + 1, version);
      await this.audit.record(tx, {
        actor,
        action: 'reconciliation-exception.owned',
        subject: { type: 'reconciliation-exception', id },
        detail: { owner: owner?.id ?? null },
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
