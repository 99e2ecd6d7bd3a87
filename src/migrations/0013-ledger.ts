import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Double entry over funds: accounts are fund, budget month and stage; what was allotted, is reserved, is under way,
 * was paid, came back.
 *
 * Promises kept here and not only in code: a transaction is posted whole, in one statement, and sums to zero in
 * every fund and year; nothing posted is ever changed or deleted; no account gives away more than lies in it.
 */
export class Ledger1764000000013 implements MigrationInterface {
  name = 'Ledger1764000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(PROMISES);
    await runner.query(OVERDRAFT);
    await runner.query(OPENING);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view ledger_entry_view, ledger_balance_view;
      drop function ledger_open(text, text, numeric, numeric, numeric, numeric, timestamptz);
      drop table allotment, ledger_entry, ledger_transaction;
      drop function ledger_posted_whole();
      drop function ledger_transaction_has_entries();
      drop function ledger_never_overdrawn();
      drop function ledger_available(text, text);
    `);
  }
}

const TABLES = `
  create table ledger_transaction (
    id uuid primary key,
    kind text not null check (kind in ('opening', 'allotment', 'reservation', 'payments', 'correction')),
    -- What it mirrors: the allotment, the approval, the attempt, notice, statement entry or person.
    source_type text not null,
    source_id text,
    at timestamptz not null
  );
  create index ledger_transaction_by_time on ledger_transaction (at, id);
  create index ledger_transaction_by_source on ledger_transaction (source_id) where source_id is not null;

  create table ledger_entry (
    id bigint generated always as identity primary key,
    transaction_id uuid not null references ledger_transaction (id),
    -- The account: a fund, the month of the budget whose money it is, and how far that money has come.
    fund text not null check (fund ~ '^[A-Z][A-Z0-9_]{1,29}$'),
    month char(7) not null check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    stage text not null check (stage in (
      'allotted', 'available', 'reserved', 'in_transit', 'paid', 'returned', 'given_back')),
    -- Whole đồng: positive comes into the account, negative leaves it.
    amount numeric(20,0) not null check (amount <> 0),
    currency char(3) not null check (currency = 'VND')
  );
  create index ledger_entry_by_account on ledger_entry (fund, month, stage) include (amount);
  create index ledger_entry_by_transaction on ledger_entry (transaction_id);

  -- A decision that gives a fund money for a year or a month, or takes some of it back.
  create table allotment (
    id uuid primary key,
    fund text not null,
    -- '2026' (from January on) or '2026-11', as the decision says; month: from which on it may be spent.
    period text not null check (period ~ '^[0-9]{4}(-(0[1-9]|1[0-2]))?$'),
    month char(7) not null,
    amount numeric(20,0) not null check (amount <> 0),
    currency char(3) not null check (currency = 'VND'),
    decision_number text not null check (char_length(decision_number) between 1 and 100),
    decision_date date not null,
    note text check (char_length(note) between 1 and 1000),
    transaction_id uuid not null unique references ledger_transaction (id) deferrable initially deferred,
    entered_by_kind text not null,
    entered_by_id text not null,
    entered_by_name text not null,
    entered_at timestamptz not null,
    constraint taking_back_says_why check (amount > 0 or note is not null)
  );
  create index allotment_by_fund on allotment (fund, month);
`;

const PROMISES = `
  create function ledger_posted_whole() returns trigger language plpgsql as $$
  declare
    wrong uuid;
  begin
    select b.transaction_id into wrong
      from (select transaction_id, count(*) as n from born group by 1) b
     where b.n <> (select count(*) from ledger_entry e where e.transaction_id = b.transaction_id)
     limit 1;
    -- Money of one fund and year never becomes money of another.
    if wrong is null then
      select b.transaction_id into wrong from born b
       group by b.transaction_id, b.fund, left(b.month, 4), b.currency having sum(b.amount) <> 0 limit 1;
    end if;
    if wrong is not null then
      raise exception 'ledger transaction % is not posted whole, or does not sum to zero', wrong
        using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  create trigger ledger_posted_whole after insert on ledger_entry
    referencing new table as born for each statement execute function ledger_posted_whole();

