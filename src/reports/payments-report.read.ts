import { Injectable } from '@nestjs/common';
import type { PaymentState } from '../payments/index.js';
import { rows, type Tx } from '../platform/database/index.js';

/** By what payments may be told apart. */
export const DIMENSIONS = [
  'programme',
  'commune',
  'bank',
  'payeeBank',
  'fund',
  'month',
  'period',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

const COLUMN: Readonly<Record<Dimension, string>> = {
  programme: 'p.programme',
  commune: 'p.commune_code',
  bank: 'p.bank_code',
  payeeBank: 'p.bank_bin',
  fund: 'p.fund',
  month: 'p.budget_month',
  period: 'p.period',
};

export interface PaymentsFilter {
  /** Budget months, both included: `2026-11`. */
  readonly from: string;
  readonly to: string;
  readonly programme?: string;
  readonly period?: string;
  readonly commune?: string;
  /** Code of the bank that pays. */
  readonly bank?: string;
  /** BIN of the bank that keeps the payee's account. */
  readonly payeeBank?: string;
  readonly fund?: string;
}

export interface PivotCell {
  key: string;
  second: string | null;
  state: PaymentState;
  count: number;
  total: string;
}

/** What only the payments themselves tell; the rest every move has added up. */
const OF_PAYMENTS: readonly Dimension[] = ['commune', 'payeeBank'];
const TALLY = `
  select r.*, p.bank_code, p.fund, p.state, null as commune_code, null as bank_bin, p.payments as n, p.total
    from runs r join payment_tally_view p on p.run_id = r.run_id`;
const MARKS = 'p.bank_code, p.fund, p.commune_code, p.bank_bin, p.amount';
// In a run that is finished, whatever is not aside is settled: that lies in the index by run, and no payment is read.
const PAYMENTS = `
  select r.*, p.bank_code, p.fund, p.state, p.commune_code, p.bank_bin, 1 as n, p.amount as total
    from runs r
   cross join lateral (
     select ${MARKS}, coalesce(p.aside, 'settled') as state from payment_view p
      where p.run_id = r.run_id and r.run_state = 'finished'
     union all
     select ${MARKS}, p.state from payment_view p where p.run_id = r.run_id and r.run_state <> 'finished') p`;

/** Payments added up by one or two of their marks. */
@Injectable()
export class PaymentsReportRead {
  cells(
    tx: Tx,
    filter: PaymentsFilter,
    by: { first: Dimension; second: Dimension | null },
  ): Promise<PivotCell[]> {
    const second = by.second ? COLUMN[by.second] : 'null::text';
    const isAsked = (dimension: Dimension) =>
      [by.first, by.second].includes(dimension) || filter[dimension as 'commune'] !== undefined;
    const source = OF_PAYMENTS.some(isAsked) ? PAYMENTS : TALLY;
    return rows<PivotCell>(
      tx,
      `with runs as (
         select r.run_id, r.state as run_state, r.programme, r.period, a.budget_month
           from approval_view a join run_view r on r.batch_id = a.batch_id
          where a.budget_month between $1 and $2
            and ($3::text is null or r.programme = $3) and ($4::text is null or r.period = $4))
       select ${COLUMN[by.first]} as key, ${second} as second, p.state,
              sum(p.n)::int as count, sum(p.total)::text as total
         from (${source}) p
        where ($5::text is null or p.commune_code = $5) and ($6::text is null or p.bank_code = $6)
          and ($7::text is null or p.bank_bin = $7) and ($8::text is null or p.fund = $8)
        group by 1, 2, 3 having sum(p.n) > 0
        order by 1, 2, 3`,
      [
        filter.from,
        filter.to,
        filter.programme ?? null,
        filter.period ?? null,
        filter.commune ?? null,
        filter.bank ?? null,
        filter.payeeBank ?? null,
        filter.fund ?? null,
      ],
    );
  }
}
