import { Injectable } from '@nestjs/common';
import { one, type Tx } from '../platform/database/index.js';
import type { Role } from './roles.js';

/** Which of a payment order's two signatures a person may give. */
export type SignatureKind = 'first' | 'second';

/** Who may sign what. A person is registered for one kind at most, for ever (the database keeps it). */
@Injectable()
export class SignatoryRegister {
  /** Null when the person signs nothing or is disabled. */
  async signatureOf(tx: Tx, userId: string): Promise<SignatureKind | null> {
    const found = await one<{ signature: SignatureKind }>(
      tx,
      `select s.signature from signatory s join app_user u on u.id = s.user_id
        where s.user_id = $1 and u.disabled_at is null`,
      [userId],
    );
    return found?.signature ?? null;
  }

  /** The roles a person has; none when the person is disabled. */
  async rolesOf(tx: Tx, userId: string): Promise<readonly Role[]> {
    const found = await one<{ roles: Role[] }>(
      tx,
      `select roles from app_user where id = $1 and disabled_at is null`,
      [userId],
    );
    return found?.roles ?? [];
  }
}
