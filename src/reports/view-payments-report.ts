import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/index.js';
import { summed, termOf, TERMS, type Figure, type Term } from './equation.rules.js';
import {
  PaymentsReportRead,
  type Dimension,
  type PaymentsFilter,
  type PivotCell,
} from './payments-report.read.js';

/** One row: payments alike in one or two marks, by where their money is. */
export interface ReportRow {
  readonly key: string;
  /** Of the second mark, when there is one. */
  readonly second: string | null;
  readonly terms: Readonly<Record<Term, Figure>>;
  readonly all: Figure;
}

export interface PaymentsReport {
  readonly rows: readonly ReportRow[];
  /** What the rows come to; added up from them. */
  readonly total: Omit<ReportRow, 'key' | 'second'>;
}

/** What became of payments, by any of their marks. Reads only. */
@Injectable()
export class ViewPaymentsReport {
  constructor(
    private readonly database: Database,
    private readonly read: PaymentsReportRead,
  ) {}

  async of(
    filter: PaymentsFilter,
    by: { first: Dimension; second: Dimension | null },
  ): Promise<PaymentsReport> {
    const cells = await this.read.cells(this.database.reader, filter, by);
    const grouped = new Map<string, PivotCell[]>();
    for (const cell of cells) {
      const place = JSON.stringify([cell.key, cell.second]);
      grouped.set(place, [...(grouped.get(place) ?? []), cell]);
    }
    return {
      rows: [...grouped.values()].map((group) => ({
        key: group[0]?.key ?? '',
        second: group[0]?.second ?? null,
        ...addedUp(group),
      })),
      total: addedUp(cells),
    };
  }
}

function addedUp(cells: readonly PivotCell[]): PaymentsReport['total'] {
  const of = (term: Term): Figure => summed(cells.filter(({ state }) => termOf(state) === term));
  const terms = Object.fromEntries(TERMS.map((term) => [term, of(term)])) as Record<Term, Figure>;
  return { terms, all: summed(Object.values(terms)) };
}
