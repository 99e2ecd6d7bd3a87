import type { Tx } from '../platform/database/index.js';
import { appendRunHistory, moveRun, RUN_BY_SYSTEM } from './run.store.js';

export const NOT_AS_SIGNED = 'what is to be sent is not what was signed';

/**
 * Pauses the run: nothing more is sent until a person has looked. Not in the transaction of the claim that found
 * it: every sender of the run holds the run's shared lock there, and two that wanted more would wait for each other.
 */
export async function stopTamperedRun(tx: Tx, given: { runId: string; at: Date }): Promise<void> {
  const { runId, at } = given;
  const moved = await moveRun(tx, { runId, to: 'paused', pauseReason: NOT_AS_SIGNED });
  if (!moved) return;
  await appendRunHistory(tx, [{ runId, from: 'running', to: 'paused' }], {
    happened: 'paused',
    at,
    actor: RUN_BY_SYSTEM,
    reason: NOT_AS_SIGNED,
  });
}
