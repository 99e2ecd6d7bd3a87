import { Injectable } from '@nestjs/common';
import { InvariantError, newId } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { insertPosting, type PostingKind, type PostingSource } from './ledger.store.js';
import { entriesOf, type Movement } from './stages.js';

/**
 * The one way into the books: money moves from account to account in the transaction of whatever it mirrors, so
 * that both stand or fall together. A mistake is mended by another posting.
 */
@Injectable()
export class Ledger {
  /**
   * @param posting `id`: given where the mirrored rows name it. Movements of one account pair are added up.
   * @returns the id of the posting, or null when there is nothing to post (all movements cancel out).
   */
  async post(
    tx: Tx,
    posting: {
      id?: string;
      kind: PostingKind;
      source: PostingSource;
      at: Date;
      movements: readonly Movement[];
    },
  ): Promise<string | null> {
    const { kind, source, at, movements } = posting;
    const backward = movements.find(({ amount }) => !amount.isPositive());
    if (backward) throw new InvariantError('a movement of nothing', { source, ...backward });
    const entries = entriesOf(movements);
    if (entries.length === 0) return null;
    const id = posting.id ?? newId();
    await insertPosting(tx, { id, kind, source, at }, entries);
    return id;
  }
}
