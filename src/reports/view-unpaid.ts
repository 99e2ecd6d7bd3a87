import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/index.js';
import { encodeCursor, type Page } from '../platform/http/index.js';
import { summed, type Figure } from './equation.rules.js';
import {
  UNPAID_REASONS,
  UnpaidRead,
  type UnpaidFilter,
  type UnpaidKey,
  type UnpaidReason,
  type UnpaidRow,
} from './unpaid.read.js';

export interface UnpaidByReason {
  readonly reason: UnpaidReason;
  /** Of the period itself. */
  readonly own: Figure;
  /** Of earlier periods, carried over. */
  readonly carriedOver: Figure;
  readonly all: Figure;
}

export interface UnpaidTotals {
  readonly reasons: readonly UnpaidByReason[];
  readonly all: Omit<UnpaidByReason, 'reason'>;
}

/** What is owed and not paid, who and why. Reads only. */
@Injectable()
export class ViewUnpaid {
  constructor(
    private readonly database: Database,
    private readonly read: UnpaidRead,
  ) {}

  async totals(filter: UnpaidFilter): Promise<UnpaidTotals> {
    const found = await this.read.totals(this.database.reader, filter);
    const of = (reason: UnpaidReason | null): Omit<UnpaidByReason, 'reason'> => {
      const some = found.filter((row) => reason === null || row.reason === reason);
      const isOwn = (row: { period: string }): boolean => row.period === filter.period;
      return {
        own: summed(some.filter(isOwn)),
        carriedOver: summed(some.filter((row) => !isOwn(row))),
        all: summed(some),
      };
    };
    const reasons = UNPAID_REASONS.map((reason) => ({ reason, ...of(reason) }));
    return { reasons: reasons.filter(({ all }) => all.count > 0), all: of(null) };
  }

  async list(
    filter: UnpaidFilter,
    page: { after: UnpaidKey | null; limit: number },
  ): Promise<Page<UnpaidRow>> {
    const found = await this.read.list(this.database.reader, {
      ...filter,
      after: page.after,
      limit: page.limit + 1,
    });
    const items = found.slice(0, page.limit);
    const last = items.at(-1);
    const key: UnpaidKey | undefined = last && {
      period: last.period,
      commune: last.communeCode,
      id: last.entitlementId,
    };
    return { items, nextCursor: found.length > page.limit && key ? encodeCursor(key) : null };
  }
}
