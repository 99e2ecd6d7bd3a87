import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What banks say became of payments, as they said it.
 *
 * Promises kept here and not in code: a bank's notice id is one notice; what a bank said never changes
 * after it was stored; an item gets its result once; history only grows.
 */
export class Settlements1764000000010 implements MigrationInterface {
  name = 'Settlements1764000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(PROMISES);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view notice_view, notice_item_view;
      drop table notice_history, notice_item, bank_notice;
      drop function bank_notice_keep_words();
      drop function notice_item_keep_words();
    `);
  }
}

const TABLES = `
  create table bank_notice (
    id uuid primary key,
    bank text not null,
    -- The bank's own id of the message (the webhook-id header).
    notice_id text not null check (char_length(notice_id) between 1 and 256),
    -- The very bytes that were signed: evidence, shown to nobody as they are.
    body bytea not null,
    body_sha256 char(64) not null,
    sent_at timestamptz not null,
    received_at timestamptz not null,
    item_count int not null check (item_count >= 0),
    unread_count int not null check (unread_count >= 0),
    state text not null check (state in ('received', 'applied', 'conflict')),
    applied_at timestamptz,
    -- How often the same message came again, and when last.
    repeated int not null default 0 check (repeated >= 0),
    last_seen_at timestamptz not null,
    -- Applying that failed: tried again when due, so that one odd notice never holds up the others.
    apply_failures int not null default 0,
    due_at timestamptz not null,
    last_error text,
    constraint applied_with_its_time check ((state = 'applied') = (applied_at is not null))
  );
  create unique index bank_notice_once on bank_notice (bank, notice_id) where state <> 'conflict';
  -- The same id with another body is kept beside the first, once for each such body.
  create unique index bank_notice_body_once on bank_notice (bank, notice_id, body_sha256);
  create index bank_notice_waiting on bank_notice (bank, due_at, id) where state = 'received';
  create index bank_notice_by_bank on bank_notice (bank, id);
  create index bank_notice_conflict on bank_notice (id) where state = 'conflict';

  create table notice_item (
    bank_notice_id uuid not null references bank_notice (id),
    position int not null check (position >= 0),
    reference text,
    -- Null for an item that says nothing certain; then why tells what was wrong with it.
    fact text check (fact in ('accepted', 'settled', 'rejected', 'returned')),
    why text,
    reason_code text,
    reason_text text,
    bank_reference text,
    happened_at timestamptz,
    sequence bigint,
    -- As the bank wrote it, so of no fixed size.
    amount numeric,
    currency char(3),
    result text check (result in ('moved', 'repeated', 'late', 'conflict', 'unknown-reference', 'unread')),
    payment_id uuid,
    primary key (bank_notice_id, position),
    constraint says_something_or_why_not check ((fact is null) = (why is not null)),
    constraint an_amount_has_its_currency check ((amount is null) = (currency is null))
  );
  create index notice_item_by_payment on notice_item (payment_id) where payment_id is not null;
  create index notice_item_by_reference on notice_item (reference) where reference is not null;
  create index notice_item_by_result on notice_item (result, bank_notice_id);

  create table notice_history (
    id bigint generated always as identity primary key,
    bank_notice_id uuid not null references bank_notice (id),
    at timestamptz not null,
    from_state text,
    to_state text not null
  );
  create index notice_history_by_notice on notice_history (bank_notice_id, id);
`;

const PROMISES = `
  create function bank_notice_keep_words() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      raise exception 'notice % is never deleted', old.id using errcode = 'restrict_violation';
    end if;
    if (new.id, new.bank, new.notice_id, new.body_sha256, new.sent_at, new.received_at, new.item_count)
       is distinct from
       (old.id, old.bank, old.notice_id, old.body_sha256, old.sent_at, old.received_at, old.item_count) then
      raise exception 'what notice % said does not change', old.id using errcode = 'restrict_violation';
    end if;
    if new.state <> old.state and (old.state, new.state) <> ('received', 'applied') then
      raise exception 'notice % does not move from % to %', old.id, old.state, new.state
        using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  create trigger bank_notice_keep_words before update or delete on bank_notice
    for each row execute function bank_notice_keep_words();

  create function notice_item_keep_words() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' or old.result is not null
       or (new.bank_notice_id, new.position, new.reference, new.fact, new.why, new.reason_code,
           new.happened_at, new.sequence, new.amount, new.currency)
          is distinct from
          (old.bank_notice_id, old.position, old.reference, old.fact, old.why, old.reason_code,
           old.happened_at, old.sequence, old.amount, old.currency) then
      raise exception 'item % of notice % keeps what it said and its first result', old.position, old.bank_notice_id
        using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  create trigger notice_item_keep_words before update or delete on notice_item
    for each row execute function notice_item_keep_words();

  create trigger notice_history_only_grows before update or delete on notice_history
    for each statement execute function refuse_change();
`;

const VIEWS = `
  create view notice_item_view as
    select n.id as bank_notice_id, n.bank, n.notice_id, n.state, n.sent_at, n.received_at, n.applied_at,
           n.repeated, n.last_seen_at, i.position, i.reference, i.fact, i.why, i.reason_code, i.happened_at,
           i.sequence, i.amount, i.currency, i.result, i.payment_id
      from bank_notice n
      join notice_item i on i.bank_notice_id = n.id;

  create view notice_view as
    select id as bank_notice_id, bank, notice_id, state, received_at, repeated, last_seen_at, apply_failures
      from bank_notice;
`;
