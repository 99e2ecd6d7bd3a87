import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A payment on its straight way (ready, sending, accepted, settled) is moved in place: nothing of it that changes there
 * stands in an index, so that PostgreSQL writes its row and none of a dozen indexes (heap-only tuples). What leaves the
 * straight way is found by `aside`, and how many stand where by `payment_tally`, which every move adds to.
 */
export class PaymentsInPlace1764000000088 implements MigrationInterface {
  name = 'PaymentsInPlace1764000000088';

  async up(runner: QueryRunner): Promise<void> {
    // With years of payments, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(COLUMNS);
    await runner.query(INDEXES);
    await runner.query(REFERENCES);
    await runner.query(TALLY);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('set local statement_timeout = 0');
    await runner.query(`
      drop view payment_tally_view;
      drop trigger payment_tally_of_moves on payment;
      drop trigger payment_tally_of_births on payment;
      drop trigger payment_tally_of_losses on payment;
      drop function payment_tally_losses();
      drop function payment_tally_moves();
      drop function payment_tally_births();
      drop table enquiry_scan, payment_tally;
      drop index payment_one_live_per_entitlement, payment_reissued_once, payment_aside, payment_withheld,
        payment_in_doubt, payment_failed, payment_by_run, payment_aside_by_run, payment_to_enquire, payment_by_change;
      create unique index payment_one_live_per_entitlement on payment (entitlement_id)
        where state in ('ready', 'sending', 'accepted', 'unknown', 'settled');
      create unique index payment_reissued_once on payment (reissue_of)
        where reissue_of is not null and state <> 'cancelled';
      create index payment_by_state on payment (state, id) where state in ('rejected', 'returned', 'unknown');
      create index payment_cancelled on payment (id) where state = 'cancelled';
      create index payment_withheld on payment (batch_id) where state = 'cancelled' and reason_code is not null;
      create index payment_in_doubt on payment (unknown_since, id) where state = 'unknown';
      create index payment_settled_by_change on payment (changed_at) where state = 'settled';
      create index payment_to_enquire on payment (bank_code, next_enquiry_at)
        where state in ('unknown', 'accepted');
      create index payment_failed on payment (entitlement_id)
        include (id, state, batch_id, bank_code, commune_code, programme, period, account_id, amount, changed_at)
        where state in ('rejected', 'returned', 'cancelled');
      create index payment_by_run on payment (run_id, state, id)
        include (commune_code, bank_code, rail, bank_bin, fund, reason_code, amount);
      alter table payment
        add foreign key (approval_id, batch_id) references approval (id, batch_id),
        add foreign key (batch_line_id, batch_id) references batch_line (id, batch_id),
        add foreign key (entitlement_id) references entitlement (id),
        add foreign key (beneficiary_id) references beneficiary (id),
        add foreign key (account_id) references payment_account (id);
    `);
    // The view keeps the column that it got, and so the table keeps the three.
    await runner.query(`alter table payment reset (fillfactor)`);
  }
}

const COLUMNS = `
  alter table payment set (fillfactor = 35);
  alter table payment
    add column if not exists is_live boolean not null
      generated always as (state in ('ready', 'sending', 'accepted', 'unknown', 'settled')) stored,
    -- Where it stands while it is not on its straight way, and since when.
    add column if not exists aside text
      generated always as (case when state in ('unknown', 'rejected', 'returned', 'cancelled') then state end) stored,
    add column if not exists aside_since timestamptz
      generated always as (case when state in ('unknown', 'rejected', 'returned', 'cancelled') then changed_at end)
      stored;
`;

const INDEXES = `
  drop index payment_one_live_per_entitlement, payment_reissued_once, payment_by_state, payment_cancelled,
    payment_withheld, payment_in_doubt, payment_settled_by_change, payment_to_enquire, payment_failed, payment_by_run;

  -- One entitlement, one live payment: rule 2 of never paying twice.
  create unique index payment_one_live_per_entitlement on payment (entitlement_id) where is_live;
  create unique index payment_reissued_once on payment (reissue_of)
    where reissue_of is not null and aside is distinct from 'cancelled';

  -- With what reports add up by commune: of a finished run the payments themselves need not be read.
  create index payment_by_run on payment (run_id, id) include (aside, commune_code, bank_code, bank_bin, fund, amount);
  create index payment_aside_by_run on payment (run_id, aside, id) where aside is not null;
  create index payment_aside on payment (aside, id) where aside is not null;
  create index payment_withheld on payment (batch_id) where aside = 'cancelled' and reason_code is not null;
  create index payment_in_doubt on payment (unknown_since, id) where aside = 'unknown';
  create index payment_failed on payment (entitlement_id)
    include (id, aside, batch_id, bank_code, commune_code, programme, period, account_id, amount, aside_since)
    where aside in ('rejected', 'returned', 'cancelled');
  create index payment_to_enquire on payment (bank_code, next_enquiry_at) where next_enquiry_at is not null;
  -- What changed within some days, by the pages that hold it: an index of ranges hinders no row from moving in place.
  create index payment_by_change on payment using brin (changed_at) with (pages_per_range = 32, autosummarize = on);
`;

