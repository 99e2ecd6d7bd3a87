import type { Tx } from '../platform/database/index.js';
import { assertVersion } from '../platform/http/index.js';
import { batchNotFound, notADraft } from './batches.errors.js';
import { lockBatch, type Batch } from './batch.store.js';

/**
 * Locks a batch that is about to be edited.
 * @param readVersion the version its editor has read; absent, any.
 * @throws DomainError `batches.not-found`, `batches.not-a-draft`, `request.changed-meanwhile`
 */
export async function lockDraft(
  tx: Tx,
  batchId: string,
  readVersion: number | undefined,
): Promise<Batch> {
  const batch = await lockBatch(tx, batchId);
  if (!batch) throw batchNotFound(batchId);
  if (batch.state !== 'draft') throw notADraft(batch.id, batch.state);
  if (readVersion !== undefined) assertVersion(batch.version, readVersion);
  return batch;
}
