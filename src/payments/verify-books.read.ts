import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/index.js';

/** Where the ledger says something else than payments do. */
export interface BooksFault {
  readonly what:
    | 'balance-differs'
    | 'posting-differs'
    | 'reservation-differs'
    | 'state-differs'
    | 'key-differs'
    | 'tally-differs';
  /** The account (fund, month, stage), the posting, the approval, or the payment. */
  readonly where: string;
  /** As the ledger has it, and as payments have it; whole đồng. Of a state: as its history and as itself. */
  readonly ledger: string;
  readonly payments: string;
}

const MOST_FAULTS = 1000;

/**
 * Compares the ledger with what it mirrors: the balance of every stage with the payments that stand in it (and the
 * approved lines that are not payments yet), every posting with the payments it moved, every reservation with what
 * was approved. Each question is one statement, so that it sees one moment even while payments move.
 */
@Injectable()
export class VerifyBooks {
  async verify(tx: Tx): Promise<BooksFault[]> {
    return [
      ...(await rows<BooksFault>(tx, BALANCES, [MOST_FAULTS])),
      ...(await rows<BooksFault>(tx, POSTINGS, [MOST_FAULTS])),
      ...(await rows<BooksFault>(tx, RESERVATIONS, [MOST_FAULTS])),
      ...(await rows<BooksFault>(tx, STATES, [MOST_FAULTS])),
      ...(await rows<BooksFault>(tx, KEYS, [MOST_FAULTS])),
      ...(await rows<BooksFault>(tx, TALLIES, [MOST_FAULTS])),
    ];
  }
}

/** With those that lie in the archive. */
const ALL_PAYMENTS = '(table payment union all table archive.payment)';

const BALANCES = `
  with ledger as (
    select fund, month, stage, balance from ledger_balance_view
     where stage in ('reserved', 'in_transit', 'paid', 'returned')),
  standing as (
    select l.fund, a.budget_month as month, coalesce(payment_stage(p.state), 'reserved') as stage,
           sum(l.amount) as amount
      from approved_batch_line_view l
      join approval_view a on a.approval_id = l.approval_id
      left join ${ALL_PAYMENTS} p on p.batch_line_id = l.id
     group by 1, 2, 3)
  select 'balance-differs' as what, concat_ws(' ', coalesce(l.fund, s.fund), coalesce(l.month, s.month),
         coalesce(l.stage, s.stage)) as "where",
         coalesce(l.balance, 0)::text as ledger, coalesce(s.amount, 0)::text as payments
    from ledger l
    full join (select * from standing where stage <> 'available') s
      on s.fund = l.fund and s.month = l.month and s.stage = l.stage
   where coalesce(l.balance, 0) <> coalesce(s.amount, 0)
   order by 2 limit $1`;

// What a posting says of an account, beside what its payments left there and brought there.
const POSTINGS = `
  with moved as (
    select posting_id, fund, budget_month as month, payment_stage(from_state) as stage, -amount as amount
      from payment_posting_view
    union all
    select posting_id, fund, budget_month, payment_stage(to_state), amount from payment_posting_view
    union all
    select posting_id, fund, budget_month, s.stage, s.sign * amount
      from payment_posting_view, (values ('given_back', -1), ('available', 1)) as s (stage, sign)
     where to_state = 'returned'),
  told as (select posting_id, fund, month, stage, sum(amount) as amount from moved group by 1, 2, 3, 4),
  posted as (
    select transaction_id, fund, month, stage, sum(amount) as amount from ledger_entry_view
     where kind = 'payments' group by 1, 2, 3, 4)
  select 'posting-differs' as what,
         concat_ws(' ', coalesce(p.transaction_id, t.posting_id), coalesce(p.stage, t.stage)) as "where",
         coalesce(p.amount, 0)::text as ledger, coalesce(t.amount, 0)::text as payments
    from posted p
    full join told t on t.posting_id = p.transaction_id and t.fund = p.fund and t.month = p.month
     and t.stage = p.stage
   where coalesce(p.amount, 0) <> coalesce(t.amount, 0)
   order by 2 limit $1`;

const RESERVATIONS = `
  with approved as (
    select a.reservation_id, a.approval_id, l.fund, a.budget_month as month, sum(l.amount) as amount
      from approval_view a join approved_batch_line_view l on l.approval_id = a.approval_id
     where a.reservation_id is not null group by 1, 2, 3, 4),
  reserved as (
    select transaction_id, source_id, fund, month, sum(amount) as amount from ledger_entry_view
     where kind = 'reservation' and stage = 'reserved' group by 1, 2, 3, 4)
  select 'reservation-differs' as what, coalesce(a.approval_id::text, r.source_id) as "where",
         coalesce(r.amount, 0)::text as ledger, coalesce(a.amount, 0)::text as payments
    from approved a
    full join reserved r on r.transaction_id = a.reservation_id and r.fund = a.fund and r.month = a.month
   where coalesce(a.amount, 0) <> coalesce(r.amount, 0)
   order by 2 limit $1`;

// A payment stands where its history ends: who moved one past the other would move money past the books.
const STATES = `
  select 'state-differs' as what, p.id::text as "where", coalesce(h.to_state, 'none') as ledger,
         p.state as payments
    from ${ALL_PAYMENTS} p
    left join lateral (
      select h.to_state from (table payment_history union all table archive.payment_history) h
       where h.payment_id = p.id order by h.id desc limit 1) h on true
   where h.to_state is distinct from p.state
   order by 2 limit $1`;

// What must hold over all months stands in a row of its own for each payment: who was paid twice would show here.
const KEYS = `
  with keys as (
    select payment_id as id, concat_ws(' ', reference, batch_line_id, entitlement_id, reissue_of, is_live,
           is_cancelled) as words
      from payment_key),
  payments as (
    select id, concat_ws(' ', reference, batch_line_id, entitlement_id, reissue_of, is_live,
           state = 'cancelled') as words
      from ${ALL_PAYMENTS} p)
  select 'key-differs' as what, coalesce(k.id, p.id)::text as "where", coalesce(k.words, 'none') as ledger,
         coalesce(p.words, 'none') as payments
    from keys k full join payments p on p.id = k.id
   where k.words is distinct from p.words
   order by 2 limit $1`;

// What every move has added up, beside a count of the payments: screens and reports show the former.
const TALLIES = `
  with counted as (
    select run_id, bank_code, rail, fund, state, count(*) as payments, sum(amount) as total
      from ${ALL_PAYMENTS} p group by 1, 2, 3, 4, 5),
  told as (
    select run_id, bank_code, rail, fund, state, sum(payments) as payments, sum(total) as total
      from payment_tally group by 1, 2, 3, 4, 5)
  select 'tally-differs' as what, concat_ws(' ', run_id, bank_code, rail, fund, state) as "where",
         concat(coalesce(t.payments, 0), ' / ', coalesce(t.total, 0)) as ledger,
         concat(coalesce(c.payments, 0), ' / ', coalesce(c.total, 0)) as payments
    from counted c full join told t using (run_id, bank_code, rail, fund, state)
   where coalesce(c.payments, 0) <> coalesce(t.payments, 0) or coalesce(c.total, 0) <> coalesce(t.total, 0)
   order by 2 limit $1`;
