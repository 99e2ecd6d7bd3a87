import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every file to and from a bank, as its bytes were, and what became of it.
 *
 * Promises kept here and not in code: what a bank gave twice is one file; what a file holds never changes; a
 * message is delivered as one file at most, unless an earlier one surely never reached the bank; history only grows.
 */
export class BanksFiles1764000000024 implements MigrationInterface {
  name = 'BanksFiles1764000000024';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(PROMISES);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view bank_file_view, bank_file_history_view, bank_collection_view;
      drop table bank_collection, bank_file_history, bank_file_order, bank_file_chunk, bank_file;
      drop function bank_file_keep_words();
    `);
  }
}

const TABLES = `
  create table bank_file (
    id uuid primary key,
    bank_code text not null,
    direction text not null check (direction in ('out', 'in')),
    state text not null check (state in (
      'made', 'delivering', 'delivered', 'not-delivered', 'uncertain', 'void', 'downloaded', 'uploaded',
      'received', 'read', 'quarantined')),
    file_name text not null check (char_length(file_name) between 1 and 255),
    media_type text not null,
    byte_size bigint not null check (byte_size >= 0),
    sha256 char(64) not null,
    -- Out: the message it carries (MsgId), when that was made first, and what it orders.
    message_reference text check (char_length(message_reference) between 1 and 35),
    message_made_at timestamptz,
    -- Over the orders: the same message with other orders is another file.
    order_digest char(64),
    payment_count int check (payment_count > 0),
    total_amount numeric(20,0) check (total_amount > 0),
    currency char(3),
    remote_name text,
    delivered_at timestamptz,
    -- In: what it turned out to be, which message a person said that it answers, and how often it came.
    kind text check (kind in ('report', 'statements', 'nothing')),
    answers text check (char_length(answers) between 1 and 35),
    item_count int,
    times_seen int not null default 1 check (times_seen > 0),
    last_seen_at timestamptz not null,
    -- Why it is quarantined, uncertain, or holds nothing to apply; where in the file.
    why_vi text,
    why_en text,
    place text,
    created_at timestamptz not null,
    constraint out_carries_a_message check ((direction = 'out') = (message_reference is not null)),
    constraint a_message_is_whole check (direction = 'in' or (
      message_made_at is not null and order_digest is not null and payment_count is not null
      and total_amount is not null and currency is not null)),
    constraint set_aside_for_a_reason check (state <> 'quarantined' or (why_vi is not null and why_en is not null)),
    constraint read_as_something check (state <> 'read' or kind is not null)
  );
  create unique index bank_file_content_once on bank_file (bank_code, sha256) where direction = 'in';
  -- One file of a message is or may be before the bank.
  create unique index bank_file_message_once on bank_file (bank_code, message_reference)
    where direction = 'out' and state in ('delivering', 'delivered', 'uncertain', 'downloaded', 'uploaded');
  create index bank_file_by_message on bank_file (bank_code, message_reference, id) where direction = 'out';
  create index bank_file_by_bank on bank_file (bank_code, id);
  create index bank_file_received on bank_file (created_at) where state = 'received';

  create table bank_file_chunk (
    file_id uuid not null references bank_file (id),
    chunk_no int not null check (chunk_no >= 0),
    bytes bytea not null,
    primary key (file_id, chunk_no)
  );
  alter table bank_file_chunk alter column bytes set storage external;

  -- What an outgoing file orders, in its order: for answers that speak of a whole message or name no reference.
  create table bank_file_order (
    file_id uuid not null references bank_file (id),
    position int not null check (position > 0),
    reference text not null check (char_length(reference) <= 35),
    amount numeric(20,0) not null check (amount > 0),
    currency char(3) not null,
    bank_bin text not null,
    account_number text not null,
    account_name text not null,
    fund text not null,
    primary key (file_id, position),
    unique (file_id, reference)
  );
  create index bank_file_order_by_reference on bank_file_order (reference);

  create table bank_file_history (
    id bigint generated always as identity primary key,
    file_id uuid not null references bank_file (id),
    at timestamptz not null,
    from_state text,
    to_state text not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    note text check (char_length(note) between 1 and 1000)
  );
  create index bank_file_history_by_file on bank_file_history (file_id, id);

  -- When a bank is looked at for files next, and who is looking.
  create table bank_collection (
    bank_code text primary key,
    next_at timestamptz not null,
    lease_until timestamptz,
    last_success_at timestamptz,
    failing_since timestamptz,
    last_error text check (char_length(last_error) <= 500)
  );
`;

const PROMISES = `
  create function bank_file_keep_words() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      raise exception 'bank file % is never deleted', old.id using errcode = 'restrict_violation';
    end if;
    if (new.id, new.bank_code, new.direction, new.file_name, new.media_type, new.byte_size, new.sha256,
        new.message_reference, new.message_made_at, new.order_digest, new.payment_count, new.total_amount,
        new.currency, new.created_at)
       is distinct from
       (old.id, old.bank_code, old.direction, old.file_name, old.media_type, old.byte_size, old.sha256,
        old.message_reference, old.message_made_at, old.order_digest, old.payment_count, old.total_amount,
        old.currency, old.created_at) then
      raise exception 'what bank file % holds does not change', old.id using errcode = 'restrict_violation';
    end if;
    if new.state <> old.state and (old.state, new.state) not in (
      ('made', 'delivering'), ('not-delivered', 'delivering'), ('delivering', 'delivered'),
      ('delivering', 'not-delivered'), ('delivering', 'uncertain'), ('made', 'void'), ('not-delivered', 'void'),
      ('made', 'downloaded'), ('downloaded', 'uploaded'), ('received', 'read'), ('received', 'quarantined'), ('quarantined', 'received'),
      ('read', 'received')) then
      raise exception 'bank file % does not move from % to %', old.id, old.state, new.state
        using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  create trigger bank_file_keep_words before update or delete on bank_file
    for each row execute function bank_file_keep_words();
  create trigger bank_file_is_never_emptied before truncate on bank_file
    for each statement execute function refuse_change();
  create trigger bank_file_chunk_only_grows before update or delete or truncate on bank_file_chunk
    for each statement execute function refuse_change();
  create trigger bank_file_order_only_grows before update or delete or truncate on bank_file_order
    for each statement execute function refuse_change();
  create trigger bank_file_history_only_grows before update or delete or truncate on bank_file_history
    for each statement execute function refuse_change();
`;

const VIEWS = `
  create view bank_file_view as
    select id as file_id, bank_code, direction, state, file_name, media_type, byte_size, sha256, message_reference,
           message_made_at, payment_count, total_amount, currency, remote_name, delivered_at, kind, answers,
           item_count, times_seen, last_seen_at, why_vi, why_en, place, created_at
      from bank_file;

  create view bank_file_history_view as
    select id as history_id, file_id, at, from_state, to_state, actor_kind, actor_id, actor_name, note
      from bank_file_history;

  create view bank_collection_view as
    select bank_code, last_success_at, failing_since from bank_collection;
`;
