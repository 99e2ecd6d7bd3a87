import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Payments mirrored in the ledger: each knows the budget month it is paid from, and whatever takes one from one
 * stage of its money to another names the posting that says so. Whoever moves a payment without posting is refused.
 */
export class PaymentsLedger1764000000018 implements MigrationInterface {
  name = 'PaymentsLedger1764000000018';

  async up(runner: QueryRunner): Promise<void> {
    // Every payment there is gets its budget month: with years of them, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(COLUMNS);
    await runner.query(PROMISES);
    await runner.query(VIEWS);
    await runner.query(OPENING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view payment_posting_view;
      drop trigger payment_keeps_its_fund on payment;
      drop trigger payment_is_paid_from_its_fund on payment;
      drop function payment_is_paid_from_its_fund();
      alter table payment_history drop column posting_id;
      drop function payment_stage(text);
      alter table payment drop column budget_month;
    `);
  }
}

const COLUMNS = `
  alter table payment add column budget_month char(7);
  update payment p set budget_month = a.budget_month from approval_view a where a.approval_id = p.approval_id;
  alter table payment alter column budget_month set not null;

  -- Where the money of a payment in this state lies.
  create function payment_stage(state text) returns text language sql immutable as $$
    select case state when 'ready' then 'reserved'
                      when 'sending' then 'in_transit' when 'accepted' then 'in_transit'
                      when 'unknown' then 'in_transit'
                      when 'settled' then 'paid' when 'returned' then 'returned'
                      when 'rejected' then 'available' when 'cancelled' then 'available' end
  $$;
  alter table payment_history
    add column posting_id uuid references ledger_transaction (id) deferrable initially deferred,
    add constraint money_moves_with_its_posting check (
      from_state is null or payment_stage(from_state) = payment_stage(to_state) or posting_id is not null) not valid;
  create index payment_history_by_posting on payment_history (posting_id) where posting_id is not null;
`;

const PROMISES = `
  create trigger payment_keeps_its_fund before update on payment for each row
    when ((new.fund, new.budget_month) is distinct from (old.fund, old.budget_month))
    execute function payment_keeps_what_it_pays();

  create function payment_is_paid_from_its_fund() returns trigger language plpgsql as $$
  declare
    stray uuid;
  begin
    select p.id into stray
      from born p
      join approved_batch_line_view l on l.id = p.batch_line_id
      join approval_view a on a.approval_id = p.approval_id
     where (p.fund, p.budget_month) is distinct from (l.fund, a.budget_month)
     limit 1;
    if stray is not null then
      raise exception 'payment % is paid from another fund or month than was approved', stray
        using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  create trigger payment_is_paid_from_its_fund after insert on payment
    referencing new table as born for each statement execute function payment_is_paid_from_its_fund();
`;

const VIEWS = `
  -- Which payments a posting is about.
  create view payment_posting_view as
    select h.posting_id, h.payment_id, h.from_state, h.to_state, p.fund, p.budget_month, p.amount
      from payment_history h join payment p on p.id = h.payment_id
     where h.posting_id is not null;
`;

const OPENING = `
  select ledger_open(s.fund, s.budget_month, s.reserved, s.in_transit, s.paid, s.returned, s.latest)
    from (select l.fund, a.budget_month,
                 coalesce(sum(l.amount) filter (where p.id is null or p.state = 'ready'), 0) as reserved,
                 coalesce(sum(l.amount) filter (where payment_stage(p.state) = 'in_transit'), 0) as in_transit,
                 coalesce(sum(l.amount) filter (where p.state = 'settled'), 0) as paid,
                 coalesce(sum(l.amount) filter (where p.state = 'returned'), 0) as returned,
                 max(a.approved_at) as latest
            from approved_batch_line_view l
            join approval_view a on a.approval_id = l.approval_id
            left join payment p on p.batch_line_id = l.id
           group by 1, 2) s
   where s.reserved + s.in_transit + s.paid + s.returned > 0;
`;
