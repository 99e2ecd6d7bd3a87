import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Entitlements gathered into one proposal, and who is left out of it and why.
 *
 * Promises kept here and not in code: lines change only while their batch is a draft; a batch is proposed only
 * with figures that are its lines' own and with a digest; what was proposed does not change under its signers;
 * an approved or cancelled batch never changes again; history only grows.
 */
export class Batches1764000000007 implements MigrationInterface {
  name = 'Batches1764000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(FROZEN_LINES);
    await runner.query(BATCH_MOVES);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view batch_history_view, approved_batch_line_view, batch_preparer_view, batch_view;
      drop table batch_history, batch_returned_line, batch_exclusion, batch_line, batch, batch_numbering;
      drop function batch_line_only_in_draft();
      drop function batch_line_keeps_its_content();
      drop function batch_keep_promise();
    `);
  }
}

const TABLES = `
  -- The last number given for a programme and period; a row lock, so numbers have no gaps and no doubles.
  create table batch_numbering (
    programme text not null,
    period text not null,
    last_number int not null check (last_number > 0),
    primary key (programme, period)
  );

  create table batch (
    id uuid primary key,
    number text not null unique,
    programme text not null,
    period text not null check (period ~ '^[0-9]{4}(-(0[1-9]|1[0-2])|-D[1-9])?$'),
    -- What else was asked for: fund, communeCodes, bankBins, kind.
    filter jsonb not null default '{}',
    pay_on date,
    note text check (char_length(note) <= 500),
    state text not null default 'draft' check (state in ('draft', 'proposed', 'approved', 'cancelled')),
    -- Grows with every return to draft: signatures count only in the round they were given in.
    round int not null default 1 check (round > 0),
    line_count int not null default 0 check (line_count >= 0),
    total_amount numeric(20,0) not null default 0 check (total_amount >= 0),
    currency char(3) not null check (currency = 'VND'),
    digest char(64) check (digest ~ '^[0-9a-f]{64}$'),
    -- Who assembled it and who proposed it; both are preparers, and neither may sign.
    prepared_by uuid not null,
    proposed_by uuid,
    proposed_at timestamptz,
    approval_id uuid unique,
    -- The approved batch whose failed payments this one pays again.
    follow_up_of uuid references batch (id),
    return_reason text check (char_length(return_reason) between 1 and 1000),
    cancel_reason text check (char_length(cancel_reason) between 1 and 1000),
    version int not null default 1 check (version > 0),
    created_at timestamptz not null,
    constraint a_draft_has_no_digest check (state <> 'draft' or digest is null),
    constraint proposed_whole check (
      state not in ('proposed', 'approved')
      or (digest is not null and proposed_by is not null and proposed_at is not null and line_count > 0)),
    constraint approved_by_an_approval check ((state = 'approved') = (approval_id is not null)),
    constraint cancelled_with_a_reason check ((state = 'cancelled') = (cancel_reason is not null))
  );
  create index batch_by_programme on batch (programme, period, state);
  create index batch_by_state on batch (state, id);
  create index batch_by_follow_up on batch (follow_up_of) where follow_up_of is not null;

  -- One payment to be made, as it was when the batch was assembled. These columns are what is signed.
  create table batch_line (
    id uuid primary key,
    batch_id uuid not null references batch (id),
    line_no int not null check (line_no > 0),
    entitlement_id uuid not null references entitlement (id),
    beneficiary_id uuid not null references beneficiary (id),
    account_id uuid not null references payment_account (id),
    personal_number text not null,
    payee_name text not null,
    bank_bin text not null,
    account_number text not null,
    account_name text not null,
    amount numeric(20,0) not null check (amount > 0),
    currency char(3) not null check (currency = 'VND'),
    fund text not null,
    commune_code text not null,
    programme text not null,
    period text not null,
    kind text not null check (kind in ('regular', 'arrears', 'one_off')),
    decision_number text not null,
    recipient_name text,
    recipient_personal_number text,
    authorised_until date,
    -- The failed payment that this line pays again.
    reissue_of uuid,
    line_digest char(64) check (line_digest ~ '^[0-9a-f]{64}$'),
    -- Checked at the end of a statement, so that one statement can renumber.
    constraint batch_line_numbered unique (batch_id, line_no) deferrable initially immediate,
    constraint batch_line_once unique (batch_id, entitlement_id),
    constraint a_recipient_is_whole check (
      (recipient_name is null) = (recipient_personal_number is null)
      and (recipient_name is null) = (authorised_until is null))
  ) with (fillfactor = 45); -- every line is written twice: gathered, then digested in its own page
  create unique index batch_line_reissues_once on batch_line (batch_id, reissue_of) where reissue_of is not null;
  create index batch_line_by_entitlement on batch_line (entitlement_id);
  create index batch_line_by_person on batch_line (personal_number, batch_id);

