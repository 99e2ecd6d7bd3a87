import { Injectable } from '@nestjs/common';
import { Database, one, rows, type Tx } from '../platform/database/index.js';
import type { Permission } from './actor.js';

/** A key as it is shown: never with its secret. */
export interface ApiKeyRow {
  readonly id: string;
  readonly name: string;
  readonly permissions: Permission[];
  /** Login of the person who made it; null when it was made at the command line. */
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

const KEY = `
  select k.id, k.name, k.permissions, u.login as "createdBy", k.created_at as "createdAt",
         k.expires_at as "expiresAt", k.last_used_at as "lastUsedAt", k.revoked_at as "revokedAt"
    from api_key k left join app_user u on u.id = k.created_by`;

/** Newest first, before the given id. */
export function listApiKeys(
  tx: Tx,
  page: { beforeId: string | null; limit: number },
): Promise<ApiKeyRow[]> {
  return rows<ApiKeyRow>(
    tx,
    `${KEY} where $1::uuid is null or k.id < $1 order by k.id desc limit $2`,
    [page.beforeId, page.limit],
  );
}

export function findApiKey(tx: Tx, id: string): Promise<ApiKeyRow | null> {
  return one<ApiKeyRow>(tx, `${KEY} where k.id = $1`, [id]);
}

/** Keys of other systems as an administrator sees them. */
@Injectable()
export class ApiKeyReads {
  constructor(private readonly database: Database) {}

  find(id: string): Promise<ApiKeyRow | null> {
    return findApiKey(this.database.reader, id);
  }

  list(page: { beforeId: string | null; limit: number }): Promise<ApiKeyRow[]> {
    return listApiKeys(this.database.reader, page);
  }
}