  create function ledger_transaction_has_entries() returns trigger language plpgsql as $$
  begin
    if not exists (select 1 from ledger_entry e where e.transaction_id = new.id) then
      raise exception 'ledger transaction % has no entries', new.id using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  create constraint trigger ledger_transaction_has_entries after insert on ledger_transaction
    deferrable initially deferred for each row execute function ledger_transaction_has_entries();

  create trigger ledger_entry_only_grows before update or delete or truncate on ledger_entry
    for each statement execute function refuse_change();
  create trigger ledger_transaction_only_grows before update or delete or truncate on ledger_transaction
    for each statement execute function refuse_change();
  create trigger allotment_only_grows before update or delete or truncate on allotment
    for each statement execute function refuse_change();
`;

const OVERDRAFT = `
  -- What a fund can still give for lists of this month: what lies in the accounts of its year up to this month.
  create function ledger_available(of_fund text, of_month text) returns numeric language sql volatile as $$
    -- Of the columns' own type, or their index does not serve.
    select coalesce(sum(e.amount), 0) from ledger_entry e
     where e.fund = of_fund and e.stage = 'available'
       and e.month = any (array(select (left(of_month, 4) || '-' || lpad(m::text, 2, '0'))::char(7)
                                  from generate_series(1, right(of_month, 2)::int) m))
  $$;

  -- Of approvals at the same time, the second waits here for the first and then sees what it has left. Only who
  -- takes money from a fund waits; what comes back to it does not.
  create function ledger_never_overdrawn() returns trigger language plpgsql as $$
  declare
    taker record;
    overdrawn text;
  begin
    for taker in
      select distinct fund, left(month, 4) as year from born where stage = 'available' and amount < 0
       order by fund, year
    loop
      -- A snapshot of before the lock would not show what the one before us took.
      if current_setting('transaction_isolation') <> 'read committed' then
        raise exception 'money is taken from a fund in read committed only'
          using errcode = 'integrity_constraint_violation', constraint = 'fund_never_overdrawn';
      end if;
      perform pg_advisory_xact_lock(hashtextextended('fund ' || taker.fund || ' ' || taker.year, 0));
    end loop;
    select b.fund || ' ' || b.month into overdrawn
      from (select distinct fund, month from born where stage = 'available' and amount < 0) b
     where (select sum(e.amount) from ledger_entry e
             where e.fund = b.fund and e.month = b.month and e.stage = 'available') < 0
     limit 1;
    if overdrawn is not null then
      raise exception 'fund % would be overdrawn', overdrawn
        using errcode = 'integrity_constraint_violation', constraint = 'fund_never_overdrawn';
    end if;
    return null;
  end $$;
  create trigger ledger_never_overdrawn after insert on ledger_entry
    referencing new table as born for each statement execute function ledger_never_overdrawn();
`;

const OPENING = `
  -- Opens the books over what was approved before there were books: as much is allotted as is in use.
  create function ledger_open(of_fund text, of_month text, reserved numeric, in_transit numeric, paid numeric,
                              returned numeric, opened_at timestamptz) returns void language plpgsql as $$
  declare
    opening uuid := gen_random_uuid();
  begin
    insert into ledger_transaction (id, kind, source_type, at) values (opening, 'opening', 'migration', opened_at);
    insert into ledger_entry (transaction_id, fund, month, stage, amount, currency)
    select opening, of_fund, of_month, e.stage, e.amount, 'VND'
      from (values ('allotted', -(reserved + in_transit + paid)), ('reserved', reserved), ('in_transit', in_transit),
                   ('paid', paid), ('returned', returned), ('given_back', -returned)) as e (stage, amount)
     where e.amount <> 0;
  end $$;
`;

const VIEWS = `
  create view ledger_balance_view as
    select fund, month, stage, currency, sum(amount) as balance, count(*) as entries
      from ledger_entry group by fund, month, stage, currency;

  create view ledger_entry_view as
    select e.id as entry_id, e.transaction_id, t.kind, t.source_type, t.source_id, t.at, e.fund, e.month, e.stage,
           e.amount, e.currency
      from ledger_entry e join ledger_transaction t on t.id = e.transaction_id;
`;
