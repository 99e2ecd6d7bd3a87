import { OFFICE_ZONE, type CurrencyCode } from '../kernel/index.js';
import { rows, type Tx } from '../platform/database/index.js';

/** Two statements of days that adjoin, and whether the closing of the one is the opening of the other. */
export interface Border {
  readonly before: string;
  readonly after: string;
  /** Last day of the one, first day of the other. */
  readonly lastDay: string;
  readonly firstDay: string;
  readonly closing: string;
  readonly opening: string;
  readonly currency: CurrencyCode;
  /** Whose, where they are of one account only. */
  readonly account: string | null;
}

// Of several statements that end (or begin) on one day the latest counts; one that was made before its last day was
// over may be short, so its closing binds nobody.
const LATEST_BEFORE = `
  select b.* from statement b
   where b.bank = s.bank and b.account is not distinct from s.account and b.currency = s.currency and b.state = 'complete' and b.to_date = s.from_date - 1
     and coalesce(b.last_said_at, b.started_at) >= ((b.to_date + 1)::timestamp at time zone '${OFFICE_ZONE}')
   order by b.ended_at desc, b.id desc limit 1`;
const LATEST_AFTER = `
  select a.* from statement a
   where a.bank = s.bank and a.account is not distinct from s.account and a.currency = s.currency and a.state = 'complete' and a.from_date = s.to_date + 1
     and coalesce(s.last_said_at, s.started_at) >= ((s.to_date + 1)::timestamp at time zone '${OFFICE_ZONE}')
   order by a.ended_at desc, a.id desc limit 1`;
const BORDER = `
  before.id as before, after.id as after, to_char(before.to_date, 'YYYY-MM-DD') as "lastDay",
  to_char(after.from_date, 'YYYY-MM-DD') as "firstDay", before.closing, after.opening, after.currency,
  after.account`;

/** The borders of this statement to those of the days before and after it. */
export function bordersOf(tx: Tx, statementRow: string): Promise<Border[]> {
  return rows<Border>(
    tx,
    `select ${BORDER} from statement s cross join lateral (${LATEST_BEFORE}) before
       cross join lateral (select s.*) after where s.id = $1
     union all
     select ${BORDER} from statement s cross join lateral (${LATEST_AFTER}) after
       cross join lateral (select s.*) before where s.id = $1`,
    [statementRow],
  );
}

export interface OpenGap {
  readonly id: string;
  readonly closing: string;
  readonly opening: string;
}

/** Open gaps at the border between these days, and the balances that they were told for. */
export function openGaps(
  tx: Tx,
  border: { bank: string; account: string | null; lastDay: string; firstDay: string },
): Promise<OpenGap[]> {
  return rows<OpenGap>(
    tx,
    `select id, detail ->> 'closing' as closing, detail ->> 'opening' as opening from reconciliation_exception
      where state = 'open' and kind = 'statement-gap' and bank = $1 and from_date = $2 and to_date = $3
        and detail ->> 'account' is not distinct from $4 order by id`,
    [border.bank, border.lastDay, border.firstDay, border.account],
  );
}

/** Open differences of earlier statements over the very days of this one. */
export async function openDifferences(tx: Tx, statementRow: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select e.id from reconciliation_exception e
       join statement s on s.bank = e.bank and s.from_date = e.from_date and s.to_date = e.to_date
       join statement told on told.id = e.statement_row and told.account is not distinct from s.account
      where s.id = $1 and e.state = 'open' and e.kind = 'statement-difference' and e.statement_row <> s.id
      order by e.id`,
    [statementRow],
  );
  return found.map(({ id }) => id);
}

/** Entries that this statement brought first and that are booked outside its days. */
export function entriesOutside(tx: Tx, statementRow: string) {
  return rows<{
    entryRow: string;
    day: string;
    direction: 'debit' | 'credit';
    amount: string;
    currency: CurrencyCode;
  }>(
    tx,
    `select e.id as "entryRow", to_char(e.booked_at at time zone '${OFFICE_ZONE}', 'YYYY-MM-DD') as day, e.direction,
            e.amount, e.currency
       from statement s join statement_entry e on e.statement_row = s.id
      where s.id = $1
        and (e.booked_at at time zone '${OFFICE_ZONE}')::date not between s.from_date and s.to_date
      order by e.id`,
    [statementRow],
  );
}
