import { execute, one, rows, type Tx } from '../platform/database/index.js';
import type { Permission } from './actor.js';
import type { ApiKeyRow } from './api-key.read.js';

export interface NewApiKey {
  readonly id: string;
  readonly keyId: string;
  readonly name: string;
  readonly secretHash: string;
  readonly permissions: readonly Permission[];
  readonly createdBy: string | null;
  readonly at: Date;
  readonly expiresAt: Date;
}

export async function insertApiKey(tx: Tx, key: NewApiKey): Promise<void> {
  await execute(
    tx,
    `insert into api_key (id, key_id, name, secret_hash, permissions, created_by, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      key.id,
      key.keyId,
      key.name,
      key.secretHash,
      key.permissions,
      key.createdBy,
      key.at,
      key.expiresAt,
    ],
  );
}

export function findByKeyId(
  tx: Tx,
  keyId: string,
): Promise<(Omit<ApiKeyRow, 'createdBy'> & { secretHash: string }) | null> {
  return one(
    tx,
    `select id, name, permissions, created_at as "createdAt", expires_at as "expiresAt",
            last_used_at as "lastUsedAt", revoked_at as "revokedAt", secret_hash as "secretHash"
       from api_key where key_id = $1`,
    [keyId],
  );
}

/** True when it was this call that revoked the key. */
export async function revokeApiKey(tx: Tx, id: string, at: Date): Promise<boolean> {
  const revoked = await execute(
    tx,
    `update api_key set revoked_at = $2 where id = $1 and revoked_at is null`,
    [id, at],
  );
  return revoked === 1;
}

/** To the minute is enough, and spares the row a write at every request. */
export async function touchApiKey(tx: Tx, use: { id: string; at: Date }): Promise<void> {
  const minuteAgo = new Date(use.at.getTime() - 60_000);
  await execute(
    tx,
    `update api_key set last_used_at = $2
      where id = $1 and (last_used_at is null or last_used_at < $3)`,
    [use.id, use.at, minuteAgo],
  );
}

export function lockApiKey(tx: Tx, name: string): Promise<Omit<ApiKeyRow, 'createdBy'> | null> {
  return one(
    tx,
    `select id, name, permissions, created_at as "createdAt", expires_at as "expiresAt",
            last_used_at as "lastUsedAt", revoked_at as "revokedAt"
       from api_key where name = $1 for update`,
    [name],
  );
}

/** Names of keys, also of ended ones, that could be those of successors. */
export async function takenNames(tx: Tx, name: string): Promise<ReadonlySet<string>> {
  const stem = name.replace(/-\d{1,3}$/, '').slice(0, 58);
  const found = await rows<{ name: string }>(
    tx,
    `select name from api_key where starts_with(name, $1)`,
    [stem],
  );
  return new Set(found.map((key) => key.name));
}

/** Never later than it would have ended anyway. */
export async function endApiKeyAt(tx: Tx, end: { id: string; at: Date }): Promise<void> {
  await execute(tx, `update api_key set expires_at = least(expires_at, $2) where id = $1`, [
    end.id,
    end.at,
  ]);
}
