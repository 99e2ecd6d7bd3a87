import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What does not fit between our books and a bank's: one row per fact, with an owner, notes, an age and an end;
 * statements that come as files; runs that are closed by a person.
 *
 * Promises kept here and not in code: one exception per fact, for ever; it keeps what it is about and ends once;
 * an explanation is a person's; notes and history only grow; an entry is undone by one other entry at most; the
 * bytes of a statement's file never change.
 */
export class ReconciliationExceptions1764000000016 implements MigrationInterface {
  name = 'ReconciliationExceptions1764000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ENTRIES);
    await runner.query(RUNS);
    await runner.query(FILES);
    await runner.query(EXCEPTIONS);
    await runner.query(PROMISES);
    await runner.query(WHAT_LAY_THERE);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view reconciliation_exception_view, reconciliation_view, statement_entry_view;
      drop table exception_note, exception_history, reconciliation_exception, statement_file_chunk, statement_file,
        proof_scan;
      drop function exception_keeps_its_fact();
      drop index payment_settled_by_change;
      drop index statement_entry_loose;
      drop index statement_entry_undoing;
      drop index statement_adjoining;
      drop index reconciliation_by_statement;
      drop index statement_entry_by_reference;
      alter table reconciliation drop constraint reconciliation_closed_by_somebody;
      alter table reconciliation drop constraint reconciliation_state_check;
      alter table reconciliation drop constraint finished_over_a_statement;
      alter table reconciliation drop column closed_at, drop column closed_by_kind, drop column closed_by_id,
        drop column closed_by_name, drop column source;
      alter table reconciliation add constraint reconciliation_state_check
        check (state in ('requested', 'finished', 'failed'));
      alter table reconciliation add constraint finished_over_a_statement
        check (state <> 'finished' or statement_row is not null);
      alter table statement_entry drop constraint statement_entry_bucket_check;
      alter table statement_entry add constraint statement_entry_bucket_check check (bucket in ('matched', 'returned',
        'amount-differs', 'unknown-reference', 'debited-twice', 'returned-twice', 'contradicts', 'not-ours'));
      alter table statement_entry drop column reversal, drop column undone_by;
      alter table statement_line drop column reversal;
      alter table statement drop column last_said_at;
      create view statement_entry_view as
        select id as entry_row, bank, entry_id, reference, direction, amount, currency, booked_at, return_code,
               contested_by, bucket, bucketed_at, payment_id
          from statement_entry;
      create view reconciliation_view as
        select id as reconciliation_id, bank, from_date, to_date, state, requested_at, ended_at from reconciliation;
      ${keepWords('')}
    `);
  }
}

/** What an entry says, its bucket, and what undid it, are each written once. */
const keepWords = (added: string) => `
  create or replace function statement_entry_keep_words() returns trigger language plpgsql as $$
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
    end if;${added}
    return new;
  end $$;`;

const ENTRIES = `
  -- The bank calls it a reversal of an earlier booking.
  alter table statement_line add column reversal boolean not null default false;
  alter table statement_entry add column reversal boolean not null default false;
  -- The entry that took this one back, where it was one too many.
  alter table statement_entry add column undone_by uuid references statement_entry (id);
  alter table statement_entry drop constraint statement_entry_bucket_check;
  alter table statement_entry add constraint statement_entry_bucket_check check (bucket in ('matched', 'returned',
    'undone', 'amount-differs', 'unknown-reference', 'debited-twice', 'returned-twice', 'return-reversed',
    'contradicts', 'not-ours'));
  -- Money that moved and does not fit, until another entry takes it back.
  create index statement_entry_loose on statement_entry (bank, reference)
    where undone_by is null and bucket in ('amount-differs', 'unknown-reference', 'debited-twice', 'returned-twice',
      'return-reversed', 'contradicts');
  create index statement_entry_undoing on statement_entry (payment_id) where bucket = 'undone';
  create index statement_adjoining on statement (bank, to_date, from_date) where state = 'complete';
  create unique index statement_entry_undoes_one on statement_entry (undone_by) where undone_by is not null;
  create index statement_entry_by_reference on statement_entry (bank, reference) where bucket is null;
  ${keepWords(`
    if new.reversal <> old.reversal or (old.undone_by is not null and new.undone_by is distinct from old.undone_by) then
      raise exception 'what statement entry % says does not change', old.id using errcode = 'restrict_violation';
    end if;`)}
`;

const RUNS = `
  -- When the bank said the very same once more: until then nothing was added to these days.
  alter table statement add column last_said_at timestamptz;
  alter table reconciliation drop constraint reconciliation_state_check;
  alter table reconciliation drop constraint finished_over_a_statement;
  alter table reconciliation add constraint reconciliation_state_check
    check (state in ('requested', 'finished', 'closed', 'failed'));
  alter table reconciliation add constraint finished_over_a_statement
    check (state not in ('finished', 'closed') or statement_row is not null);
  alter table reconciliation
    add column source text not null default 'bank' check (source in ('bank', 'file')),
    add column closed_at timestamptz,
    add column closed_by_kind text,
    add column closed_by_id text,
    add column closed_by_name text;
  alter table reconciliation add constraint reconciliation_closed_by_somebody check (
    (state = 'closed') = (closed_at is not null) and (closed_at is null) = (closed_by_id is null)
    and (closed_at is null) = (closed_by_kind is null) and (closed_at is null) = (closed_by_name is null));
`;

const FILES = `
  create index reconciliation_by_statement on reconciliation (statement_row) where statement_row is not null;
  create table statement_file (
    id uuid primary key,
    bank text not null,
    statement_row uuid not null references statement (id),
    reconciliation_id uuid not null references reconciliation (id),
    file_name text not null check (char_length(file_name) between 1 and 255),
    byte_size int not null check (byte_size > 0),
    sha256 char(64) not null,
    received_at timestamptz not null,
    received_by_kind text not null,
    received_by_id text not null,
    received_by_name text not null,
    unique (bank, sha256)
  );
  create index statement_file_by_statement on statement_file (statement_row);
  create table statement_file_chunk (
    file_id uuid not null references statement_file (id),
    chunk_no int not null check (chunk_no >= 0),
    bytes bytea not null,
    primary key (file_id, chunk_no)
  );
`;

const EXCEPTIONS = `
  create table reconciliation_exception (
    id uuid primary key,
    kind text not null check (kind in ('amount-differs', 'unknown-reference', 'no-reference', 'debited-twice',
      'returned-twice', 'return-reversed', 'contradicts', 'contested', 'outside-days', 'statement-difference',
      'statement-gap', 'paid-missing', 'return-missing', 'ours-unknown')),
    -- The fact in one text: the same fact is never told twice.
    fingerprint text not null unique check (char_length(fingerprint) between 1 and 500),
    bank text not null,
    -- The office's days that it is about; a run over any of them is not closed before this has ended.
    from_date date not null,
    to_date date not null check (to_date >= from_date),
    state text not null check (state in ('open', 'explained', 'ended')),
    -- The run that found it; null when found between runs.
    reconciliation_id uuid references reconciliation (id),
    entry_row uuid references statement_entry (id),
    statement_row uuid references statement (id),
    payment_id uuid,
    direction text check (direction in ('debit', 'credit')),
    amount numeric,
    currency char(3),
    -- Ids, codes, days and figures; never a name.
    detail jsonb not null default '{}',
    opened_at timestamptz not null,
    owner_id uuid,
    owner_name text,
    version int not null default 1,
    ended_at timestamptz,
    ended_by_kind text,
    ended_by_id text,
    ended_by_name text,
    explanation text check (char_length(explanation) between 1 and 2000),
    evidence text check (char_length(evidence) between 1 and 255),
    constraint owned_by_a_user check ((owner_id is null) = (owner_name is null)),
    constraint ended_by_somebody check ((state = 'open') = (ended_at is null)
      and (ended_at is null) = (ended_by_kind is null) and (ended_at is null) = (ended_by_id is null)),
    constraint explained_in_words check ((state = 'explained') = (explanation is not null)),
    constraint explained_by_a_person check (state <> 'explained' or ended_by_kind = 'user')
  );
  create index reconciliation_exception_open on reconciliation_exception (bank, from_date, to_date, kind)
    where state = 'open';
  create index reconciliation_exception_open_kind on reconciliation_exception (kind, payment_id) where state = 'open';
  create index reconciliation_exception_by_time on reconciliation_exception (opened_at, id);
  create index reconciliation_exception_by_state on reconciliation_exception (state, opened_at, id);
  create index reconciliation_exception_by_owner on reconciliation_exception (owner_id, opened_at, id)
    where owner_id is not null;
  create index reconciliation_exception_by_run on reconciliation_exception (reconciliation_id, opened_at, id);
  create index reconciliation_exception_by_entry on reconciliation_exception (entry_row) where entry_row is not null;
  create index reconciliation_exception_by_payment on reconciliation_exception (payment_id)
    where payment_id is not null;

