import { one, rows, type Tx } from '../platform/database/index.js';
import type { Role } from './roles.js';
import type { SignatureKind } from './signatory.read.js';

/** A user as others see them. */
export interface UserRow {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly roles: Role[];
  readonly signature: SignatureKind | null;
  readonly createdAt: Date;
  readonly disabledAt: Date | null;
}

const USER = `
  select u.id, u.login, u.display_name as "displayName", u.roles, s.signature,
         u.created_at as "createdAt", u.disabled_at as "disabledAt"
    from app_user u left join signatory s on s.user_id = u.id`;

export function findUser(tx: Tx, userId: string): Promise<UserRow | null> {
  return one<UserRow>(tx, `${USER} where u.id = $1`, [userId]);
}

/** In the order of logins, after the given one. */
export function listUsers(
  tx: Tx,
  page: { afterLogin: string | null; limit: number },
): Promise<UserRow[]> {
  return rows<UserRow>(tx, `${USER} where u.login > coalesce($1, '') order by u.login limit $2`, [
    page.afterLogin,
    page.limit,
  ]);
}

/** What signing in needs. */
export interface Credentials {
  readonly id: string;
  readonly login: string;
  readonly passwordHash: string;
  readonly epoch: number;
  readonly disabledAt: Date | null;
}

export function findCredentials(tx: Tx, login: string): Promise<Credentials | null> {
  return one<Credentials>(
    tx,
    `select id, login, password_hash as "passwordHash", session_epoch as epoch, disabled_at as "disabledAt"
       from app_user where login = $1`,
    [login],
  );
}

/** The user of a session, if it still holds: not disabled, and no new epoch since it began. */
export function findSessionUser(
  tx: Tx,
  session: { userId: string; epoch: number },
): Promise<{ id: string; login: string; roles: Role[] } | null> {
  return one(
    tx,
    `select id, login, roles from app_user
      where id = $1 and session_epoch = $2 and disabled_at is null`,
    [session.userId, session.epoch],
  );
}
