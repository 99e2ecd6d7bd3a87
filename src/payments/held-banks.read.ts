import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/index.js';

/** What waits for a bank that is not called, or not as usual. */
interface Waiting {
  bankCode: string;
  /** Payments of running runs that are ready and not sent. */
  waiting: number;
  /** … in đồng. */
  total: string;
  /** Sent, and nobody knows what became of them. */
  inDoubt: number;
}

export interface UnreachableBank extends Waiting {
  failingSince: Date;
  /** Null while the breaker is closed: too few calls were made to open it, and none of them was answered. */
  nextProbeAt: Date | null;
}

export interface SwitchedOffBank extends Waiting {
  at: Date;
  by: string;
  reason: string;
}

export interface PausedBank extends Waiting {
  until: Date;
  changedAt: Date;
}

const WAITING = `
  cross join lateral (
    select count(*)::int as waiting, coalesce(sum(p.amount), 0)::text as total
      from submission s join payment_run r on r.id = s.run_id
      join payment p on p.submission_id = s.id and p.state = 'ready'
     where s.bank_code = h.bank_code and s.state = 'waiting'
       and r.state = 'running' and r.cancel_requested_at is null) w
  cross join lateral (
    select count(*)::int as doubts from payment p where p.bank_code = h.bank_code and p.aside = 'unknown') d`;

const COUNTS = `h.bank_code as "bankCode", w.waiting, w.total, d.doubts as "inDoubt"`;

/** Banks that cannot be called, or must not, and what waits for them. Reads only. */
@Injectable()
export class HeldBanks {
  /**
   * Banks of which no call has been answered for so long: their breaker is not closed, or too few calls were made to
   * open it.
   */
  unreachable(tx: Tx, given: { now: Date; silentMs: number }): Promise<UnreachableBank[]> {
    return rows<UnreachableBank>(
      tx,
      `select ${COUNTS}, h.failing_since as "failingSince", h.next_probe_at as "nextProbeAt"
         from bank_health_view h ${WAITING}
        where h.failing_since is not null
          and case when h.state = 'closed' then h.last_failed_at else $1::timestamptz end
              >= h.failing_since + make_interval(secs => $2::float8 / 1000)
        order by h.bank_code`,
      [given.now, given.silentMs],
    );
  }

  switchedOff(tx: Tx): Promise<SwitchedOffBank[]> {
    return rows<SwitchedOffBank>(
      tx,
      `select ${COUNTS}, h.switched_off_at as at, h.switched_off_name as by, h.switched_off_reason as reason
         from bank_health_view h ${WAITING}
        where h.switched_off_at is not null order by h.bank_code`,
    );
  }

  /** Banks that asked to be left alone beyond `beyond`, while something waits for them. */
  pausedBeyond(tx: Tx, given: { beyond: Date }): Promise<PausedBank[]> {
    return rows<PausedBank>(
      tx,
      `select ${COUNTS}, h.paused_until as until, h.changed_at as "changedAt"
         from bank_health_view h ${WAITING}
        where h.paused_until > $1 and h.state = 'closed' and h.switched_off_at is null
          and w.waiting + d.doubts > 0
        order by h.bank_code`,
      [given.beyond],
    );
  }
}
