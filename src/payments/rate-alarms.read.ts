import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/index.js';

export interface FailureRate {
  bankCode: string;
  reasonCode: string;
  count: number;
  total: string;
  /** Payments that the bank was sent in the same time; never fewer than `count`. */
  sent: number;
  oldest: Date;
  latest: Date;
}

export interface LateSettlements {
  bankCode: string;
  count: number;
  total: string;
  /** When the oldest was to be settled. */
  oldest: Date;
  latest: Date;
}

/** How payments fare through each bank, over a time. Reads only. */
@Injectable()
export class PaymentRates {
  /**
   * Payments of each bank and reason that failed since `since`, where they are at least so many. What was sent is
   * counted by the messages, and only for banks that have such: an ordinary day costs one look at what failed.
   */
  failures(tx: Tx, given: { since: Date; atLeast: number }): Promise<FailureRate[]> {
    return rows<FailureRate>(
      tx,
      `with failed as (
         select bank_code, reason_code, count(*)::int as count, sum(amount)::text as total,
                min(changed_at) as oldest, max(changed_at) as latest
           from payment
          where aside in ('rejected', 'returned') and reason_code is not null and aside_since >= $1
          group by 1, 2 having count(*) >= $2)
       select f.bank_code as "bankCode", f.reason_code as "reasonCode", f.count, f.total, f.oldest, f.latest,
              greatest(f.count, (select coalesce(sum(a.payment_count), 0)::int from attempt a
                                  where a.bank_code = f.bank_code and a.kind = 'pay' and a.started_at >= $1)) as sent
         from failed f order by 1, 2`,
      [given.since, given.atLeast],
    );
  }

  /**
   * Payments that a bank took longer ago than `afterMs` and has not settled, counted from when its word was due. Only
   * runs that began so long ago are looked at.
   */
  lateSettlements(tx: Tx, given: { now: Date; afterMs: number }): Promise<LateSettlements[]> {
    return rows<LateSettlements>(
      tx,
      `with long_ago as materialized (
         select r.id from payment_run r
          where r.state <> 'finished' and r.created_at <= $1::timestamptz - make_interval(secs => $2::float8 / 1000)
            and (select sum(t.payments) from payment_tally t where t.run_id = r.id and t.state = 'accepted') > 0)
       select p.bank_code as "bankCode", count(*)::int as count, sum(p.amount)::text as total,
              min(p.due) + make_interval(secs => $2::float8 / 1000) as oldest,
              max(p.due) + make_interval(secs => $2::float8 / 1000) as latest
         from long_ago r
        cross join lateral (
          select bank_code, amount, greatest(first_sent_at, answer_due_at) as due from payment
           where run_id = r.id and state = 'accepted' offset 0) p
        where p.due <= $1::timestamptz - make_interval(secs => $2::float8 / 1000)
        group by 1 order by 1`,
      [given.now, given.afterMs],
    );
  }
}
