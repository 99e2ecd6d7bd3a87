import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/index.js';

/** A promise of the books that does not hold, and where. */
export interface LedgerFault {
  readonly what:
    | 'does-not-sum-to-zero'
    | 'no-entries'
    | 'account-below-zero'
    | 'source-above-zero'
    | 'fund-overdrawn'
    | 'allotment-not-posted';
  /** Id of the transaction or allotment, or the account. */
  readonly where: string;
  readonly amount: string | null;
}

export interface LedgerVerdict {
  readonly transactions: number;
  readonly entries: number;
  readonly faults: readonly LedgerFault[];
}

/** More than anybody reads; the count of transactions tells how much was looked at. */
const MOST_FAULTS = 1000;

/**
 * Looks at every entry: sums, signs, overdrafts. What the database promises by constraint is counted here anew,
 * so that books whose constraints were switched off do not pass.
 */
@Injectable()
export class VerifyLedger {
  async verify(tx: Tx): Promise<LedgerVerdict> {
    const [figures] = await rows<{ transactions: number; entries: number }>(
      tx,
      `select (select count(*)::int from ledger_transaction) as transactions,
              (select count(*)::int from ledger_entry) as entries`,
    );
    const faults = await rows<LedgerFault>(tx, FAULTS, [MOST_FAULTS]);
    return { transactions: figures?.transactions ?? 0, entries: figures?.entries ?? 0, faults };
  }
}

const FAULTS = `
  with balance as (
    select fund, month, stage, currency, sum(amount) as amount from ledger_entry group by 1, 2, 3, 4),
  -- Money of earlier months may be taken back in later ones: what counts is the sum from January on.
  up_to as (
    select fund, month, stage,
           sum(amount) over (partition by fund, left(month, 4), stage, currency order by month) as amount
      from balance where stage = 'allotted'),
  posted as (
    select transaction_id, fund, left(month, 4) as year, sum(amount) as total,
           sum(amount) filter (where stage = 'allotted') as allotted
      from ledger_entry group by 1, 2, 3)
  select 'does-not-sum-to-zero' as what, transaction_id::text as "where", total::text as amount
    from posted where total <> 0
  union all
  select 'no-entries', id::text, null from ledger_transaction t
   where not exists (select 1 from ledger_entry e where e.transaction_id = t.id)
  union all
  select 'account-below-zero', concat_ws(' ', fund, month, stage), amount::text from balance
   where stage not in ('allotted', 'given_back', 'available') and amount < 0
  union all
  select 'fund-overdrawn', fund || ' ' || month, amount::text from balance
   where stage = 'available' and amount < 0
  union all
  select 'source-above-zero', concat_ws(' ', fund, month, stage), amount::text from balance
   where stage = 'given_back' and amount > 0
  union all
  select 'source-above-zero', concat_ws(' ', fund, month, stage), amount::text from up_to
   where amount > 0
  union all
  select 'allotment-not-posted', a.id::text, a.amount::text from allotment a
    left join posted p on p.transaction_id = a.transaction_id and p.fund = a.fund
     and p.year = left(a.month, 4)
   where p.allotted is distinct from -a.amount
  limit $1`;
