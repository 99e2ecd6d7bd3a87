import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The way each payment takes through its bank, chosen by rule when it is born and never changed: a submission holds
 * payments of one bank and one rail. What waits for a rail's hours or its next day says why, each time.
 */
export class PaymentsRails1764000000021 implements MigrationInterface {
  name = 'PaymentsRails1764000000021';

  async up(runner: QueryRunner): Promise<void> {
    // Every payment there is is held against its submission: with years of them, longer than a statement is given.
    await runner.query('set local statement_timeout = 0');
    await runner.query(COLUMNS);
    await runner.query(DAYS);
    await runner.query(WAITS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view submission_wait_view, payment_rail_view;
      drop table submission_wait, rail_day;
      drop trigger payment_keeps_its_rail on payment;
      alter table payment drop constraint payment_goes_with_its_submission,
        add constraint payment_submission_id_fkey foreign key (submission_id) references submission (id),
        drop column rail, drop column rail_rule;
      drop index submission_put_off;
      alter table submission drop constraint submission_of_bank_and_rail, drop column rail,
        drop column waits_because;
    `);
  }
}

const COLUMNS = `
  alter table submission
    -- Code of a rail of config/banks/<bank>.yaml; 'default' where the file named none.
    add column rail text not null default 'default' check (char_length(rail) <= 31),
    -- Why not_before was put off last: the rail's hours or its day's limit. Null: a schedule, or a backoff.
    add column waits_because text check (char_length(waits_because) <= 40),
    add constraint submission_of_bank_and_rail unique (id, bank_code, rail);
  create index submission_put_off on submission (bank_code, rail)
    where state = 'waiting' and waits_because is not null;

  alter table payment
    add column rail text not null default 'default',
    -- The rule that chose it: 'preferred', or what spoke against the rails before it.
    add column rail_rule text not null default 'preferred' check (char_length(rail_rule) <= 1000);
  -- One message, one bank, one rail; instead of the key that knew the id alone.
  alter table payment drop constraint payment_submission_id_fkey,
    add constraint payment_goes_with_its_submission
      foreign key (submission_id, bank_code, rail) references submission (id, bank_code, rail);

  -- Never switch the rail while an answer is unknown: it never switches at all.
  create trigger payment_keeps_its_rail before update on payment for each row
    when ((new.rail, new.rail_rule) is distinct from (old.rail, old.rail_rule))
    execute function payment_keeps_what_it_pays();

  create view payment_rail_view as
    select id as payment_id, submission_id, bank_code, rail, rail_rule, created_at from payment;
`;

const DAYS = `
  -- What went through a rail that knows a limit a day. Counted up under this row's lock, so that two senders never
  -- both take the last place; what surely was not sent gives back when the payments themselves are counted anew.
  create table rail_day (
    bank_code text not null,
    rail text not null,
    day date not null,
    payments bigint not null check (payments >= 0),
    amount numeric(24,0) not null check (amount >= 0),
    counted_at timestamptz not null,
    primary key (bank_code, rail, day)
  );
`;

const WAITS = `
  -- Each time a submission was put off by a rule, and until when.
  create table submission_wait (
    id bigint generated always as identity primary key,
    submission_id uuid not null references submission (id),
    at timestamptz not null,
    because text not null check (char_length(because) <= 40),
    until timestamptz not null
  );
  create index submission_wait_by_submission on submission_wait (submission_id);
  create trigger submission_wait_only_grows before update or delete or truncate on submission_wait
    for each statement execute function refuse_change();

  create view submission_wait_view as
    select id as wait_id, submission_id, at, because, until from submission_wait;
`;
