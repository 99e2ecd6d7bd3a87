import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../platform/database/index.js';
import type { RunState } from './run.lifecycle.js';

/** What a list waits for. `done`: for nobody; every payment of it has its outcome. */
export const HAND_OVER_STATES = ['to-make', 'to-download', 'to-upload', 'awaiting-result'] as const;
export type HandOverState = (typeof HAND_OVER_STATES)[number];
/** Those whose next step a person takes towards the bank; else it is the bank's turn. */
export const TO_CARRY: readonly HandOverState[] = ['to-make', 'to-download', 'to-upload'];

export interface HandedFile {
  id: string;
  name: string;
  sha256: string;
  byteSize: number;
  payments: number;
  total: string;
}

export interface HandOverRow {
  submissionId: string;
  messageReference: string;
  bank: string;
  runId: string;
  runState: RunState;
  batchId: string;
  batchNumber: string;
  submissionState: 'waiting' | 'sending' | 'answered' | 'cancelled';
  notBefore: Date;
  state: HandOverState | 'done';
  /** Since when it waits so. */
  since: Date;
  /** Payments without an outcome, and their sum in đồng. */
  open: number;
  openTotal: string;
  file: HandedFile | null;
  /** How the last attempt to make it ended; null when there was none or it is still under way. */
  lastOutcome: string | null;
  lastWhy: string | null;
}

export interface WaitingLists {
  bankCode: string;
  count: number;
  total: string;
  oldest: Date;
  latest: Date;
}

/**
 * One row for every message to a bank whose lists people carry. Its file is the one that stands: a list that was given
 * up is none. What waits for a person waits since the run let it, the file was made, or it moved last.
 */
const LISTS = `
  select s.id as submission_id, s.reference, s.bank_code, s.run_id, r.state as run_state, r.batch_id, r.batch_number,
         s.state as submission_state, s.not_before, o.open, o.total as open_total,
         f.file_id, f.file_name, f.sha256, f.byte_size, f.payment_count, f.total_amount,
         a.outcome, a.why,
         case when f.file_id is null and s.state = 'waiting' and r.cancel_requested_at is null then 'to-make'
              when f.file_id is null or o.unsettled = 0 then 'done'
              when f.state = 'made' then 'to-download'
              when f.state = 'downloaded' then 'to-upload'
              else 'awaiting-result' end as state,
         case when f.file_id is null then greatest(s.not_before, r.started_at)
              else (select max(h.at) from bank_file_history_view h where h.file_id = f.file_id) end as since
    from submission s
    join payment_run r on r.id = s.run_id
    cross join lateral (
      select count(*) filter (where p.state in ('ready', 'sending', 'accepted', 'unknown'))::int as open,
             coalesce(sum(p.amount) filter (where p.state in ('ready', 'sending', 'accepted', 'unknown')), 0)::text as total,
             count(*) filter (where p.state in ('sending', 'accepted', 'unknown'))::int as unsettled
        from payment p where p.submission_id = s.id) o
    left join lateral (
      select v.* from bank_file_view v
       where v.bank_code = s.bank_code and v.message_reference = s.reference and v.direction = 'out' and v.state <> 'void'
       order by v.file_id desc limit 1) f on true
    left join lateral (
      select t.outcome, t.why from attempt t where t.submission_id = s.id order by t.started_at desc limit 1) a on true`;

const COLUMNS = `
  l.submission_id as "submissionId", l.reference as "messageReference", l.bank_code as bank, l.run_id as "runId",
  l.run_state as "runState", l.batch_id as "batchId", l.batch_number as "batchNumber",
  l.submission_state as "submissionState", l.not_before as "notBefore", l.state, coalesce(l.since, l.not_before) as since,
  l.open, l.open_total as "openTotal", l.outcome as "lastOutcome", l.why as "lastWhy",
  case when l.file_id is not null then json_build_object(
    'id', l.file_id, 'name', l.file_name, 'sha256', l.sha256, 'byteSize', l.byte_size,
    'payments', l.payment_count, 'total', l.total_amount::text) end as file`;

/** Only messages that may still wait: the others are many. */
const OPEN = `(s.state = 'waiting' or exists (
  select 1 from payment p where p.submission_id = s.id and p.state in ('sending', 'accepted', 'unknown')))`;

/** Of some banks ($1), what waits for a person or a result at $2. */
const WAITING = `
  l as (${LISTS} where s.bank_code = any($1::text[]) and ${OPEN}),
  waits as (
    select * from l
     where l.state <> 'done'
       and (l.state <> 'to-make' or (l.run_state = 'running' and l.not_before <= $2 and l.open > 0)))`;

