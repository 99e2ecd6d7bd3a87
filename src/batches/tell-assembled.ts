import type { AuditTrail } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import type { Tx } from '../platform/database/index.js';
import { appendHistory } from './batch.store.js';
import type { Filled } from './fill-draft.js';

/** Writes into history and audit that a draft was assembled: figures and ids, the same for both kinds of batch. */
export async function tellAssembled(
  tx: Tx,
  audit: AuditTrail,
  told: {
    batchId: string;
    number: string;
    followUpOf: string | null;
    filled: Filled;
    actor: Actor;
    at: Date;
  },
): Promise<void> {
  const { batchId, number, followUpOf, filled, actor, at } = told;
  const detail = {
    number,
    ...(followUpOf === null ? {} : { followUpOf }),
    lineCount: filled.lineCount,
    total: filled.total.toString(),
  };
  await appendHistory(tx, {
    batchId,
    at,
    happened: 'assembled',
    from: null,
    to: 'draft',
    round: 1,
    actor,
    detail,
  });
  await audit.record(tx, {
    actor,
    action: 'batch.assembled',
    subject: { type: 'batch', id: batchId },
    detail,
  });
}
