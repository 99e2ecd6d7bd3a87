import { Injectable } from '@nestjs/common';
import { Database, rows } from '../platform/database/index.js';

/** What waits for one bank, and what it was asked last. */
export interface BankWork {
  readonly bankCode: string;
  /** Payments of running runs that are ready and not sent; with `isMore` at least so many. */
  readonly waiting: number;
  /** … in đồng. */
  readonly total: string;
  readonly isMore: boolean;
  /** When the first of them goes, and the rule that holds it back. */
  readonly nextAt: Date | null;
  readonly because: string | null;
  /** Sent, and nobody knows what became of them. */
  readonly inDoubt: number;
}

export interface BankCallRow {
  readonly id: string;
  readonly kind: 'pay' | 'enquire';
  readonly payments: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly outcome: 'answered' | 'partly' | 'not-sent' | 'unknown' | 'lost' | null;
  readonly why: string | null;
}

/** Where a page of calls begins. */
export interface CallKey {
  readonly startedAt: string;
  readonly id: string;
}

export interface CallTally {
  readonly outcome: BankCallRow['outcome'];
  readonly calls: number;
}

/** Waiting payments beyond so many are not counted: a page tells that they are more. */
export const COUNTED_MOST = 50_000;
/** So many of the latest calls are tallied. */
export const TALLIED_CALLS = 1_000;

/** What banks have before them and how they answered lately. Reads only. */
@Injectable()
export class BankWorkReads {
  constructor(private readonly database: Database) {}

  /** One row for each of these banks, in their order. */
  waiting(of: { banks: readonly string[]; now: Date }): Promise<BankWork[]> {
    return rows<BankWork>(
      this.database.reader,
      `select b.code as "bankCode", least(w.waiting, $3)::int as waiting, w.total, w.waiting > $3 as "isMore",
              first.not_before as "nextAt",
              case when first.not_before > $2 then first.waits_because end as because, d.doubts as "inDoubt"
         from unnest($1::text[]) with ordinality as b (code, at)
         cross join lateral (
           select count(*) as waiting, coalesce(sum(r.amount), 0)::text as total
             from (select p.amount
                     from submission s join payment_run r on r.id = s.run_id
                     join payment p on p.submission_id = s.id and p.state = 'ready'
                    where s.bank_code = b.code and s.state = 'waiting'
                      and r.state = 'running' and r.cancel_requested_at is null limit $3 + 1) r) w
         left join lateral (
           select s.not_before, s.waits_because
             from submission s join payment_run r on r.id = s.run_id
            where s.bank_code = b.code and s.state = 'waiting'
              and r.state = 'running' and r.cancel_requested_at is null
            order by s.not_before limit 1) first on true
         cross join lateral (
           select count(*)::int as doubts from payment p where p.aside = 'unknown' and p.bank_code = b.code) d
        order by b.at`,
      [of.banks, of.now, COUNTED_MOST],
    );
  }

  /** Calls of a bank, the newest first. */
  calls(of: { bankCode: string; before: CallKey | null; limit: number }): Promise<BankCallRow[]> {
    return rows<BankCallRow>(
      this.database.reader,
      `select id, kind, payment_count as payments, started_at as "startedAt", ended_at as "endedAt", outcome, why
         from attempt
        where bank_code = $1 and ($2::timestamptz is null or (started_at, id) < ($2, $3::uuid))
        order by started_at desc, id desc limit $4`,
      [of.bankCode, of.before?.startedAt ?? null, of.before?.id ?? null, of.limit],
    );
  }

  /** How the latest calls of a bank ended. */
  tally(bankCode: string): Promise<CallTally[]> {
    return rows<CallTally>(
      this.database.reader,
      `select outcome, count(*)::int as calls
         from (select outcome from attempt where bank_code = $1 order by started_at desc limit $2) latest
        group by outcome order by calls desc, outcome`,
      [bankCode, TALLIED_CALLS],
    );
  }
}