/** Lists that people carry to a bank: what waits for whom. */
@Injectable()
export class HandOverReads {
  one(tx: Tx, submissionId: string): Promise<HandOverRow | null> {
    return one<HandOverRow>(tx, `with l as (${LISTS} where s.id = $1) select ${COLUMNS} from l`, [
      submissionId,
    ]);
  }

  /** What a list that was made is about, and how many of its people died or are on hold by now. */
  made(
    tx: Tx,
    fileId: string,
  ): Promise<{
    submissionId: string;
    runState: RunState;
    isCancelling: boolean;
    held: number;
  } | null> {
    return one(
      tx,
      `select s.id as "submissionId", r.state as "runState", r.cancel_requested_at is not null as "isCancelling",
              (select count(*)::int from payment p join payee_view b on b.beneficiary_id = p.beneficiary_id
                where p.submission_id = s.id and p.state in ('sending', 'accepted', 'unknown')
                  and (b.hold_reason is not null or b.deceased_on is not null)) as held
         from bank_file_view f
         join submission s on s.bank_code = f.bank_code and s.reference = f.message_reference
         join payment_run r on r.id = s.run_id
        where f.file_id = $1 and f.direction = 'out'`,
      [fileId],
    );
  }

  /** Every list of a run for these banks, with those that wait for nobody, in the order they were made up. */
  ofRun(
    tx: Tx,
    query: { runId: string; banks: readonly string[]; after: string | null; limit: number },
  ): Promise<HandOverRow[]> {
    return rows<HandOverRow>(
      tx,
      `with l as (${LISTS} where s.run_id = $1 and s.bank_code = any($2::text[])
                     and ($3::uuid is null or s.id > $3) order by s.id limit $4)
       select ${COLUMNS} from l order by l.submission_id`,
      [query.runId, query.banks, query.after, query.limit],
    );
  }

  /** Of these banks, what waits for a person or a result at `now`; the oldest first. */
  waiting(
    tx: Tx,
    query: {
      banks: readonly string[];
      now: Date;
      states?: readonly HandOverState[];
      after: { since: string; id: string } | null;
      limit: number;
    },
  ): Promise<HandOverRow[]> {
    return rows<HandOverRow>(
      tx,
      `with ${WAITING}
       select ${COLUMNS} from waits l
        where ($3::text[] is null or l.state = any($3))
          and ($4::timestamptz is null or (coalesce(l.since, l.not_before), l.submission_id) > ($4, $5::uuid))
        order by coalesce(l.since, l.not_before), l.submission_id limit $6`,
      [
        query.banks,
        query.now,
        query.states ?? null,
        query.after?.since ?? null,
        query.after?.id ?? null,
        query.limit,
      ],
    );
  }

  /** How many of these banks' lists a person must carry at `now`, of how much that has no outcome, the oldest since. */
  async toCarry(
    tx: Tx,
    query: { banks: readonly string[]; now: Date },
  ): Promise<{ count: number; total: string; oldest: Date | null }> {
    const found = await one<{ count: number; total: string; oldest: Date | null }>(
      tx,
      `with ${WAITING}
       select count(*)::int as count, coalesce(sum(l.open_total::numeric), 0)::text as total,
              min(coalesce(l.since, l.not_before)) as oldest
         from waits l where l.state = any($3)`,
      [query.banks, query.now, TO_CARRY],
    );
    return found ?? { count: 0, total: '0', oldest: null };
  }

  /** Per bank, the lists that have waited for a person since before `before`, or for a result since before `resultBefore`. */
  overdue(
    tx: Tx,
    given: {
      now: Date;
      banks: readonly { code: string; before: Date; resultBefore: Date }[];
    },
  ): Promise<WaitingLists[]> {
    return rows<WaitingLists>(
      tx,
      `with l as (${LISTS} where s.bank_code = any($1::text[]) and ${OPEN}),
       late as (
         select l.bank_code, l.open_total, coalesce(l.since, l.not_before) as since
           from l join unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) as b (code, before, result_before)
             on b.code = l.bank_code
          where l.state <> 'done'
            and (l.state <> 'to-make' or (l.run_state = 'running' and l.not_before <= $4 and l.open > 0))
            and coalesce(l.since, l.not_before)
                <= case when l.state = 'awaiting-result' then b.result_before else b.before end)
       select bank_code as "bankCode", count(*)::int as count, sum(open_total::numeric)::text as total,
              min(since) as oldest, max(since) as latest
         from late group by 1 order by 1`,
      [
        given.banks.map(({ code }) => code),
        given.banks.map(({ before }) => before),
        given.banks.map(({ resultBefore }) => resultBefore),
        given.now,
      ],
    );
  }
}
