import { Injectable } from '@nestjs/common';
import { OFFICE_ZONE, startOfOfficeDay } from '../kernel/index.js';
import { Database, one, rows } from '../platform/database/index.js';
import type { ReconciliationState } from './reconciliation.lifecycle.js';

/** A span of the office's days, both included, ISO 8601; of one bank, or of all. */
export interface DaySpan {
  readonly bank: string | null;
  readonly from: string;
  readonly to: string;
}

/** A run whose days reach into a span. */
export interface RunOfDays {
  readonly id: string;
  readonly bank: string;
  /** The one account of ours that its statement speaks of; null when it speaks of all. */
  readonly account: string | null;
  readonly from: string;
  readonly to: string;
  readonly state: ReconciliationState;
  readonly requestedAt: Date;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly difference: string | null;
}

/** What moved at a bank on one day, and how much of it fits. */
export interface DayFigures {
  readonly bank: string;
  readonly day: string;
  readonly entries: number;
  /** Debits that prove a payment and credits that give one back. */
  readonly matched: number;
  /** Not looked at yet. */
  readonly waiting: number;
}

export interface DayExceptions {
  readonly bank: string;
  readonly day: string;
  readonly open: number;
}

/** Runs of more than so many days and banks are no page. */
const RUNS_SHOWN = 1_000;

/** Days beside banks: what was asked, what fits, what does not, what is closed. */
@Injectable()
export class ReconciliationDays {
  constructor(private readonly database: Database) {}

  /** The first day of which a bank was asked, or any of them; null when none was. */
  async earliest(bank: string | null): Promise<string | null> {
    const found = await one<{ day: string | null }>(
      this.database.reader,
      `select to_char(min(from_date), 'YYYY-MM-DD') as day from reconciliation
        where $1::text is null or bank = $1`,
      [bank],
    );
    return found?.day ?? null;
  }

  /** The latest first. */
  runs({ bank, from, to }: DaySpan): Promise<RunOfDays[]> {
    return rows<RunOfDays>(
      this.database.reader,
      `select r.id, r.bank, s.account, to_char(r.from_date, 'YYYY-MM-DD') as "from",
              to_char(r.to_date, 'YYYY-MM-DD') as "to", r.state, r.requested_at as "requestedAt",
              r.closed_at as "closedAt", r.closed_by_name as "closedBy", s.difference::text as difference
         from reconciliation r left join statement s on s.id = r.statement_row
        where r.from_date <= $3 and r.to_date >= $2 and ($1::text is null or r.bank = $1)
        order by r.id desc limit ${RUNS_SHOWN}`,
      [bank, from, to],
    );
  }

  entries({ bank, from, to }: DaySpan): Promise<DayFigures[]> {
    const until = new Date(startOfOfficeDay(to).getTime() + 24 * 3_600_000);
    return rows<DayFigures>(
      this.database.reader,
      `select bank, to_char(booked_at at time zone '${OFFICE_ZONE}', 'YYYY-MM-DD') as day, count(*)::int as entries,
              count(*) filter (where bucket in ('matched', 'returned', 'undone'))::int as matched,
              count(*) filter (where bucket is null)::int as waiting
         from statement_entry
        where booked_at >= $2 and booked_at < $3 and ($1::text is null or bank = $1)
        group by 1, 2`,
      [bank, startOfOfficeDay(from), until],
    );
  }

  /** One exception about several days stands in the way of each. */
  openExceptions({ bank, from, to }: DaySpan): Promise<DayExceptions[]> {
    return rows<DayExceptions>(
      this.database.reader,
      `select x.bank, to_char(d.day, 'YYYY-MM-DD') as day, count(*)::int as open
         from reconciliation_exception x
        cross join lateral generate_series(greatest(x.from_date, $2::date), least(x.to_date, $3::date),
                                           interval '1 day') d (day)
        where x.state = 'open' and x.from_date <= $3 and x.to_date >= $2 and ($1::text is null or x.bank = $1)
        group by 1, 2`,
      [bank, from, to],
    );
  }
}
