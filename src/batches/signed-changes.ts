import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/index.js';
import { batchNotFound } from './batches.errors.js';
import { findSummary, type BatchSummary } from './batch.read.js';
import {
  basisOf,
  compare,
  countChanges,
  type Basis,
  type Change,
  type ChangeCounts,
  type ChangedPerson,
  type ChangesPage,
} from './changes.read.js';

const PAGE = 5_000;

/** A batch, and the moment it was approved. */
export interface Signed {
  readonly batchId: string;
  readonly at: Date;
}

/**
 * How a signed batch differs from the last period, as it stood when it was signed: only what had been approved by
 * then counts, and that changes no more. So the answer is the same for ever, and may stand on a paper.
 */
@Injectable()
export class SignedChanges {
  /** @throws DomainError `batches.not-found` */
  async count(tx: Tx, signed: Signed): Promise<{ comparedWith: Basis; counts: ChangeCounts }> {
    const batch = await summaryOf(tx, signed.batchId);
    const counts = await countChanges(tx, { ...batch, asOf: signed.at });
    return { comparedWith: basisOf(batch), counts };
  }

  /** Everybody with that change, by personal number. */
  async *people(tx: Tx, of: Signed & { change: Change }): AsyncGenerator<ChangedPerson, void> {
    const batch = await summaryOf(tx, of.batchId);
    let after: string | null = null;
    for (;;) {
      const page: ChangesPage = { change: of.change, after, limit: PAGE };
      const { people } = await compare(tx, { ...batch, asOf: of.at }, page);
      yield* people;
      const last = people.at(-1);
      if (!last || people.length < PAGE) return;
      after = last.personalNumber;
    }
  }
}

async function summaryOf(tx: Tx, batchId: string): Promise<BatchSummary> {
  const batch = await findSummary(tx, batchId);
  if (!batch) throw batchNotFound(batchId);
  return batch;
}
