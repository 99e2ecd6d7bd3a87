import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Clock, InvariantError, newId } from '../kernel/index.js';
import { Database, constraintOf } from '../platform/database/index.js';
import { assertMay, type Actor, type Permission } from './actor.js';
import {
  formatToken,
  KEY_LIFE_MAX_MS,
  KEY_PERMISSIONS,
  newToken,
  secretHash,
} from './api-key.rules.js';
import { insertApiKey } from './api-key.store.js';
import { keyExpiresInPast, keyNameTaken } from './identity.errors.js';
import { parseLogin } from './login.js';

export interface CreateApiKeyOrder {
  readonly actor: Actor;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly expiresAt: Date;
}

/** Makes a key for another system. Its token is told once and kept nowhere. */
@Injectable()
export class CreateApiKey {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
  ) {}

  async create(order: CreateApiKeyOrder): Promise<{ id: string; token: string }> {
    assertMay(order.actor, 'user.manage');
    const at = this.clock.now();
    const lifeMs = order.expiresAt.getTime() - at.getTime();
    if (lifeMs <= 0 || lifeMs > KEY_LIFE_MAX_MS) throw keyExpiresInPast();
    if (!order.permissions.every((permission) => KEY_PERMISSIONS.includes(permission))) {
      throw new InvariantError('a key carries no permission of people only');
    }
    const token = newToken();
    const key = {
      ...order,
      id: newId(),
      keyId: token.keyId,
      name: parseLogin(order.name),
      secretHash: secretHash(token.secret),
      createdBy: order.actor.kind === 'user' ? order.actor.id : null,
      at,
    };
    try {
      await this.database.transaction(async (tx) => {
        await insertApiKey(tx, key);
        await this.audit.record(tx, {
          actor: order.actor,
          action: 'api-key.created',
          subject: { type: 'api-key', id: key.id },
          detail: { name: key.name, permissions: order.permissions, expiresAt: order.expiresAt },
        });
      });
    } catch (error) {
      if (constraintOf(error) === 'api_key_name_key') throw keyNameTaken();
      throw error;
    }
    return { id: key.id, token: formatToken(token) };
  }
}
