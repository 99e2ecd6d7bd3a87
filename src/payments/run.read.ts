import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../platform/database/index.js';
import type { PaymentState } from './payment.lifecycle.js';
import type { RunState } from './run.lifecycle.js';

export interface RunSummary {
  id: string;
  batchId: string;
  batchNumber: string;
  programme: string;
  period: string;
  state: RunState;
  payments: number;
  total: string;
  currency: string;
  scheduledFor: Date;
  deadlineAt: Date;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  cancelRequestedAt: Date | null;
  cancelReason: string | null;
  pauseReason: string | null;
  version: number;
}

export interface StateFigures {
  bankCode: string;
  state: PaymentState;
  count: number;
  total: string;
}

/** What of a run is not sent yet, by why and until when. */
export interface WaitingGroup {
  bankCode: string;
  rail: string;
  /** A rule (hours, a limit), or `schedule`, `retry`, `due`. */
  because: string;
  until: Date;
  submissions: number;
  payments: number;
  total: string;
}

/** More reasons and times than these are not shown; there are a few per rail and day. */
const MOST_GROUPS = 200;

export interface RunEvent {
  at: Date;
  happened: string;
  from: string | null;
  to: string;
  actorKind: string;
  actorName: string;
  reason: string | null;
}

const SUMMARY = `id, batch_id as "batchId", batch_number as "batchNumber", programme, period, state,
  payment_count as payments, total_amount as total, currency, scheduled_for as "scheduledFor",
  deadline_at as "deadlineAt", created_at as "createdAt", started_at as "startedAt",
  finished_at as "finishedAt", cancel_requested_at as "cancelRequestedAt", cancel_reason as "cancelReason",
  pause_reason as "pauseReason", version`;

/** Runs as people and dashboards see them. */
@Injectable()
export class RunReads {
  /** Newest first, after the run with id `before`. */
  list(
    tx: Tx,
    query: {
      state?: RunState;
      batchId?: string;
      programme?: string;
      period?: string;
      before: string | null;
      limit: number;
    },
  ): Promise<RunSummary[]> {
    return rows<RunSummary>(
      tx,
      `select ${SUMMARY} from payment_run
        where ($1::text is null or state = $1) and ($2::uuid is null or batch_id = $2)
          and ($3::uuid is null or id < $3)
          and ($5::text is null or programme = $5) and ($6::text is null or period = $6)
        order by id desc limit $4`,
      [
        query.state ?? null,
        query.batchId ?? null,
        query.before,
        query.limit,
        query.programme ?? null,
        query.period ?? null,
      ],
    );
  }

  find(tx: Tx, id: string): Promise<RunSummary | null> {
    return one<RunSummary>(tx, `select ${SUMMARY} from payment_run where id = $1`, [id]);
  }

  /** Counts and sums of the run's payments by bank and state; they add up to the run. */
  figures(tx: Tx, runId: string): Promise<StateFigures[]> {
    return rows<StateFigures>(
      tx,
      `select bank_code as "bankCode", state, sum(payments)::int as count, sum(total)::text as total
         from payment_tally where run_id = $1 group by 1, 2 having sum(payments) > 0 order by 1, 2`,
      [runId],
    );
  }

  /** Payments of these states in each of the runs; a run without any is not named. */
  counts(
    tx: Tx,
    of: { runIds: readonly string[]; states: readonly PaymentState[] },
  ): Promise<{ runId: string; state: PaymentState; count: number }[]> {
    return rows(
      tx,
      `select run_id as "runId", state, sum(payments)::int as count from payment_tally
        where run_id = any($1::uuid[]) and state = any($2::text[]) group by 1, 2 having sum(payments) > 0`,
      [of.runIds, of.states],
    );
  }

  /** What waits, the first to go first. Retries have a time each and are shown by their first. */
  waiting(tx: Tx, given: { runId: string; now: Date }): Promise<WaitingGroup[]> {
    return rows<WaitingGroup>(
      tx,
      `with waiting as (
         select s.bank_code, s.rail, s.id, s.not_before, p.amount,
                case when s.not_before <= $2 then 'due' when s.waits_because is not null then s.waits_because
                     when s.tries > 0 then 'retry' else 'schedule' end as because,
                case when s.waits_because is not null and s.not_before > $2 then s.not_before end as told
           from submission s join payment p on p.submission_id = s.id
          where s.run_id = $1 and s.state = 'waiting' and p.state = 'ready')
       select bank_code as "bankCode", rail, because, min(not_before) as until,
              count(distinct id)::int as submissions, count(*)::int as payments, sum(amount)::text as total
         from waiting group by bank_code, rail, because, told
        order by min(not_before), bank_code, rail, because limit ${MOST_GROUPS}`,
      [given.runId, given.now],
    );
  }

  history(tx: Tx, runId: string): Promise<RunEvent[]> {
    return rows<RunEvent>(
      tx,
      `select at, happened, from_state as "from", to_state as "to", actor_kind as "actorKind",
              actor_name as "actorName", reason
         from run_history where run_id = $1 order by id`,
      [runId],
    );
  }
}
