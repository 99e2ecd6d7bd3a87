/**
 * What is wrong with the books of the funds, told by SQL that shares nothing with the product's own: postings that do
 * not sum to zero, balances that are not the sums of the payments, funds that are overdrawn.
 */
export const LEDGER_FAULTS = `
  with balance as (
    select fund, month, stage, sum(amount) as amount from ledger_entry group by fund, month, stage),
  line as (
    select l.amount, l.fund, a.budget_month as month, p.state
      from batch b
      join approval a on a.id = b.approval_id
      join batch_line l on l.batch_id = b.id
      left join payment p on p.batch_line_id = l.id
     where b.state = 'approved'),
  expected as (
    select fund, month, 'reserved' as stage, sum(amount) as amount from line
     where state is null or state = 'ready' group by fund, month
    union all
    select fund, month, 'in_transit', sum(amount) from line
     where state in ('sending', 'accepted', 'unknown') group by fund, month
    union all
    select fund, month, 'paid', sum(amount) from line where state = 'settled' group by fund, month
    union all
    select fund, month, s.stage, s.sign * sum(amount)
      from line, (values ('returned', 1), ('given_back', -1)) as s (stage, sign)
     where state = 'returned' group by fund, month, s.stage, s.sign),
  wrong as (
    select 'posting ' || transaction_id || ' sums to ' || sum(amount) as fault
      from ledger_entry group by transaction_id having sum(amount) <> 0
    union all
    select concat_ws(' ', 'balance', fund, month, stage, 'is', coalesce(b.amount, 0), 'and should be',
                     coalesce(e.amount, 0))
      from (select * from balance where stage not in ('allotted', 'available')) b
      full join expected e using (fund, month, stage)
     where coalesce(b.amount, 0) <> coalesce(e.amount, 0)
    union all
    select concat_ws(' ', 'overdrawn', fund, month, 'by', -amount)
      from balance where stage = 'available' and amount < 0
    union all
    select concat_ws(' ', 'overdrawn', fund, month, 'by', -amount)
      from balance where stage = 'available' and amount < 0
    union all
    select 'source ' || fund || ' ' || month || ' is positive' from balance where stage = 'allotted' and amount > 0)
  select fault from wrong`;
