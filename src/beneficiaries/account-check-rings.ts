import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import { forgetCheckRings } from './account-check.store.js';

/** The rings that went out for account checks, for whoever knows that the queue has lost them. */
@Injectable()
export class AccountCheckRings {
  /** Takes them back, in the caller's transaction: the sweepers ring anew within a second. */
  forget(tx: Tx, bankCode: string | null): Promise<number> {
    return forgetCheckRings(tx, bankCode);
  }
}
