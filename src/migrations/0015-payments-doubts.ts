import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How people end a doubt, and the guard of the other two ways out of it.
 *
 * Promises kept here and not only in code: a ruling has evidence, a reference or a whole file; it is signed by a
 * registered signatory who is not its proposer; what was decided and its evidence never change; a payment stands
 * in one open ruling at most; people move a payment out of a doubt by a confirmed ruling only; and no payment goes
 * from a doubt back to be sent unless the bank, asked after the last sending, said that it has never had it.
 */
export class PaymentsDoubts1764000000015 implements MigrationInterface {
  name = 'PaymentsDoubts1764000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RULINGS);
    await runner.query(RULING_PROMISES);
    await runner.query(ITEM_PROMISES);
    await runner.query(DOUBT_PROMISES);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view doubt_ruling_item_view, doubt_ruling_view;
      drop trigger doubt_ends_with_proof on payment;
      drop trigger people_end_doubts_by_rulings on payment_history;
      drop index payment_in_doubt;
      drop table doubt_ruling_history, doubt_ruling_item, doubt_ruling, evidence_file;
      drop function doubt_ends_with_proof();
      drop function people_end_doubts_by_rulings();
      drop function doubt_ruling_keep_promise();
      drop function doubt_ruling_is_whole();
      drop function doubt_ruling_item_is_a_doubt();
      drop function doubt_ruling_item_keep_promise();
    `);
  }
}

const RULINGS = `
  -- What somebody held in hand when they said how a doubt ends: the bank's letter, a page of its statement.
  create table evidence_file (
    id uuid primary key,
    file_name text not null check (char_length(file_name) between 1 and 255),
    media_type text not null check (media_type in (
      'application/pdf', 'image/png', 'image/jpeg', 'text/csv', 'text/plain', 'message/rfc822',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')),
    sha256 char(64) not null,
    byte_size int not null check (byte_size between 1 and 5242880),
    bytes bytea not null,
    created_at timestamptz not null,
    constraint evidence_is_whole check (
      octet_length(bytes) = byte_size and sha256 = encode(sha256(bytes), 'hex'))
  );
  create trigger evidence_file_stays before update or delete or truncate on evidence_file
    for each statement execute function refuse_change();

  -- How one or more doubts about payments of one bank end, in the eyes of a person who has evidence.
  create table doubt_ruling (
    id uuid primary key,
    bank_code text not null,
    outcome text not null check (outcome in ('settled', 'rejected')),
    reason_code text check (char_length(reason_code) between 1 and 35),
    evidence_reference text check (char_length(evidence_reference) between 1 and 140),
    evidence_note text check (char_length(evidence_note) between 1 and 1000),
    evidence_file_id uuid unique references evidence_file (id),
    payment_count int not null check (payment_count between 1 and 500),
    total_amount numeric(20,0) not null check (total_amount > 0),
    currency char(3) not null check (currency = 'VND'),
    -- Over the payments, the outcome and the evidence: what a signer signs.
    digest char(64) not null,
    state text not null check (state in ('proposed', 'confirmed', 'refused', 'withdrawn', 'overtaken')),
    proposed_by uuid not null references app_user (id),
    proposed_login text not null,
    proposed_at timestamptz not null,
    decided_by uuid references app_user (id),
    decided_login text,
    decided_at timestamptz,
    decision_reason text check (char_length(decision_reason) between 1 and 1000),
    constraint rejected_for_a_reason check ((outcome = 'rejected') = (reason_code is not null)),
    constraint evidence_is_there check (evidence_reference is not null or evidence_file_id is not null),
    constraint decided_by_somebody check (
      (state = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_at is null)
      and (decided_by is null) = (decided_login is null)),
    constraint nobody_rules_alone check (state = 'withdrawn' or decided_by is distinct from proposed_by),
    constraint said_why check ((state in ('refused', 'withdrawn')) = (decision_reason is not null))
  );
  create index doubt_ruling_open on doubt_ruling (id) where state = 'proposed';
  create index doubt_ruling_by_bank on doubt_ruling (bank_code, id);

  create table doubt_ruling_item (
    ruling_id uuid not null references doubt_ruling (id),
    payment_id uuid not null references payment (id),
    -- The sending that the evidence is about: another one since is another doubt.
    last_sent_at timestamptz not null,
    -- moved: by this ruling; overtaken: it had left the doubt, the bank's word wins; released: nothing was ruled.
    result text not null check (result in ('pending', 'moved', 'overtaken', 'released')),
    found_state text,
    primary key (ruling_id, payment_id),
    constraint overtaken_by_something check ((result = 'overtaken') = (found_state is not null))
  );
  create unique index payment_in_one_open_ruling on doubt_ruling_item (payment_id) where result = 'pending';
  create index doubt_ruling_item_by_payment on doubt_ruling_item (payment_id);

  create table doubt_ruling_history (
    id bigint generated always as identity primary key,
    ruling_id uuid not null references doubt_ruling (id),
    at timestamptz not null,
    happened text not null check (happened in ('proposed', 'confirmed', 'refused', 'withdrawn', 'overtaken')),
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    reason text
  );
  create index doubt_ruling_history_by_ruling on doubt_ruling_history (ruling_id, id);
  create trigger doubt_ruling_history_only_grows before update or delete or truncate on doubt_ruling_history
    for each statement execute function refuse_change();
`;

const RULING_PROMISES = `
  create function doubt_ruling_keep_promise() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      if new.state <> 'proposed' then
        raise exception 'ruling % is proposed before it is decided', new.id
          using errcode = 'integrity_constraint_violation';
      end if;
      return new;
    end if;
    if old.state <> 'proposed' or new.state = 'proposed' then
      raise exception 'ruling % was decided and stays so', old.id using errcode = 'restrict_violation';
    end if;
    if (new.id, new.bank_code, new.outcome, new.reason_code, new.evidence_reference, new.evidence_note,
        new.evidence_file_id, new.payment_count, new.total_amount, new.currency, new.digest, new.proposed_by,
        new.proposed_login, new.proposed_at)
       is distinct from
       (old.id, old.bank_code, old.outcome, old.reason_code, old.evidence_reference, old.evidence_note,
        old.evidence_file_id, old.payment_count, old.total_amount, old.currency, old.digest, old.proposed_by,
        old.proposed_login, old.proposed_at) then
      raise exception 'ruling % and its evidence stay as they were proposed', old.id
        using errcode = 'restrict_violation';
    end if;
    if new.state <> 'withdrawn'
       and not exists (select 1 from signatory_view s where s.user_id = new.decided_by) then
      raise exception 'ruling % is decided by a registered signatory', new.id
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger doubt_ruling_keep_promise before insert or update on doubt_ruling
    for each row execute function doubt_ruling_keep_promise();
  create trigger doubt_ruling_is_never_deleted before delete or truncate on doubt_ruling
    for each statement execute function refuse_change();

  -- At the end of the transaction a ruling has all its payments, each with an end when the ruling has one.
  create function doubt_ruling_is_whole() returns trigger language plpgsql as $$
  declare
    r record;
    items record;
  begin
    select * into r from doubt_ruling where id = new.id;
    select count(*) as all_of_them, count(*) filter (where result = 'pending') as pending,
           count(*) filter (where result = 'moved') as moved
      into items from doubt_ruling_item where ruling_id = new.id;
    if items.all_of_them <> r.payment_count then
      raise exception 'ruling % names % payments, not %', r.id, items.all_of_them, r.payment_count
        using errcode = 'integrity_constraint_violation';
    end if;
    if (r.state = 'proposed') <> (items.pending = r.payment_count)
       or (r.state <> 'proposed' and items.pending > 0)
       or (r.state = 'confirmed') <> (items.moved > 0) then
      raise exception 'the payments of ruling % do not fit its end', r.id
        using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  create constraint trigger doubt_ruling_is_whole after insert or update on doubt_ruling
    deferrable initially deferred for each row execute function doubt_ruling_is_whole();
`;

const ITEM_PROMISES = `
  create function doubt_ruling_item_is_a_doubt() returns trigger language plpgsql as $$
  declare
    stray uuid;
  begin
    select i.payment_id into stray
      from added i
      left join doubt_ruling r on r.id = i.ruling_id and r.state = 'proposed'
      left join payment p on p.id = i.payment_id and p.state = 'unknown' and p.bank_code = r.bank_code
       and p.last_sent_at = i.last_sent_at
     where p.id is null or i.result <> 'pending'
     limit 1;
    if stray is not null then
      raise exception 'payment % is no doubt of this ruling', stray using errcode = 'integrity_constraint_violation';
    end if;
    select r.id into stray
      from (select distinct ruling_id from added) a
      join doubt_ruling r on r.id = a.ruling_id
     where (select count(*) from doubt_ruling_item i where i.ruling_id = r.id) > r.payment_count
     limit 1;
    if stray is not null then
      raise exception 'ruling % stays as it was proposed', stray using errcode = 'restrict_violation';
    end if;
    return null;
  end $$;
  create trigger doubt_ruling_item_is_a_doubt after insert on doubt_ruling_item
    referencing new table as added for each statement execute function doubt_ruling_item_is_a_doubt();

  create function doubt_ruling_item_keep_promise() returns trigger language plpgsql as $$
  begin
    if old.result <> 'pending' or new.result = 'pending'
       or (new.ruling_id, new.payment_id, new.last_sent_at)
          is distinct from (old.ruling_id, old.payment_id, old.last_sent_at)
       or exists (select 1 from doubt_ruling r where r.id = old.ruling_id and r.state = 'proposed') then
      raise exception 'payment % of ruling % stays as it is', old.payment_id, old.ruling_id
        using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  create trigger doubt_ruling_item_keep_promise before update on doubt_ruling_item
    for each row execute function doubt_ruling_item_keep_promise();
  create trigger doubt_ruling_item_is_never_deleted before delete or truncate on doubt_ruling_item
    for each statement execute function refuse_change();
`;

// Both look at single rows, and their conditions leave out all that is not about a doubt before the function is
// entered: a statement trigger would compare old and new rows of every move of every payment.
const DOUBT_PROMISES = `
  create index payment_in_doubt on payment (unknown_since, id) where state = 'unknown';

  create function doubt_ends_with_proof() returns trigger language plpgsql as $$
  begin
    if new.state <> 'ready' or not exists (
      select 1 from enquiry_answer e join attempt a on a.id = e.attempt_id
       where e.payment_id = old.id and e.answer = 'not-found' and a.started_at > old.last_sent_at) then
      raise exception 'payment % is in doubt and is not sent again without proof', old.id
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger doubt_ends_with_proof before update on payment for each row
    when (old.state = 'unknown' and new.state in ('ready', 'sending', 'cancelled'))
    execute function doubt_ends_with_proof();

  create function people_end_doubts_by_rulings() returns trigger language plpgsql as $$
  begin
    if not exists (
      select 1 from doubt_ruling r join doubt_ruling_item i on i.ruling_id = r.id
       where i.payment_id = new.payment_id and r.id::text = new.source_id
         and r.state = 'confirmed' and r.outcome = new.to_state) then
      raise exception 'people end the doubt about payment % by a confirmed ruling only', new.payment_id
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger people_end_doubts_by_rulings before insert on payment_history for each row
    when (new.from_state = 'unknown' and new.cause = 'operator')
    execute function people_end_doubts_by_rulings();
`;

const VIEWS = `
  create view doubt_ruling_view as
    select id as ruling_id, bank_code, outcome, reason_code, payment_count, total_amount, currency, state,
           proposed_by, proposed_login, proposed_at, decided_by, decided_login, decided_at
      from doubt_ruling;

  create view doubt_ruling_item_view as
    select ruling_id, payment_id, last_sent_at, result, found_state from doubt_ruling_item;
`;