  -- An entitlement of the programme and period that is not paid by this batch, and why.
  create table batch_exclusion (
    batch_id uuid not null references batch (id),
    entitlement_id uuid not null references entitlement (id),
    beneficiary_id uuid not null references beneficiary (id),
    personal_number text not null,
    payee_name text not null,
    commune_code text not null,
    fund text not null,
    kind text not null,
    amount numeric(20,0) not null,
    currency char(3) not null,
    reason text not null check (reason in (
      'no_account', 'no_route', 'held', 'deceased', 'ended', 'recipient_expired', 'failed_before', 'over_ceiling',
      'in_another_batch', 'already_paid', 'removed')),
    -- Codes, dates and ids that explain the reason; the officer's words for a line they took out.
    detail jsonb not null default '{}',
    reissue_of uuid,
    at timestamptz not null,
    primary key (batch_id, entitlement_id)
  );
  create index batch_exclusion_by_reason on batch_exclusion (batch_id, reason, entitlement_id);

  -- What a round's signers had before them when it was returned, so that they can be told what changed since.
  create table batch_returned_line (
    batch_id uuid not null references batch (id),
    round int not null,
    entitlement_id uuid not null,
    account_id uuid not null,
    payee_name text not null,
    amount numeric(20,0) not null,
    primary key (batch_id, round, entitlement_id)
  );

  create table batch_history (
    id bigint generated always as identity primary key,
    batch_id uuid not null references batch (id),
    at timestamptz not null,
    happened text not null check (happened in (
      'assembled', 'line_removed', 'rebuilt', 'proposed', 'returned', 'approved', 'cancelled')),
    from_state text,
    to_state text not null,
    round int not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    reason text,
    -- Ids and figures.
    detail jsonb not null default '{}'
  );
  create index batch_history_by_batch on batch_history (batch_id, id);
  create trigger batch_history_only_grows before update or delete on batch_history
    for each statement execute function refuse_change();
`;

// Per statement, not per row: 100,000 lines are judged by one look. The shared lock makes a writer of lines wait
// for whoever is proposing the batch, and then see that it is frozen.
const FROZEN_LINES = `
  create function batch_line_only_in_draft() returns trigger language plpgsql as $$
  declare
    frozen uuid;
  begin
    perform 1 from batch where id in (select batch_id from changed) order by id for share;
    select id into frozen from batch
      where id in (select batch_id from changed) and state <> 'draft' limit 1;
    if frozen is not null then
      raise exception 'the lines of batch % are frozen', frozen using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  create trigger batch_line_insert_in_draft after insert on batch_line
    referencing new table as changed for each statement execute function batch_line_only_in_draft();
  create trigger batch_line_update_in_draft after update on batch_line
    referencing old table as changed for each statement execute function batch_line_only_in_draft();
  create trigger batch_line_delete_in_draft after delete on batch_line
    referencing old table as changed for each statement execute function batch_line_only_in_draft();

