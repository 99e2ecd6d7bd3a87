import { Injectable } from '@nestjs/common';
import type { PaymentState, RunState } from '../payments/index.js';
import { rows, type Tx } from '../platform/database/index.js';

export interface ApprovedRow {
  programme: string;
  batches: number;
  count: number;
  total: string;
  /** Of it: signed once more for payments that had failed. */
  againCount: number;
  againTotal: string;
  /** Of it: whose payments are not made yet. That takes seconds. */
  unbornCount: number;
  unbornTotal: string;
}

export interface StandingRow {
  programme: string;
  state: PaymentState;
  count: number;
  total: string;
}

export interface FailureRow {
  reasonCode: string;
  state: 'rejected' | 'returned' | 'cancelled';
  count: number;
  total: string;
}

export interface RunUnderWay {
  runId: string;
  batchId: string;
  batchNumber: string;
  programme: string;
  period: string;
  state: RunState;
  payments: number;
  total: string;
  scheduledFor: Date;
  deadlineAt: Date;
  startedAt: Date | null;
  states: Partial<Record<PaymentState, { count: number; total: string }>>;
}

/** Runs that are shown on one page; an office has two or three at once. */
const RUNS_SHOWN = 20;

// A batch is paid from one month's budget and so belongs to one month, whatever its period is called. What every move
// has added up is read, and no payment.
const BY_RUN = `
  select p.run_id, p.state, sum(p.payments) as n, sum(p.total) as total
    from payment_tally_view p
   where p.run_id in (select r.run_id from approval_view a join run_view r on r.batch_id = a.batch_id
                       where a.budget_month = $1)
   group by p.run_id, p.state having sum(p.payments) > 0`;

/** The money of a budget month (`yyyy-mm`): what was signed, and where it is. Reads only. */
@Injectable()
export class MonthMoneyRead {
  /**
   * Both sides of the equation as they stood at one moment: what was signed, which no payment was asked for, and what
   * the payments say, which no batch was asked for.
   */
  async standing(
    tx: Tx,
    month: string,
  ): Promise<{ approved: ApprovedRow[]; standing: StandingRow[] }> {
    const [found] = await rows<{ approved: ApprovedRow[]; standing: StandingRow[] }>(
      tx,
      `with signed as (
         select b.programme, count(*) as batches, sum(a.line_count)::int as count, sum(a.total_amount)::text as total,
                coalesce(sum(a.line_count) filter (where b.follow_up_of is not null), 0)::int as "againCount",
                coalesce(sum(a.total_amount) filter (where b.follow_up_of is not null), 0)::text as "againTotal",
                coalesce(sum(a.line_count) filter (where r.run_id is null), 0)::int as "unbornCount",
                coalesce(sum(a.total_amount) filter (where r.run_id is null), 0)::text as "unbornTotal"
           from approval_view a
           join batch_view b on b.batch_id = a.batch_id
           left join run_view r on r.batch_id = a.batch_id
          where a.budget_month = $1
          group by b.programme),
       told as (
         select r.programme, p.state, sum(p.n)::int as count, sum(p.total)::text as total
           from (${BY_RUN}) p join run_view r on r.run_id = p.run_id
          group by r.programme, p.state)
       select coalesce((select jsonb_agg(to_jsonb(s) order by s.programme) from signed s), '[]') as approved,
              coalesce((select jsonb_agg(to_jsonb(t) order by t.programme, t.state) from told t), '[]') as standing`,
      [month],
    );
    return found ?? { approved: [], standing: [] };
  }

  /** Why payments of the month failed, the most frequent first. */
  failures(tx: Tx, month: string, limit: number): Promise<FailureRow[]> {
    return rows<FailureRow>(
      tx,
      `select p.reason_code as "reasonCode", p.state, count(*)::int as count, sum(p.amount)::text as total
         from payment_view p
        where p.run_id in (select r.run_id from approval_view a join run_view r on r.batch_id = a.batch_id
                            where a.budget_month = $1)
          and p.aside in ('rejected', 'returned', 'cancelled') and p.reason_code is not null
        group by p.reason_code, p.state
        order by count(*) desc, p.reason_code, p.state limit $2`,
      [month, limit],
    );
  }

  /** Runs that are not finished, the newest first, with what became of their payments so far. */
  runsUnderWay(tx: Tx): Promise<RunUnderWay[]> {
    return rows<RunUnderWay>(
      tx,
      `select r.run_id as "runId", r.batch_id as "batchId", r.batch_number as "batchNumber", r.programme, r.period,
              r.state, r.payment_count as payments, r.total_amount::text as total, r.scheduled_for as "scheduledFor",
              r.deadline_at as "deadlineAt", r.started_at as "startedAt",
              coalesce((select jsonb_object_agg(s.state, jsonb_build_object('count', s.n, 'total', s.total::text))
                          from (select p.state, sum(p.payments) as n, sum(p.total) as total from payment_tally_view p
                                 where p.run_id = r.run_id group by p.state having sum(p.payments) > 0) s), '{}') as states
         from run_view r
        where r.state in ('scheduled', 'running', 'paused')
        order by r.run_id desc limit ${RUNS_SHOWN}`,
    );
  }
}
