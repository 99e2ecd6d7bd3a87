import { execute, one, rows, type Tx } from '../platform/database/index.js';
import { runLifecycle, type RunState } from './run.lifecycle.js';

export interface RunRow {
  id: string;
  batchId: string;
  approvalId: string;
  batchNumber: string;
  state: RunState;
  cancelRequestedAt: Date | null;
  version: number;
}

const COLUMNS = `id, batch_id as "batchId", approval_id as "approvalId", batch_number as "batchNumber", state,
  cancel_requested_at as "cancelRequestedAt", version`;

/** What a run needs to know of the batch it pays; read from the view that batches publish. */
export interface ApprovedBatch {
  batchNumber: string;
  programme: string;
  period: string;
  payOn: string | null;
  lineCount: number;
  total: string;
  currency: string;
}

export function approvedBatch(
  tx: Tx,
  given: { batchId: string; approvalId: string },
): Promise<ApprovedBatch | null> {
  return one<ApprovedBatch>(
    tx,
    `select number as "batchNumber", programme, period, pay_on::text as "payOn", line_count as "lineCount",
            total_amount as total, currency
       from batch_view where batch_id = $1 and approval_id = $2 and state = 'approved'`,
    [given.batchId, given.approvalId],
  );
}

export interface NewRun extends ApprovedBatch {
  readonly id: string;
  readonly batchId: string;
  readonly approvalId: string;
  readonly scheduledFor: Date;
  readonly deadlineAt: Date;
  readonly at: Date;
}

/** Makes the run of a batch, once: false when it is there already. */
export async function insertRun(tx: Tx, run: NewRun): Promise<boolean> {
  const made = await execute(
    tx,
    `insert into payment_run
       (id, batch_id, approval_id, batch_number, programme, period, state, payment_count, total_amount, currency,
        scheduled_for, deadline_at, created_at)
     values ($1, $2, $3, $4, $5, $6, 'scheduled', $7, $8, $9, $10, $11, $12)
     on conflict (batch_id) do nothing`,
    [
      run.id,
      run.batchId,
      run.approvalId,
      run.batchNumber,
      run.programme,
      run.period,
      run.lineCount,
      run.total,
      run.currency,
      run.scheduledFor,
      run.deadlineAt,
      run.at,
    ],
  );
  return made === 1;
}

/** The times of a run that is just being made, once its payments say which rails they take. */
export async function scheduleRun(
  tx: Tx,
  run: { runId: string; scheduledFor: Date; deadlineAt: Date },
): Promise<void> {
  await execute(tx, `update payment_run set scheduled_for = $2, deadline_at = $3 where id = $1`, [
    run.runId,
    run.scheduledFor,
    run.deadlineAt,
  ]);
}

export function lockRun(tx: Tx, id: string): Promise<RunRow | null> {
  return one<RunRow>(tx, `select ${COLUMNS} from payment_run where id = $1 for update`, [id]);
}

export interface RunActor {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

export const RUN_BY_SYSTEM: RunActor = { kind: 'system', id: 'system', name: 'system' };

export type RunHappening = 'created' | 'started' | 'paused' | 'resumed' | 'cancelled' | 'finished';

export async function appendRunHistory(
  tx: Tx,
  entries: readonly { runId: string; from: string | null; to: string }[],
  what: { happened: RunHappening; at: Date; actor: RunActor; reason?: string },
): Promise<void> {
  if (entries.length === 0) return;
  await execute(
    tx,
    `insert into run_history (run_id, from_state, to_state, happened, at, actor_kind, actor_id, actor_name, reason)
     select r.run_id, r.from_state, r.to_state, $4, $5, $6, $7, $8, $9
       from unnest($1::uuid[], $2::text[], $3::text[]) as r (run_id, from_state, to_state)`,
    [
      entries.map((e) => e.runId),
      entries.map((e) => e.from),
      entries.map((e) => e.to),
      what.happened,
      what.at,
      what.actor.kind,
      what.actor.id,
      what.actor.name,
      what.reason ?? null,
    ],
  );
}

/** Moves one run when it stands in a state that may go there; false when it does not. */
export async function moveRun(
  tx: Tx,
  move: { runId: string; to: RunState; pauseReason?: string },
): Promise<boolean> {
  const moved = await execute(
    tx,
    `update payment_run set state = $2, pause_reason = $3, version = version + 1
      where id = $1 and state = any($4::text[])`,
    [move.runId, move.to, move.pauseReason ?? null, runLifecycle.before(move.to)],
  );
  return moved === 1;
}

/** Runs whose time has come: scheduled → running. */
export async function startDueRuns(tx: Tx, at: Date): Promise<string[]> {
  const started = await rows<{ id: string }>(
    tx,
    `update payment_run set state = 'running', started_at = $1, version = version + 1
      where id in (select id from payment_run where state = 'scheduled' and scheduled_for <= $1
                    order by id for update skip locked)
     returning id`,
    [at],
  );
  return started.map((r) => r.id);
}

/** Runs in which nothing can happen any more (but a return): → finished. */
export async function finishDoneRuns(
  tx: Tx,
  given: { at: Date; unfinished: readonly string[] },
): Promise<{ id: string; from: string }[]> {
  return rows<{ id: string; from: string }>(
    tx,
    `with done as (
       select r.id, r.state from payment_run r
        where (r.state = 'running' or (r.cancel_requested_at is not null and r.state <> 'finished'))
          and (select coalesce(sum(t.payments), 0) from payment_tally t
                where t.run_id = r.id and t.state = any($2::text[])) = 0
        order by r.id for update of r skip locked)
     update payment_run r set state = 'finished', finished_at = $1, pause_reason = null, version = version + 1
       from done where r.id = done.id
     returning r.id, done.state as "from"`,
    [given.at, given.unfinished],
  );
}

export async function requestCancel(
  tx: Tx,
  given: { runId: string; at: Date; reason: string },
): Promise<boolean> {
  const moved = await execute(
    tx,
    `update payment_run set cancel_requested_at = $2, cancel_reason = $3, version = version + 1
      where id = $1 and cancel_requested_at is null and state <> 'finished'`,
    [given.runId, given.at, given.reason],
  );
  return moved === 1;
}

/** Rings that were answered while nothing might be sent are forgotten, so that the next sweep rings anew. */
export async function forgetRings(tx: Tx, runId: string): Promise<void> {
  await execute(
    tx,
    `update submission set rung_at = null where run_id = $1 and state = 'waiting' and rung_at is not null`,
    [runId],
  );
}
