import { Injectable } from '@nestjs/common';
import { OFFICE_ZONE } from '../kernel/index.js';
import { Database, rows } from '../platform/database/index.js';
import type { ExceptionKind } from './exception.rules.js';

/** Open exceptions of one bank and kind. */
export interface OpenDifference {
  readonly bank: string;
  readonly kind: ExceptionKind;
  readonly count: number;
  /** Decimal digits in đồng; of what has no amount, nothing. */
  readonly total: string;
  readonly oldest: Date;
}

/** What does not fit and what is not proven, for the monitoring screens. */
@Injectable()
export class DifferenceReads {
  constructor(private readonly database: Database) {}

  open(): Promise<OpenDifference[]> {
    return rows<OpenDifference>(
      this.database.reader,
      `select bank, kind, count(*)::int as count, coalesce(sum(amount), 0)::text as total, min(opened_at) as oldest
         from reconciliation_exception where state = 'open' group by 1, 2`,
    );
  }

  /**
   * The oldest money of each bank that no statement proves: a payment that its statements should have and have not, or
   * the first message that the bank answered after the last day of which a whole statement has come. One look into the
   * index of attempts for each bank, not one for each payment.
   */
  unproven(banks: readonly string[]): Promise<{ bank: string; oldest: Date }[]> {
    return rows(
      this.database.reader,
      `select b.bank, least(missing.at, sent.at) as oldest
         from unnest($1::text[]) as b (bank)
        cross join lateral (
          select max((s.to_date + 1)::timestamp at time zone '${OFFICE_ZONE}') as until from statement s
           where s.bank = b.bank and s.account is null and s.state = 'complete') covered
        cross join lateral (
          select min(x.from_date::timestamp at time zone '${OFFICE_ZONE}') as at from reconciliation_exception x
           where x.bank = b.bank and x.kind = 'paid-missing' and x.state = 'open') missing
        cross join lateral (
          select min(a.ended_at) as at from attempt_view a
           where a.bank_code = b.bank and a.kind = 'pay' and a.outcome in ('answered', 'partly', 'delivered')
             and a.ended_at >= coalesce(covered.until, '-infinity')) sent
        where least(missing.at, sent.at) is not null`,
      [banks],
    );
  }
}
