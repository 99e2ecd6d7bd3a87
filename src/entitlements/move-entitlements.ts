import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import {
  markAsPaid,
  markAsSuspected,
  releaseFromBatch,
  reopenAsFailed,
  takeIntoBatch,
  type FailedItem,
  type MovedBy,
} from './entitlement.store.js';

const BY_SYSTEM: MovedBy = { kind: 'system', id: 'system', name: 'system' };

/**
 * What later modules do to what is owed, in their own transaction. Each call is one statement over any number
 * of rows and answers how many moved: rows in another state stay as they are, so doing it twice is harmless
 * and a caller that must have them all compares the count.
 */
@Injectable()
export class EntitlementMoves {
  /** `open` → `in_batch`. Of two batches that want the same person, one gets it. */
  take(
    tx: Tx,
    take: { entitlementIds: readonly string[]; batchId: string; at: Date; actor: MovedBy },
  ): Promise<number> {
    return takeIntoBatch(tx, { ...take, by: take.actor, cause: 'batch assembled' });
  }

  /** `in_batch` → `open`: the batch was cancelled, a line dropped, or a payment cancelled before it was sent. */
  release(
    tx: Tx,
    release: { batchId: string; entitlementIds?: readonly string[]; at: Date; actor: MovedBy },
  ): Promise<number> {
    return releaseFromBatch(tx, { ...release, by: release.actor, cause: 'released from batch' });
  }

  /** `in_batch` → `paid`. */
  markPaid(
    tx: Tx,
    paid: { entitlementIds: readonly string[]; at: Date; cause: string; actor?: MovedBy },
  ): Promise<number> {
    return markAsPaid(tx, { ...paid, by: paid.actor ?? BY_SYSTEM });
  }

  /** `open` ones that may have been paid after all stay open, but only a follow-up with a reason takes them. */
  suspectPaid(
    tx: Tx,
    suspected: { items: readonly FailedItem[]; at: Date; cause: string },
  ): Promise<number> {
    return markAsSuspected(tx, { ...suspected, by: BY_SYSTEM });
  }

  /** `in_batch` or `paid` (a return) → `open`, remembering the reason and the account it failed on. */
  reopenFailed(
    tx: Tx,
    failed: { items: readonly FailedItem[]; at: Date; cause: string; actor?: MovedBy },
  ): Promise<number> {
    return reopenAsFailed(tx, { ...failed, by: failed.actor ?? BY_SYSTEM });
  }
}