  -- A draft's line is taken out and made anew, never edited: only its number and digest are written later.
  create function batch_line_keeps_its_content() returns trigger language plpgsql as $$
  begin
    raise exception 'line % keeps what it says', old.id using errcode = 'integrity_constraint_violation';
  end $$;
  create trigger batch_line_keeps_its_content before update on batch_line for each row
    when ((new.id, new.batch_id, new.entitlement_id, new.beneficiary_id, new.account_id, new.personal_number,
           new.payee_name, new.bank_bin, new.account_number, new.account_name, new.amount, new.currency, new.fund,
           new.commune_code, new.programme, new.period, new.kind, new.decision_number, new.recipient_name,
           new.recipient_personal_number, new.authorised_until, new.reissue_of)
          is distinct from
          (old.id, old.batch_id, old.entitlement_id, old.beneficiary_id, old.account_id, old.personal_number,
           old.payee_name, old.bank_bin, old.account_number, old.account_name, old.amount, old.currency, old.fund,
           old.commune_code, old.programme, old.period, old.kind, old.decision_number, old.recipient_name,
           old.recipient_personal_number, old.authorised_until, old.reissue_of))
    execute function batch_line_keeps_its_content();
`;

const BATCH_MOVES = `
  create function batch_keep_promise() returns trigger language plpgsql as $$
  declare
    lines record;
  begin
    if tg_op = 'DELETE' then
      raise exception 'batch % is never deleted: cancel it', old.id using errcode = 'integrity_constraint_violation';
    end if;
    if (new.id, new.number, new.programme, new.period, new.currency, new.prepared_by, new.follow_up_of,
        new.created_at)
       is distinct from
       (old.id, old.number, old.programme, old.period, old.currency, old.prepared_by, old.follow_up_of,
        old.created_at) then
      raise exception 'what batch % is does not change', old.id using errcode = 'integrity_constraint_violation';
    end if;
    if old.state in ('approved', 'cancelled') then
      raise exception 'batch % is % and does not change', old.id, old.state
        using errcode = 'integrity_constraint_violation';
    end if;
    if new.state <> old.state and (old.state, new.state) not in (
        ('draft', 'proposed'), ('draft', 'cancelled'), ('proposed', 'draft'), ('proposed', 'approved'),
        ('proposed', 'cancelled')) then
      raise exception 'batch % does not move from % to %', old.id, old.state, new.state
        using errcode = 'integrity_constraint_violation';
    end if;
    if old.state = 'proposed' and new.state <> 'draft'
       and (new.digest, new.line_count, new.total_amount, new.round, new.pay_on, new.filter, new.proposed_by,
            new.proposed_at)
           is distinct from
           (old.digest, old.line_count, old.total_amount, old.round, old.pay_on, old.filter, old.proposed_by,
            old.proposed_at) then
      raise exception 'batch % is frozen while it is signed', old.id using errcode = 'integrity_constraint_violation';
    end if;
    if new.round <> old.round + (case when old.state = 'proposed' and new.state = 'draft' then 1 else 0 end) then
      raise exception 'batch % begins a new round when it is returned, and only then', old.id
        using errcode = 'integrity_constraint_violation';
    end if;
    if old.state = 'draft' and new.state = 'proposed' then
      select count(*) as n, coalesce(sum(amount), 0) as total, coalesce(max(line_no), 0) as last_no,
             count(*) filter (where line_digest is null) as undigested
        into lines from batch_line where batch_id = new.id;
      if lines.n <> new.line_count or lines.total <> new.total_amount or lines.last_no <> lines.n
         or lines.undigested > 0 then
        raise exception 'batch % is proposed with figures that are not its lines''', new.id
          using errcode = 'integrity_constraint_violation';
      end if;
    end if;
    return new;
  end $$;
  create trigger batch_keep_promise before update or delete on batch
    for each row execute function batch_keep_promise();
`;

const VIEWS = `
  create view batch_view as
    select id as batch_id, number, programme, period, state, round, digest, line_count, total_amount, currency,
           prepared_by, proposed_by, proposed_at, approval_id, pay_on, follow_up_of, created_at
      from batch;

  -- Everybody who had a hand in a batch before its signers: none of them may sign it.
  create view batch_preparer_view as
    select id as batch_id, prepared_by::text as person_id from batch
    union
    select id, proposed_by::text from batch where proposed_by is not null
    union
    select batch_id, actor_id from batch_history
      where happened in ('assembled', 'line_removed', 'rebuilt', 'proposed');

  create view approved_batch_line_view as
    select l.id, l.batch_id, l.line_no, l.entitlement_id, l.beneficiary_id, l.account_id, l.personal_number,
           l.payee_name, l.bank_bin, l.account_number, l.account_name, l.amount, l.currency, l.fund,
           l.commune_code, l.programme, l.period, l.kind, l.decision_number, l.recipient_name,
           l.recipient_personal_number, l.authorised_until, l.reissue_of, l.line_digest,
           b.number as batch_number, b.state, b.round, b.approval_id, b.pay_on, b.follow_up_of
      from batch_line l
      join batch b on b.id = l.batch_id
     where b.state = 'approved';

  -- What people did with a batch, for the timelines of its payments.
  create view batch_history_view as
    select id as history_id, batch_id, at, happened, round, actor_kind, actor_id, actor_name, reason
      from batch_history;
`;