  create table exception_history (
    id bigint generated always as identity primary key,
    exception_id uuid not null references reconciliation_exception (id),
    at timestamptz not null,
    happened text not null check (happened in ('opened', 'owned', 'given-up', 'explained', 'ended')),
    from_state text,
    to_state text not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    detail jsonb not null default '{}'
  );
  create index exception_history_by_exception on exception_history (exception_id, id);

  create table exception_note (
    id uuid primary key,
    exception_id uuid not null references reconciliation_exception (id),
    at timestamptz not null,
    author_kind text not null,
    author_id text not null,
    author_name text not null,
    text text not null check (char_length(text) between 1 and 2000)
  );
  create index exception_note_by_exception on exception_note (exception_id, id);

  -- Until when payments were looked at for a debit that is missing.
  create table proof_scan (
    name text primary key,
    until timestamptz not null
  );
  -- What the search for missing debits reads: each settled payment when it was told, and when it has come of age.
  create index payment_settled_by_change on payment (changed_at) where state = 'settled';
`;

const PROMISES = `
  create function exception_keeps_its_fact() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      raise exception 'exception % is never deleted: explain it', old.id using errcode = 'restrict_violation';
    end if;
    if old.state <> 'open' then
      raise exception 'exception % has ended and stays so', old.id using errcode = 'restrict_violation';
    end if;
    if (new.id, new.kind, new.fingerprint, new.bank, new.from_date, new.to_date, new.reconciliation_id, new.entry_row,
        new.statement_row, new.payment_id, new.direction, new.amount, new.currency, new.opened_at)
       is distinct from
       (old.id, old.kind, old.fingerprint, old.bank, old.from_date, old.to_date, old.reconciliation_id, old.entry_row,
        old.statement_row, old.payment_id, old.direction, old.amount, old.currency, old.opened_at) then
      raise exception 'exception % keeps its fact', old.id using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  create trigger exception_keeps_its_fact before update or delete on reconciliation_exception
    for each row execute function exception_keeps_its_fact();
  create trigger exception_history_only_grows before update or delete or truncate on exception_history
    for each statement execute function refuse_change();
  create trigger exception_note_only_grows before update or delete or truncate on exception_note
    for each statement execute function refuse_change();
  create trigger statement_file_only_grows before update or delete or truncate on statement_file
    for each statement execute function refuse_change();
  create trigger statement_file_chunk_only_grows before update or delete or truncate on statement_file_chunk
    for each statement execute function refuse_change();
`;

// What earlier releases put into a bucket and told as an alert only has an owner and an end from now on, too.
const WHAT_LAY_THERE = `
  with told as (
    insert into reconciliation_exception (id, kind, fingerprint, bank, from_date, to_date, state, entry_row,
                                          statement_row, payment_id, direction, amount, currency, opened_at)
    select gen_random_uuid(), case bucket when 'not-ours' then 'no-reference' else bucket end, 'entry ' || id, bank,
           (booked_at at time zone 'Asia/Ho_Chi_Minh')::date, (booked_at at time zone 'Asia/Ho_Chi_Minh')::date,
           'open', id, null::uuid, payment_id, direction, amount, currency, bucketed_at
      from statement_entry where bucket not in ('matched', 'returned', 'undone')
    union all
    select gen_random_uuid(), 'contested', 'contested ' || e.id || ' ' || s.id, e.bank,
           (e.booked_at at time zone 'Asia/Ho_Chi_Minh')::date, (e.booked_at at time zone 'Asia/Ho_Chi_Minh')::date,
           'open', e.id, s.id, e.payment_id, e.direction, e.amount, e.currency, s.ended_at
      from statement_entry e join statement s on s.id = e.contested_by
    union all
    select gen_random_uuid(), 'statement-difference', 'difference ' || id, bank, from_date, to_date, 'open', null,
           id, null, null, abs(difference), currency, ended_at
      from statement where state = 'complete' and difference <> 0
    returning id, opened_at)
  insert into exception_history (exception_id, at, happened, from_state, to_state, actor_kind, actor_id, actor_name)
  select id, opened_at, 'opened', null, 'open', 'system', 'system', 'system' from told;
`;

const VIEWS = `
  create or replace view statement_entry_view as
    select id as entry_row, bank, entry_id, reference, direction, amount, currency, booked_at, return_code,
           contested_by, bucket, bucketed_at, payment_id, reversal, undone_by
      from statement_entry;

  create or replace view reconciliation_view as
    select id as reconciliation_id, bank, from_date, to_date, state, requested_at, ended_at, source, closed_at
      from reconciliation;

  create view reconciliation_exception_view as
    select id as exception_id, kind, bank, from_date, to_date, state, reconciliation_id, entry_row, statement_row,
           payment_id, direction, amount, currency, opened_at, owner_id, ended_at
      from reconciliation_exception;
`;
