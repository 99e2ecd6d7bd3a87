import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import type { Actor } from './actor.js';
import { parseToken, secretMatches } from './api-key.rules.js';
import { findByKeyId, touchApiKey } from './api-key.store.js';
import { permissionsOf } from './roles.js';
import type { SignedIn } from './sign-in.js';
import { findSessionUser } from './user.read.js';

/** Who stands behind a session or a token, at this moment; null when it no longer holds. */
@Injectable()
export class Actors {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Asked anew at every request: a disabled person or a changed role holds at once. */
  async ofSession(session: SignedIn): Promise<Actor | null> {
    const user = await findSessionUser(this.database.reader, session);
    if (!user) return null;
    return {
      kind: 'user',
      id: user.id,
      name: user.login,
      permissions: permissionsOf(user.roles),
    };
  }

  async ofToken(text: string): Promise<Actor | null> {
    const token = parseToken(text);
    if (!token) return null;
    const tx = this.database.reader;
    const key = await findByKeyId(tx, token.keyId);
    if (!secretMatches(token.secret, key?.secretHash ?? null) || !key) return null;
    const at = this.clock.now();
    if (key.revokedAt || key.expiresAt <= at) return null;
    await touchApiKey(tx, { id: key.id, at });
    return {
      kind: 'api-key',
      id: key.id,
      name: key.name,
      permissions: new Set(key.permissions),
    };
  }
}
