import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { assertMay, type Actor } from './actor.js';
import {
  formatToken,
  KEY_LIFE_MAX_MS,
  newToken,
  secretHash,
  successorName,
  type ApiToken,
} from './api-key.rules.js';
import {
  endApiKeyAt,
  insertApiKey,
  lockApiKey,
  revokeApiKey,
  takenNames,
} from './api-key.store.js';
import { keyNotInForce, noSuchKey } from './identity.errors.js';

export interface RotateApiKeyOrder {
  readonly actor: Actor;
  /** Name of the key in force. */
  readonly name: string;
  /** How long the old key works on, for the other system to change over; 0 ends it at once. */
  readonly overlapMs: number;
}

export interface RotatedKey {
  readonly id: string;
  readonly name: string;
  /** Told once and kept nowhere. */
  readonly token: string;
  readonly expiresAt: Date;
  readonly oldEndsAt: Date;
}

/** Makes a successor with the same permissions and the same length of life, and ends the old key, both or neither. */
@Injectable()
export class RotateApiKey {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  async rotate(order: RotateApiKeyOrder): Promise<RotatedKey> {
    assertMay(order.actor, 'user.manage');
    const token = newToken();
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const old = await lockApiKey(tx, order.name);
      if (!old) throw noSuchKey();
      if (old.revokedAt !== null || old.expiresAt <= at) throw keyNotInForce();
      const lifeMs = Math.min(old.expiresAt.getTime() - old.createdAt.getTime(), KEY_LIFE_MAX_MS);
      const made = {
        id: newId(),
        name: successorName(old.name, await takenNames(tx, old.name)),
        expiresAt: new Date(at.getTime() + lifeMs),
      };
      await insertApiKey(tx, {
        ...made,
        ...stored(token),
        permissions: old.permissions,
        createdBy: order.actor.kind === 'user' ? order.actor.id : null,
        at,
      });
      const overlapEnd = new Date(at.getTime() + order.overlapMs);
      const oldEndsAt = overlapEnd < old.expiresAt ? overlapEnd : old.expiresAt;
      if (oldEndsAt > at) await endApiKeyAt(tx, { id: old.id, at: oldEndsAt });
      else await revokeApiKey(tx, old.id, at);
      await this.audit.record(tx, {
        actor: order.actor,
        action: 'api-key.rotated',
        subject: { type: 'api-key', id: old.id },
        detail: { name: old.name, successor: made.name, successorId: made.id, oldEndsAt },
      });
      return { ...made, token: formatToken(token), oldEndsAt };
    });
  }
}

const stored = ({ keyId, secret }: ApiToken) => ({ keyId, secretHash: secretHash(secret) });
