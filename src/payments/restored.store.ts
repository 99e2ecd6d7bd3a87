import { rows, type Tx } from '../platform/database/index.js';
import type { RunState } from './run.lifecycle.js';

/** Batches that were approved and have no run yet. */
export function approvedWithoutRun(tx: Tx): Promise<{ batchId: string; approvalId: string }[]> {
  return rows(
    tx,
    `select b.batch_id as "batchId", b.approval_id as "approvalId" from batch_view b
      where b.state = 'approved' and not exists (select 1 from payment_run r where r.batch_id = b.batch_id)
      order by b.batch_id`,
  );
}

/** In the order of their ids. */
export function runsNotFinished(
  tx: Tx,
): Promise<{ id: string; batchId: string; batchNumber: string; state: RunState }[]> {
  return rows(
    tx,
    `select id, batch_id as "batchId", batch_number as "batchNumber", state from payment_run
      where state <> 'finished' order by id`,
  );
}

/** Takes submissions of a run that wait, as a sender would; also those that are not due, and of a paused run. */
export function takeWaiting(
  tx: Tx,
  take: { runId: string; limit: number; leaseUntil: Date },
): Promise<{ id: string; bankCode: string; tries: number }[]> {
  return rows(
    tx,
    `with mine as (
       select id from submission where run_id = $1 and state = 'waiting' order by id limit $2 for update)
     update submission s set state = 'sending', tries = tries + 1, lease_until = $3, waits_because = null
       from mine where s.id = mine.id
     returning s.id, s.bank_code as "bankCode", s.tries`,
    [take.runId, take.limit, take.leaseUntil],
  );
}
