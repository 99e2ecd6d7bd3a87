import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Statements of banks in a form that no file format shapes, and which payment each entry proves.
 *
 * Promises kept here and not in code: an entry of a bank is stored once; a payment is proven by one debit
 * and one debit proves one payment; what the bank wrote never changes; an entry's bucket is given once.
 */
export class Reconciliation1764000000011 implements MigrationInterface {
  name = 'Reconciliation1764000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(PROMISES);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view reconciliation_view, statement_entry_view, payment_match_view, statement_view;
      drop table payment_match, statement_line, statement_entry, reconciliation_history, reconciliation, statement;
      drop function statement_entry_keep_words();
    `);
  }
}

const TABLES = `
  create table statement (
    id uuid primary key,
    bank text not null,
    -- The bank's own name of the statement.
    statement_id text not null check (char_length(statement_id) between 1 and 255),
    from_date date not null,
    to_date date not null check (to_date >= from_date),
    -- reading: its pages still come in; nothing of it is used. broken: they did not come whole.
    state text not null check (state in ('reading', 'complete', 'broken')),
    currency char(3),
    opening numeric,
    closing numeric,
    entry_count int not null default 0,
    debit_total numeric not null default 0,
    credit_total numeric not null default 0,
    -- SHA-256 over all it says: the same statement again is the same row.
    digest char(64),
    started_at timestamptz not null,
    ended_at timestamptz,
    -- opening + credits - debits - closing; anything but zero is told.
    difference numeric generated always as (opening + credit_total - debit_total - closing) stored,
    constraint whole_when_complete check (
      state <> 'complete'
      or (currency is not null and opening is not null and closing is not null and digest is not null))
  );
  create unique index statement_once on statement (bank, digest) where state = 'complete';
  create index statement_by_bank on statement (bank, id);

  -- The lines of one statement, as read; several statements may carry the same entry.
  create table statement_line (
    statement_row uuid not null references statement (id) on delete cascade,
    line_no int not null,
    -- Becomes the entry's own id when no earlier statement had the entry.
    entry_row uuid not null,
    entry_id text not null check (char_length(entry_id) between 1 and 255),
    reference text,
    direction text not null check (direction in ('debit', 'credit')),
    amount numeric not null,
    currency char(3) not null,
    booked_at timestamptz not null,
    return_code text,
    return_text text,
    bank_reference text,
    primary key (statement_row, line_no)
  );
  create index statement_line_by_entry on statement_line (statement_row, entry_id);

  create table statement_entry (
    id uuid primary key,
    bank text not null,
    entry_id text not null,
    statement_row uuid not null references statement (id),
    line_no int not null,
    reference text,
    direction text not null check (direction in ('debit', 'credit')),
    amount numeric not null,
    currency char(3) not null,
    booked_at timestamptz not null,
    return_code text,
    return_text text,
    bank_reference text,
    -- Another statement gave this entry with other content: told, never overwritten.
    contested_by uuid references statement (id),
    bucket text check (bucket in ('matched', 'returned', 'amount-differs', 'unknown-reference', 'debited-twice',
      'returned-twice', 'contradicts', 'not-ours')),
    bucketed_at timestamptz,
    payment_id uuid,
    unique (bank, entry_id),
    constraint a_bucket_has_its_time check ((bucket is null) = (bucketed_at is null))
  );
  create index statement_entry_waiting on statement_entry (bank, booked_at, id) where bucket is null;
  create index statement_entry_by_payment on statement_entry (payment_id) where payment_id is not null;
  create index statement_entry_by_bucket on statement_entry (bucket, id);
  create index statement_entry_contested on statement_entry (contested_by) where contested_by is not null;
  create index statement_entry_by_bank on statement_entry (bank, booked_at, id);

  create table payment_match (
    payment_id uuid primary key,
    entry_id uuid not null unique references statement_entry (id),
    reconciled_at timestamptz not null
  );

  create table reconciliation (
    id uuid primary key,
    bank text not null,
    from_date date not null,
    to_date date not null check (to_date >= from_date),
    state text not null check (state in ('requested', 'finished', 'failed')),
    statement_row uuid references statement (id),
    new_entries int,
    failure text,
    tries int not null default 0,
    due_at timestamptz not null,
    requested_by_kind text not null,
    requested_by_id text not null,
    requested_at timestamptz not null,
    ended_at timestamptz,
    constraint ended_with_its_time check ((state = 'requested') = (ended_at is null)),
    constraint finished_over_a_statement check (state <> 'finished' or statement_row is not null),
    constraint failed_for_a_reason check (state <> 'failed' or failure is not null)
  );
  create index reconciliation_waiting on reconciliation (due_at) where state = 'requested';
  create index reconciliation_by_bank on reconciliation (bank, id);

  create table reconciliation_history (
    id bigint generated always as identity primary key,
    reconciliation_id uuid not null references reconciliation (id),
    at timestamptz not null,
    from_state text,
    to_state text not null,
    detail jsonb not null default '{}'
  );
  create index reconciliation_history_by_reconciliation on reconciliation_history (reconciliation_id, id);
`;

const PROMISES = `
  create function statement_entry_keep_words() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      raise exception 'statement entry % is never deleted', old.id using errcode = 'restrict_violation';
    end if;
    if (new.id, new.bank, new.entry_id, new.reference, new.direction, new.amount, new.currency, new.booked_at,
        new.return_code)
       is distinct from
       (old.id, old.bank, old.entry_id, old.reference, old.direction, old.amount, old.currency, old.booked_at,
        old.return_code) then
      raise exception 'what statement entry % says does not change', old.id using errcode = 'restrict_violation';
    end if;
    if old.bucket is not null and new.bucket is distinct from old.bucket then
      raise exception 'statement entry % keeps its bucket', old.id using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  create trigger statement_entry_keep_words before update or delete on statement_entry
    for each row execute function statement_entry_keep_words();

  create trigger payment_match_only_grows before update or delete on payment_match
    for each statement execute function refuse_change();
  create trigger reconciliation_history_only_grows before update or delete on reconciliation_history
    for each statement execute function refuse_change();
`;

const VIEWS = `
  create view payment_match_view as
    select payment_id, entry_id, reconciled_at from payment_match;

  create view statement_entry_view as
    select id as entry_row, bank, entry_id, reference, direction, amount, currency, booked_at, return_code,
           contested_by, bucket, bucketed_at, payment_id
      from statement_entry;

  create view statement_view as
    select id as statement_row, bank, statement_id, from_date, to_date, state, currency, opening, closing,
           entry_count, difference, started_at, ended_at
      from statement;

  create view reconciliation_view as
    select id as reconciliation_id, bank, from_date, to_date, state, requested_at, ended_at from reconciliation;
`;
