import { Injectable } from '@nestjs/common';
import { Money } from '../kernel/index.js';
import { one, rows, type Tx } from '../platform/database/index.js';
import { availableFor, balances, yearsOfBooks } from './ledger.store.js';
import type { Stage } from './stages.js';

/** Where the money of a fund stands, of one budget month or a whole year. */
export interface FundPosition {
  readonly fund: string;
  /** `yyyy-mm`, or the year. */
  readonly period: string;
  readonly allotted: Money;
  readonly available: Money;
  readonly reserved: Money;
  readonly inTransit: Money;
  /** Paid and not come back. */
  readonly paid: Money;
  /** Came back, in all; it is among `available` again. */
  readonly returned: Money;
}

export interface AllotmentRow {
  id: string;
  fund: string;
  period: string;
  amount: string;
  currency: string;
  decisionNumber: string;
  decisionDate: string;
  note: string | null;
  transactionId: string;
  enteredByName: string;
  enteredAt: Date;
}

/** Where a page of postings ends. */
export interface PostingKey {
  readonly at: string;
  readonly id: string;
}

export interface PostingRow {
  id: string;
  kind: string;
  sourceType: string;
  sourceId: string | null;
  at: Date;
  entries: { fund: string; month: string; stage: Stage; amount: string }[];
}

const ALLOTMENT = `id, fund, period, amount, currency, decision_number as "decisionNumber",
  decision_date::text as "decisionDate", note, transaction_id as "transactionId",
  entered_by_name as "enteredByName", entered_at as "enteredAt"`;

/** What lies where in the funds. Reads only. */
@Injectable()
export class FundPositions {
  /** By fund and budget month of a year, in that order. */
  async byMonth(tx: Tx, of: { year: string; fund: string | null }): Promise<FundPosition[]> {
    return positionsOf(await balances(tx, of), (month) => month);
  }

  /** By fund over the whole year. */
  async byYear(tx: Tx, of: { year: string; fund: string | null }): Promise<FundPosition[]> {
    return positionsOf(await balances(tx, of), (month) => month.slice(0, 4));
  }

  /** The budget years that the books know. */
  years(tx: Tx): Promise<string[]> {
    return yearsOfBooks(tx);
  }

  /** What a fund can still give for the lists of a month. */
  available(tx: Tx, of: { fund: string; month: string }): Promise<Money> {
    return availableFor(tx, of);
  }

  /** The newest first. */
  allotments(
    tx: Tx,
    of: { fund: string | null; before: string | null; limit: number },
  ): Promise<AllotmentRow[]> {
    return rows<AllotmentRow>(
      tx,
      `select ${ALLOTMENT} from allotment
        where ($1::text is null or fund = $1) and ($2::uuid is null or id < $2)
        order by id desc limit $3`,
      [of.fund, of.before, of.limit],
    );
  }

  allotment(tx: Tx, id: string): Promise<AllotmentRow | null> {
    return one<AllotmentRow>(tx, `select ${ALLOTMENT} from allotment where id = $1`, [id]);
  }

  /** Postings with their entries, the newest first; of one source (an approval, an attempt, …) when named. */
  postings(
    tx: Tx,
    of: { sourceId: string | null; before: PostingKey | null; limit: number },
  ): Promise<PostingRow[]> {
    return rows<PostingRow>(
      tx,
      `select t.id, t.kind, t.source_type as "sourceType", t.source_id as "sourceId", t.at,
              (select jsonb_agg(jsonb_build_object('fund', e.fund, 'month', e.month, 'stage', e.stage,
                                                   'amount', e.amount::text) order by e.id)
                 from ledger_entry e where e.transaction_id = t.id) as entries
         from ledger_transaction t
        where ($1::text is null or t.source_id = $1) and ($2::timestamptz is null or (t.at, t.id) < ($2, $3::uuid))
        order by t.at desc, t.id desc limit $4`,
      [of.sourceId, of.before?.at ?? null, of.before?.id ?? null, of.limit],
    );
  }
}

function positionsOf(
  found: Awaited<ReturnType<typeof balances>>,
  periodOf: (month: string) => string,
): FundPosition[] {
  const stands = new Map<string, Map<Stage, Money>>();
  for (const { fund, month, stage, balance, currency } of found) {
    const key = `${fund} ${periodOf(month)}`;
    const stand = stands.get(key) ?? new Map<Stage, Money>();
    const amount = Money.of(balance, currency);
    stand.set(stage, stand.get(stage)?.plus(amount) ?? amount);
    stands.set(key, stand);
  }
  return [...stands].map(([key, stand]) => {
    const [fund = '', period = ''] = key.split(' ');
    const at = (stage: Stage): Money => stand.get(stage) ?? Money.zero();
    return {
      fund,
      period,
      allotted: Money.zero().minus(at('allotted')),
      available: at('available'),
      reserved: at('reserved'),
      inTransit: at('in_transit'),
      paid: at('paid'),
      returned: at('returned'),
    };
  });
}