/*
 * A payment is an approved line, column by column: `payment_is_an_approved_line` holds it against the line when it is
 * born, it never changes after, and lines of approved batches stay, with their own references. Asking for each payment
 * whether its line, entitlement, payee and account are there locked four rows for nothing.
 */
const REFERENCES = `
  alter table payment
    drop constraint payment_batch_line_id_batch_id_fkey,
    drop constraint payment_approval_id_batch_id_fkey,
    drop constraint payment_entitlement_id_fkey,
    drop constraint payment_beneficiary_id_fkey,
    drop constraint payment_account_id_fkey;
`;

const TALLY = `
  -- How many payments of a run stand where. Each statement that bears or moves payments adds its differences, so that
  -- no two wait for each other; what has gathered is folded into one row now and then.
  create table payment_tally (
    run_id uuid not null references payment_run (id),
    bank_code text not null,
    rail text not null,
    fund text not null,
    state text not null,
    payments bigint not null,
    total numeric(20,0) not null
  );
  create index payment_tally_by_run on payment_tally (run_id);
  insert into payment_tally (run_id, bank_code, rail, fund, state, payments, total)
    select run_id, bank_code, rail, fund, state, count(*), sum(amount) from payment group by 1, 2, 3, 4, 5;

  create function payment_tally_births() returns trigger language plpgsql as $$
  begin
    insert into payment_tally (run_id, bank_code, rail, fund, state, payments, total)
    select run_id, bank_code, rail, fund, state, count(*), sum(amount) from born group by 1, 2, 3, 4, 5;
    return null;
  end $$;
  create trigger payment_tally_of_births after insert on payment
    referencing new table as born for each statement execute function payment_tally_births();

  create function payment_tally_moves() returns trigger language plpgsql as $$
  begin
    insert into payment_tally (run_id, bank_code, rail, fund, state, payments, total)
    select run_id, bank_code, rail, fund, state, sum(n), sum(total)
      from (select run_id, bank_code, rail, fund, state, count(*) as n, sum(amount) as total
              from after_move group by 1, 2, 3, 4, 5
            union all
            select run_id, bank_code, rail, fund, state, -count(*), -sum(amount)
              from before_move group by 1, 2, 3, 4, 5) m
     group by 1, 2, 3, 4, 5 having sum(n) <> 0 or sum(total) <> 0;
    return null;
  end $$;
  -- Nothing is ever deleted; a hand that does so nevertheless is seen.
  create function payment_tally_losses() returns trigger language plpgsql as $$
  begin
    insert into payment_tally (run_id, bank_code, rail, fund, state, payments, total)
    select run_id, bank_code, rail, fund, state, -count(*), -sum(amount) from lost group by 1, 2, 3, 4, 5;
    return null;
  end $$;
  create trigger payment_tally_of_losses after delete on payment
    referencing old table as lost for each statement execute function payment_tally_losses();
  alter table payment enable always trigger payment_tally_of_losses;
  create trigger payment_tally_of_moves after update on payment
    referencing old table as before_move new table as after_move
    for each statement execute function payment_tally_moves();

  -- Until when the messages of a bank were looked through for payments that it took in and said no more of.
  create table enquiry_scan (
    bank_code text primary key,
    until timestamptz not null,
    -- When its payments themselves were last walked through, whatever the messages say.
    walked_at timestamptz not null default to_timestamp(0)
  );
`;

const VIEWS = `
  create or replace view payment_view as
    select p.id as payment_id, p.run_id, p.batch_id, p.batch_line_id, p.entitlement_id, p.beneficiary_id,
           p.account_id, p.reference, p.bank_code, p.bank_bin, p.amount, p.currency, p.programme, p.period,
           p.fund, p.commune_code, p.state, p.reason_code, p.reason_text, p.bank_reference, p.first_sent_at,
           p.unknown_since, p.settled_at, p.reissue_of, p.created_at, p.changed_at,
           p.submission_id, p.aside
      from payment p;

  create view payment_tally_view as
    select run_id, bank_code, rail, fund, state, payments, total from payment_tally;
`;
