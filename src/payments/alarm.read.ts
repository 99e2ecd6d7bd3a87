import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/index.js';
import { NOT_AS_SIGNED } from './stop-tampered-run.js';

export interface FailedGroup {
  batchId: string;
  batchNumber: string;
  /** Null when several banks refused for that reason. */
  bankCode: string | null;
  /** `cancelled`: taken back before it was sent, because the payee was put on hold. */
  state: 'rejected' | 'returned' | 'cancelled';
  reasonCode: string;
  count: number;
  total: string;
  oldest: Date;
  latest: Date;
}

export interface UnknownGroup {
  bankCode: string;
  count: number;
  total: string;
  oldest: Date;
  latest: Date;
}

export interface LateRun {
  runId: string;
  batchId: string;
  batchNumber: string;
  deadlineAt: Date;
  unfinished: number;
}

export interface ConflictGroup {
  batchId: string;
  bankCode: string;
  count: number;
  latest: Date;
}

export interface StoppedRun {
  runId: string;
  batchId: string;
  batchNumber: string;
  stoppedAt: Date;
}

export interface MissingRun {
  batchId: string;
  batchNumber: string;
  approvedAt: Date;
}

export interface UntakenWork {
  bankCode: string;
  count: number;
  total: string;
  since: Date;
}

export interface MissingRail {
  bankCode: string;
  rail: string;
  count: number;
  total: string;
  since: Date;
}

/** What about payments should worry somebody now: whole states of affairs, not events. Reads only. */
@Injectable()
export class PaymentAlarms {
  /**
   * Failed payments that nothing has paid again and whose entitlement is still owed; and those withheld from
   * payees on hold, until they are in another batch.
   */
  failures(tx: Tx): Promise<FailedGroup[]> {
    return rows<FailedGroup>(
      tx,
      `select p.batch_id as "batchId", r.batch_number as "batchNumber", p.state, p.reason_code as "reasonCode",
              case when min(p.bank_code) = max(p.bank_code) then min(p.bank_code) end as "bankCode",
              count(*)::int as count, sum(p.amount)::text as total,
              min(p.changed_at) as oldest, max(p.changed_at) as latest
         from payment p
         join payment_run r on r.id = p.run_id
         join payable_entitlement_view e on e.entitlement_id = p.entitlement_id
        where ((p.aside in ('rejected', 'returned') and e.state not in ('ended', 'paid'))
               or (p.aside = 'cancelled' and p.reason_code is not null and e.state = 'open'))
          and not exists (select 1 from payment_key n where n.reissue_of = p.id and not n.is_cancelled)
        group by 1, 2, 3, 4
        order by 1, 3, 4`,
    );
  }

  /** Doubts count from when the bank's answer was due, where it answers later by itself. */
  unknownSince(tx: Tx, before: Date): Promise<UnknownGroup[]> {
    return rows<UnknownGroup>(
      tx,
      `select bank_code as "bankCode", count(*)::int as count, sum(amount)::text as total,
              min(greatest(unknown_since, answer_due_at)) as oldest,
              max(greatest(unknown_since, answer_due_at)) as latest
         from payment where aside = 'unknown' and greatest(unknown_since, answer_due_at) <= $1
        group by 1 order by 1`,
      [before],
    );
  }

  runsPastDeadline(tx: Tx, now: Date): Promise<LateRun[]> {
    return rows<LateRun>(
      tx,
      `select r.id as "runId", r.batch_id as "batchId", r.batch_number as "batchNumber",
              r.deadline_at as "deadlineAt",
              (select coalesce(sum(t.payments), 0)::int from payment_tally t where t.run_id = r.id
                  and t.state in ('ready', 'sending', 'accepted', 'unknown')) as unfinished
         from payment_run r where r.state <> 'finished' and r.deadline_at < $1 order by r.id`,
      [now],
    );
  }

  /**
   * Banks for which submissions have been due since before `before` and nobody has called the bank since: the
   * workers take nothing. A run that somebody has just resumed is given its time; a bank that is away, paused or
   * switched off takes nothing by order, and one that was so until just now is given its time as well. A list
   * waits for a person, not for workers: `HandOverAlarms` tell of the banks in `byHand`.
   */
  untakenWork(
    tx: Tx,
    { before, byHand }: { before: Date; byHand: readonly string[] },
  ): Promise<UntakenWork[]> {
    return rows<UntakenWork>(
      tx,
      `select s.bank_code as "bankCode", count(*)::int as count, sum(s.total_amount)::text as total,
              min(s.not_before) as since
         from submission s join payment_run r on r.id = s.run_id
        where s.state = 'waiting' and s.not_before <= $1
          and r.state = 'running' and r.cancel_requested_at is null
          and not exists (select 1 from run_history h where h.run_id = r.id and h.at > $1)
          and not exists (select 1 from bank_health_view h where h.bank_code = s.bank_code
                             and (h.state <> 'closed' or h.switched_off_at is not null or h.paused_until > $1
                                  or h.changed_at > $1))
          and not exists (select 1 from attempt a where a.bank_code = s.bank_code and a.started_at > $1)
          and s.bank_code <> all($2::text[])
        group by 1 order by 1`,
      [before, byHand],
    );
  }

  /** Payments whose rail the bank's file has no more: they take no other, and wait for it to come back. */
  missingRails(tx: Tx): Promise<MissingRail[]> {
    return rows<MissingRail>(
      tx,
      `select s.bank_code as "bankCode", s.rail, sum(s.payment_count)::int as count, sum(s.total_amount)::text as total,
              min((select max(w.at) from submission_wait w where w.submission_id = s.id)) as since
         from submission s join payment_run r on r.id = s.run_id
        where s.state = 'waiting' and s.waits_because = 'no-such-rail' and r.state = 'running'
        group by 1, 2 order by 1, 2`,
    );
  }

  /** Where a bank's word contradicts something final. */
  conflicts(tx: Tx): Promise<ConflictGroup[]> {
    return rows<ConflictGroup>(
      tx,
      `select batch_id as "batchId", bank_code as "bankCode", count(*)::int as count, max(at) as latest
         from payment_conflict_view group by 1, 2 order by 1, 2`,
    );
  }

  /** Batches that were approved before `approvedBefore` and whose payments were never made. */
  missingRuns(tx: Tx, approvedBefore: Date): Promise<MissingRun[]> {
    return rows<MissingRun>(
      tx,
      `select b.batch_id as "batchId", b.number as "batchNumber", h.at as "approvedAt"
         from batch_view b
         join batch_history_view h on h.batch_id = b.batch_id and h.happened = 'approved'
        where b.state = 'approved' and h.at < $1
          and not exists (select 1 from payment_run r where r.batch_id = b.batch_id)
        order by b.batch_id`,
      [approvedBefore],
    );
  }

  /** Runs that were stopped because what was to be sent is not what was signed. */
  stoppedRuns(tx: Tx): Promise<StoppedRun[]> {
    return rows<StoppedRun>(
      tx,
      `select r.id as "runId", r.batch_id as "batchId", r.batch_number as "batchNumber",
              (select max(h.at) from run_history h
                where h.run_id = r.id and h.happened = 'paused') as "stoppedAt"
         from payment_run r where r.state = 'paused' and r.pause_reason = $1 order by r.id`,
      [NOT_AS_SIGNED],
    );
  }
}
