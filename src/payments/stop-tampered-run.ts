import type { Tx } from '../platform/database/index.js';
import { appendRunHistory, moveRun, RUN_BY_SYSTEM } from './run.store.js';
import { endSending, type ClaimedSubmission } from './submission.store.js';

export const NOT_AS_SIGNED = 'what is to be sent is not what was signed';

/** Puts the submission back and pauses its run: nothing more is sent until a person has looked. */
export async function stopTamperedRun(
  tx: Tx,
  given: { submission: ClaimedSubmission; at: Date },
): Promise<void> {
  const { submission, at } = given;
  await endSending(tx, { submissionId: submission.id, to: 'waiting', notBefore: null });
  const moved = await moveRun(tx, {
    runId: submission.runId,
    to: 'paused',
    pauseReason: NOT_AS_SIGNED,
  });
  if (!moved) return;
  await appendRunHistory(tx, [{ runId: submission.runId, from: 'running', to: 'paused' }], {
    happened: 'paused',
    at,
    actor: RUN_BY_SYSTEM,
    reason: NOT_AS_SIGNED,
  });
}
