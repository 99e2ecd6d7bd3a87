import { Injectable } from '@nestjs/common';
import {
  Clock,
  lastDayOf,
  officeDate,
  previousPeriod,
  startOfOfficeDay,
  type Period,
} from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { encodeCursor, type Page } from '../platform/http/index.js';
import {
  CashlessRead,
  type CashlessFilter,
  type CashlessGroup,
  type CashPerson,
} from './cashless.read.js';
import { inAll, sharesOf, type CommuneShares } from './cashless.rules.js';
import { ReportSettings, type Target } from './report.settings.js';

export interface CashlessReport {
  readonly period: Period;
  readonly target: Target | null;
  readonly communes: readonly CommuneShares[];
  /** Of all communes together. */
  readonly all: CommuneShares;
}

export interface TrendPoint {
  readonly period: Period;
  readonly target: Target | null;
  readonly all: CommuneShares;
}

const TREND_PERIODS = 12;
/** Months that are over change seldom (a payment comes back, a list comes late): they are counted anew so often. */
const KEPT_MS = 15 * 60_000;
const KEPT_MOST = 2_000;
const DAY_MS = 24 * 3_600_000;

/** The share of people paid without cash. Reads only; what months that are over came to is kept for a while. */
@Injectable()
export class ViewCashless {
  private readonly kept = new Map<string, { at: number; report: CashlessReport }>();

  constructor(
    private readonly database: Database,
    private readonly read: CashlessRead,
    private readonly settings: ReportSettings,
    private readonly clock: Clock,
  ) {}

  async of(filter: CashlessFilter): Promise<CashlessReport> {
    const target = this.settings.targetOf(filter.period);
    const { reader } = this.database;
    const counted = await this.read.byCommune(reader, filter, endOf(filter.period));
    const communes = counted.map((counts) => sharesOf(counts, target));
    return { period: filter.period, target, communes, all: sharesOf(inAll(counted), target) };
  }

  /** The period and those before it, the oldest first; of months a year. */
  async trend(filter: CashlessFilter): Promise<TrendPoint[]> {
    const points: TrendPoint[] = [];
    let period = filter.period;
    for (let back = 0; back < TREND_PERIODS; back += 1) {
      const { target, all } = await this.remembered({ ...filter, period });
      points.push({ period, target, all });
      period = previousPeriod(period);
    }
    return points.reverse();
  }

  /** People of a group; without one, those who are still paid in cash, or not at all: by commune and id. */
  async people(
    filter: CashlessFilter & { who?: CashlessGroup },
    page: { after: { commune: string; id: string } | null; limit: number },
  ): Promise<Page<CashPerson>> {
    const found = await this.read.people(this.database.reader, {
      ...filter,
      ...page,
      until: endOf(filter.period),
      limit: page.limit + 1,
    });
    const items = found.slice(0, page.limit);
    const last = items.at(-1);
    const key = last && { commune: last.communeCode, id: last.beneficiaryId };
    return { items, nextCursor: found.length > page.limit && key ? encodeCursor(key) : null };
  }

  private async remembered(filter: CashlessFilter): Promise<CashlessReport> {
    const now = this.clock.now().getTime();
    if (lastDayOf(filter.period) >= officeDate(this.clock.now())) return this.of(filter);
    const key = JSON.stringify([filter.period, filter.programme, filter.commune]);
    const known = this.kept.get(key);
    if (known && now - known.at < KEPT_MS) return known.report;
    const report = await this.of(filter);
    if (this.kept.size >= KEPT_MOST) this.kept.clear();
    this.kept.set(key, { at: now, report });
    return report;
  }
}

/** The instant at which the period is over at the office. */
function endOf(period: Period): Date {
  return new Date(startOfOfficeDay(lastDayOf(period)).getTime() + DAY_MS);
}
