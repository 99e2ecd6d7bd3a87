import { execute, one, rows, type Tx } from '../platform/database/index.js';
import type { Role } from './roles.js';
import type { SignatureKind } from './signatory.read.js';

export interface NewUser {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
  readonly at: Date;
}

export async function insertUser(tx: Tx, user: NewUser): Promise<void> {
  await execute(
    tx,
    `insert into app_user (id, login, display_name, password_hash, roles, created_at, password_changed_at)
     values ($1, $2, $3, $4, $5, $6, $6)`,
    [user.id, user.login, user.displayName, user.passwordHash, user.roles, user.at],
  );
}

/** What must be known of a user to change them; the row is locked. */
export interface LockedUser {
  readonly id: string;
  readonly login: string;
  readonly passwordHash: string;
  readonly roles: Role[];
  readonly disabledAt: Date | null;
}

export function lockUser(tx: Tx, userId: string): Promise<LockedUser | null> {
  return one<LockedUser>(
    tx,
    `select id, login, password_hash as "passwordHash", roles, disabled_at as "disabledAt"
       from app_user where id = $1 for update`,
    [userId],
  );
}

/** A new epoch ends every session that was begun in the old one. */
export async function storePassword(
  tx: Tx,
  change: { userId: string; passwordHash: string; at: Date },
): Promise<void> {
  await execute(
    tx,
    `update app_user
        set password_hash = $2, password_changed_at = $3, session_epoch = session_epoch + 1
      where id = $1`,
    [change.userId, change.passwordHash, change.at],
  );
}

/** Ends every session of a person who is not disabled; gives the epoch in which new ones begin. */
export async function raiseEpoch(tx: Tx, userId: string): Promise<number | null> {
  const raised = await one<{ epoch: number }>(
    tx,
    `update app_user set session_epoch = session_epoch + 1
      where id = $1 and disabled_at is null returning session_epoch as epoch`,
    [userId],
  );
  return raised?.epoch ?? null;
}

/** True when it was this call that disabled the user. */
export async function disableUser(tx: Tx, userId: string, at: Date): Promise<boolean> {
  const disabled = await execute(
    tx,
    `update app_user set disabled_at = $2, session_epoch = session_epoch + 1
      where id = $1 and disabled_at is null`,
    [userId, at],
  );
  return disabled === 1;
}

/** Lets a disabled user in again; their old sessions stay in their old epochs. */
export async function enableUser(tx: Tx, userId: string): Promise<void> {
  await execute(tx, `update app_user set disabled_at = null where id = $1`, [userId]);
}

/** A new epoch, so that nobody goes on with a page of the old roles. */
export async function storeRoles(
  tx: Tx,
  change: { userId: string; roles: readonly Role[] },
): Promise<void> {
  await execute(
    tx,
    `update app_user set roles = $2, session_epoch = session_epoch + 1 where id = $1`,
    [change.userId, change.roles],
  );
}

/**
 * The administrators who are not disabled. Their rows are locked, in one order and before any other user's: of two
 * administrators who take each other's role at the same time, the second finds themselves the last.
 */
export async function lockAdministrators(tx: Tx): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from app_user
      where 'administrator' = any(roles) and disabled_at is null order by id for update`,
    [],
  );
  return found.map(({ id }) => id);
}

/** False when the person is registered already, for either signature. */
export async function insertSignatory(
  tx: Tx,
  registration: { userId: string; signature: SignatureKind; at: Date },
): Promise<boolean> {
  const inserted = await execute(
    tx,
    `insert into signatory (user_id, signature, registered_at) values ($1, $2, $3)
     on conflict (user_id) do nothing`,
    [registration.userId, registration.signature, registration.at],
  );
  return inserted === 1;
}
