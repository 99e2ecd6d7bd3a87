import { Injectable } from '@nestjs/common';
import { foldText } from '../kernel/index.js';
import { Database, one, rows, type Tx } from '../platform/database/index.js';
import type { Permission } from './actor.js';
import { ROLE_PERMISSIONS, ROLES, type Role } from './roles.js';
import type { SignatureKind } from './signatory.read.js';

/** A user as others see them. */
export interface UserRow {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly roles: Role[];
  readonly signature: SignatureKind | null;
  readonly signatureSince: Date | null;
  readonly createdAt: Date;
  readonly passwordChangedAt: Date;
  readonly disabledAt: Date | null;
}

export type Colleague = Pick<UserRow, 'id' | 'login' | 'displayName'>;

const COLLEAGUES_SHOWN = 200;

export interface UserFilter {
  /** Part of a login or a name, diacritics or not. */
  readonly search?: string;
  readonly role?: Role;
  readonly state?: 'active' | 'disabled';
}

/** What of a name is compared: as `foldText` folds it. */
const FOLDED_NAME = `lower(translate(
  regexp_replace(normalize(u.display_name, NFD), '[\\u0300-\\u036f]', '', 'g'), 'đĐðÐɖƉ', 'dddddd'))`;

const USER = `
  select u.id, u.login, u.display_name as "displayName", u.roles, s.signature,
         s.registered_at as "signatureSince", u.created_at as "createdAt",
         u.password_changed_at as "passwordChangedAt", u.disabled_at as "disabledAt"
    from app_user u left join signatory s on s.user_id = u.id`;

export function findUser(tx: Tx, userId: string): Promise<UserRow | null> {
  return one<UserRow>(tx, `${USER} where u.id = $1`, [userId]);
}

/** In the order of logins, after the given one. */
export function listUsers(
  tx: Tx,
  filter: UserFilter,
  page: { afterLogin: string | null; limit: number },
): Promise<UserRow[]> {
  const search = foldText(filter.search ?? '');
  return rows<UserRow>(
    tx,
    `${USER}
      where u.login > coalesce($1, '') and ($2 = '' or strpos(u.login, $2) > 0 or strpos(${FOLDED_NAME}, $2) > 0)
        and ($3::text is null or $3 = any(u.roles))
        and ($4::text is null or (u.disabled_at is null) = ($4 = 'active'))
      order by u.login limit $5`,
    [page.afterLogin, search, filter.role ?? null, filter.state ?? null, page.limit],
  );
}

/** People as an administrator sees them. */
@Injectable()
export class UserReads {
  constructor(private readonly database: Database) {}

  find(userId: string): Promise<UserRow | null> {
    return findUser(this.database.reader, userId);
  }

  withLogin(login: string): Promise<UserRow | null> {
    return one<UserRow>(this.database.reader, `${USER} where u.login = $1`, [login]);
  }

  list(filter: UserFilter, page: { afterLogin: string | null; limit: number }): Promise<UserRow[]> {
    return listUsers(this.database.reader, filter, page);
  }

  /** Who may come in and do this, by name; an office has tens of people, and no list shows more than these. */
  whoMay(permission: Permission): Promise<Colleague[]> {
    const roles = ROLES.filter((role) => ROLE_PERMISSIONS[role].includes(permission));
    return rows<Colleague>(
      this.database.reader,
      `select id, login, display_name as "displayName" from app_user
        where roles && $1::text[] and disabled_at is null order by display_name, login limit ${COLLEAGUES_SHOWN}`,
      [roles],
    );
  }

  /** Names of people by id, for whoever shows acts of theirs. */
  async namesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await rows<{ id: string; name: string }>(
      this.database.reader,
      `select id::text, display_name as name from app_user where id::text = any($1::text[])`,
      [ids],
    );
    return new Map(found.map(({ id, name }) => [id, name]));
  }
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
