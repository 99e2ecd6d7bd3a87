import { Injectable } from '@nestjs/common';
import { Database, one, rows } from '../platform/database/index.js';
import { STAGES, type Stage } from './stages.js';

/** What went into an account of a fund, or out of it. */
export interface MovementRow {
  /** Of the entry: bigint, as text. */
  readonly id: string;
  readonly transactionId: string;
  readonly kind: string;
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly at: Date;
  readonly month: string;
  readonly stage: Stage;
  /** Whole đồng; below zero what left the account. */
  readonly amount: string;
}

export interface MovementFilter {
  readonly fund: string;
  /** First and last budget month, `yyyy-mm`, of one year. */
  readonly from: string;
  readonly to: string;
  /** All of them when absent. */
  readonly stage?: Stage;
}

export interface PostingDetail {
  readonly id: string;
  readonly kind: string;
  readonly sourceType: string;
  readonly sourceId: string | null;
  readonly at: Date;
  readonly entries: readonly {
    readonly fund: string;
    readonly month: string;
    readonly stage: Stage;
    readonly amount: string;
  }[];
}

/** The statement of a fund: every entry of its accounts. Reads only. */
@Injectable()
export class FundMovements {
  constructor(private readonly database: Database) {}

  /**
   * Newest first, before the given entry. The newest of each account are taken, and of those the newest; `between`
   * instead of `=`, so that no other index than the accounts' own gives the order.
   */
  list(
    filter: MovementFilter,
    page: { before: string | null; limit: number },
  ): Promise<MovementRow[]> {
    return rows<MovementRow>(
      this.database.reader,
      `select e.id, e.transaction_id as "transactionId", t.kind, t.source_type as "sourceType",
              t.source_id as "sourceId", t.at, e.month, e.stage, e.amount::text as amount
         from (select n.id
                 from unnest($2::char(7)[]) as m (month) cross join unnest($3::text[]) as s (stage)
                cross join lateral (
                  select e.id from ledger_entry e
                   where e.fund = $1 and e.month = m.month and e.stage between s.stage and s.stage
                     and ($4::bigint is null or e.id < $4::bigint)
                   order by e.stage desc, e.id desc limit $5) n
                order by n.id desc limit $5) newest
         join ledger_entry e on e.id = newest.id
         join ledger_transaction t on t.id = e.transaction_id
        order by e.id desc`,
      [
        filter.fund,
        monthsOf(filter),
        filter.stage === undefined ? STAGES : [filter.stage],
        page.before,
        page.limit,
      ],
    );
  }

  posting(id: string): Promise<PostingDetail | null> {
    return one<PostingDetail>(
      this.database.reader,
      `select t.id, t.kind, t.source_type as "sourceType", t.source_id as "sourceId", t.at,
              (select jsonb_agg(jsonb_build_object('fund', e.fund, 'month', e.month, 'stage', e.stage,
                                                   'amount', e.amount::text) order by e.id)
                 from ledger_entry e where e.transaction_id = t.id) as entries
         from ledger_transaction t where t.id = $1`,
      [id],
    );
  }
}

function monthsOf({ from, to }: MovementFilter): string[] {
  const year = from.slice(0, 4);
  const all = Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`);
  return all.filter((month) => month >= from && month <= to);
}
