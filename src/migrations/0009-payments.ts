import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Payments born of approved lines, the submissions that carry them to a bank, and every attempt.
 *
 * Promises kept here and not only in code: no payment without the approved line it pays, column by column; one
 * live payment per entitlement; one reference per payment, for ever; whom and how much a payment pays never
 * changes; what happened is only ever added to.
 */
export class Payments1764000000009 implements MigrationInterface {
  name = 'Payments1764000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RUNS);
    await runner.query(PAYMENTS);
    await runner.query(PAYMENT_PROMISES);
    await runner.query(ATTEMPTS);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view enquiry_answer_view, attempt_view, payment_history_view, run_history_view, run_view,
        payment_conflict_view, payment_view;
      drop table enquiry_answer, attempt, payment_conflict, payment_history, payment, submission, run_history, payment_run;
      drop function payment_is_an_approved_line();
      drop function payment_keeps_what_it_pays();
      alter table batch_line drop constraint batch_line_of_batch;
      alter table approval drop constraint approval_of_batch;
    `);
  }
}

const RUNS = `
  alter table approval add constraint approval_of_batch unique (id, batch_id);
  alter table batch_line add constraint batch_line_of_batch unique (id, batch_id);

  -- The paying of one approved batch.
  create table payment_run (
    id uuid primary key,
    batch_id uuid not null unique,
    approval_id uuid not null unique,
    batch_number text not null,
    programme text not null,
    period text not null,
    state text not null check (state in ('scheduled', 'running', 'paused', 'finished')),
    payment_count int not null check (payment_count > 0),
    total_amount numeric(20,0) not null check (total_amount > 0),
    currency char(3) not null check (currency = 'VND'),
    scheduled_for timestamptz not null,
    deadline_at timestamptz not null,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz,
    -- Set once: what is not sent yet will not be sent any more.
    cancel_requested_at timestamptz,
    cancel_reason text check (char_length(cancel_reason) between 1 and 1000),
    pause_reason text check (char_length(pause_reason) between 1 and 1000),
    version int not null default 1,
    foreign key (approval_id, batch_id) references approval (id, batch_id),
    constraint paused_with_a_reason check ((state = 'paused') = (pause_reason is not null)),
    constraint cancelled_with_a_reason check ((cancel_requested_at is null) = (cancel_reason is null))
  );
  create index payment_run_by_state on payment_run (state, scheduled_for);

  create table run_history (
    id bigint generated always as identity primary key,
    run_id uuid not null references payment_run (id),
    at timestamptz not null,
    happened text not null check (happened in (
      'created', 'started', 'paused', 'resumed', 'cancelled', 'finished')),
    from_state text,
    to_state text not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    reason text
  );
  create index run_history_by_run on run_history (run_id, id);
  create trigger run_history_only_grows before update or delete or truncate on run_history
    for each statement execute function refuse_change();

  -- What one message to a bank carries.
  create table submission (
    id uuid primary key,
    run_id uuid not null references payment_run (id),
    bank_code text not null,
    mode text not null check (mode in ('single', 'bulk')),
    reference text not null unique check (char_length(reference) <= 35),
    state text not null check (state in ('waiting', 'sending', 'answered', 'cancelled')),
    payment_count int not null check (payment_count > 0),
    total_amount numeric(20,0) not null check (total_amount > 0),
    tries int not null default 0,
    -- Not sent before this instant: the scheduled date, then the backoff.
    not_before timestamptz not null,
    -- While sending: whoever claimed it must have answered by then.
    lease_until timestamptz,
    rings int not null default 0,
    rung_at timestamptz,
    created_at timestamptz not null,
    constraint sending_under_a_lease check ((state = 'sending') = (lease_until is not null))
  );
  create index submission_waiting on submission (bank_code, not_before) where state = 'waiting';
  create index submission_sending on submission (lease_until) where state = 'sending';
  create index submission_by_run on submission (run_id);
`;

const PAYMENTS = `
  create table payment (
    id uuid primary key,
    run_id uuid not null references payment_run (id),
    approval_id uuid not null,
    batch_id uuid not null,
    batch_line_id uuid not null unique,
    line_no int not null,
    entitlement_id uuid not null references entitlement (id),
    beneficiary_id uuid not null references beneficiary (id),
    account_id uuid not null references payment_account (id),
    -- The bank's EndToEndId: made before the first send, the same over every retry, never used again.
    reference text not null unique check (char_length(reference) <= 35),
    bank_code text not null,
    bank_bin text not null,
    account_number text not null,
    account_name text not null,
    narrative text not null check (char_length(narrative) <= 25),
    amount numeric(20,0) not null check (amount > 0),
    currency char(3) not null check (currency = 'VND'),
    programme text not null,
    period text not null,
    fund text not null,
    commune_code text not null,
    state text not null check (state in (
      'ready', 'sending', 'accepted', 'settled', 'rejected', 'unknown', 'returned', 'cancelled')),
    submission_id uuid not null references submission (id),
    reason_code text,
    reason_text text,
    bank_reference text,
    -- The bank's own number of the fact that brought the payment here, null when that fact had none.
    bank_sequence bigint,
    first_sent_at timestamptz,
    last_sent_at timestamptz,
    unknown_since timestamptz,
    settled_at timestamptz,
    enquiries int not null default 0,
    next_enquiry_at timestamptz,
    reissue_of uuid references payment (id),
    created_at timestamptz not null,
    changed_at timestamptz not null,
    foreign key (approval_id, batch_id) references approval (id, batch_id),
    foreign key (batch_line_id, batch_id) references batch_line (id, batch_id),
    constraint sent_payments_know_when check (
      state in ('ready', 'cancelled') or first_sent_at is not null),
    constraint doubts_have_an_age check (state <> 'unknown' or unknown_since is not null),
    constraint failures_have_a_reason check (
      state not in ('rejected', 'returned') or reason_code is not null)
  );
  -- One entitlement, one live payment: rule 2 of never paying twice.
  create unique index payment_one_live_per_entitlement on payment (entitlement_id)
    where state in ('ready', 'sending', 'accepted', 'unknown', 'settled');
  create unique index payment_reissued_once on payment (reissue_of)
    where reissue_of is not null and state <> 'cancelled';
  create index payment_by_run on payment (run_id, state);
  create index payment_by_submission on payment (submission_id);
  create index payment_by_beneficiary on payment (beneficiary_id);
  create index payment_by_entitlement on payment (entitlement_id);
  create index payment_by_state on payment (state, id) where state in ('rejected', 'returned', 'unknown');
  create index payment_withheld on payment (batch_id) where state = 'cancelled' and reason_code is not null;
  create index payment_to_enquire on payment (bank_code, next_enquiry_at)
    where state in ('unknown', 'accepted');

  create table payment_history (
    id bigint generated always as identity primary key,
    payment_id uuid not null references payment (id),
    at timestamptz not null,
    from_state text,
    to_state text not null,
    -- What moved it: run, sending, answer, enquiry, notice, statement, operator, sweeper.
    cause text not null,
    -- The attempt, notice, statement entry or person behind the cause.
    source_id text,
    reason_code text,
    reason_text text,
    bank_reference text,
    bank_at timestamptz
  );
  create index payment_history_by_payment on payment_history (payment_id, id);
  -- A bank's word that contradicts something final. Nothing moved; a person must look.
  create table payment_conflict (
    id bigint generated always as identity primary key,
    payment_id uuid not null references payment (id),
    at timestamptz not null,
    state text not null,
    says text not null,
    cause text not null,
    source_id text,
    reason_code text,
    bank_reference text,
    detail text
  );
  create index payment_conflict_by_payment on payment_conflict (payment_id);
  create trigger payment_conflict_only_grows before update or delete or truncate on payment_conflict
    for each statement execute function refuse_change();
  create trigger payment_history_only_grows before update or delete or truncate on payment_history
    for each statement execute function refuse_change();
`;

const PAYMENT_PROMISES = `
  -- An unapproved payment cannot exist: each row is the approved line, column by column.
  create function payment_is_an_approved_line() returns trigger language plpgsql as $$
  declare
    stray uuid;
  begin
    select p.id into stray
      from born p
      left join approved_batch_line_view l
        on l.id = p.batch_line_id and l.batch_id = p.batch_id and l.approval_id = p.approval_id
       and l.entitlement_id = p.entitlement_id and l.beneficiary_id = p.beneficiary_id
       and l.account_id = p.account_id and l.bank_bin = p.bank_bin
       and l.account_number = p.account_number and l.account_name = p.account_name
       and l.amount = p.amount and l.currency = p.currency
       and l.reissue_of is not distinct from p.reissue_of
     where l.id is null
     limit 1;
    if stray is not null then
      raise exception 'payment % pays no approved line', stray using errcode = 'integrity_constraint_violation';
    end if;
    return null;
  end $$;
  create trigger payment_is_an_approved_line after insert on payment
    referencing new table as born for each statement execute function payment_is_an_approved_line();

  create function payment_keeps_what_it_pays() returns trigger language plpgsql as $$
  begin
    raise exception 'what payment % pays does not change', old.id using errcode = 'integrity_constraint_violation';
  end $$;
  create trigger payment_keeps_what_it_pays before update on payment for each row
    when ((new.id, new.run_id, new.approval_id, new.batch_line_id, new.entitlement_id, new.beneficiary_id,
           new.account_id, new.reference, new.bank_code, new.bank_bin, new.account_number, new.account_name,
           new.amount, new.currency, new.reissue_of)
          is distinct from
          (old.id, old.run_id, old.approval_id, old.batch_line_id, old.entitlement_id, old.beneficiary_id,
           old.account_id, old.reference, old.bank_code, old.bank_bin, old.account_number, old.account_name,
           old.amount, old.currency, old.reissue_of))
    execute function payment_keeps_what_it_pays();
  create trigger payment_is_never_deleted before delete or truncate on payment
    for each statement execute function refuse_change();
`;

const ATTEMPTS = `
  -- Written and committed before a bank is called; open until its answer is written.
  create table attempt (
    id uuid primary key,
    bank_code text not null,
    kind text not null check (kind in ('pay', 'enquire')),
    submission_id uuid references submission (id),
    number int not null,
    payment_count int not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    -- answered: the bank said something about each; partly: about some; not-sent; unknown; lost: nobody came back.
    outcome text check (outcome in ('answered', 'partly', 'not-sent', 'unknown', 'lost')),
    why text check (char_length(why) <= 500),
    constraint ended_with_an_outcome check ((ended_at is null) = (outcome is null)),
    constraint pays_a_submission check ((kind = 'pay') = (submission_id is not null))
  );
  create index attempt_by_submission on attempt (submission_id);
  create index attempt_open on attempt (started_at) where ended_at is null;
  create index attempt_by_start on attempt (bank_code, started_at desc);
  create index attempt_by_bank on attempt (bank_code, ended_at desc);

  -- What a bank said about each payment of an enquiry, also when it moved nothing.
  create table enquiry_answer (
    attempt_id uuid not null references attempt (id),
    payment_id uuid not null references payment (id),
    answer text not null check (answer in (
      'settled', 'accepted', 'rejected', 'returned', 'not-found', 'unknown')),
    why text check (char_length(why) <= 500),
    at timestamptz not null,
    primary key (attempt_id, payment_id)
  );
  create index enquiry_answer_by_payment on enquiry_answer (payment_id);
`;

const VIEWS = `
  create view payment_view as
    select p.id as payment_id, p.run_id, p.batch_id, p.batch_line_id, p.entitlement_id, p.beneficiary_id,
           p.account_id, p.reference, p.bank_code, p.bank_bin, p.amount, p.currency, p.programme, p.period,
           p.fund, p.commune_code, p.state, p.reason_code, p.reason_text, p.bank_reference, p.first_sent_at,
           p.unknown_since, p.settled_at, p.reissue_of, p.created_at, p.changed_at,
           p.submission_id
      from payment p;

  create view payment_conflict_view as
    select c.id as conflict_id, c.payment_id, p.batch_id, p.bank_code, c.at, c.state, c.says, c.cause
      from payment_conflict c join payment p on p.id = c.payment_id;

  create view run_view as
    select id as run_id, batch_id, batch_number, programme, period, state, payment_count, total_amount, currency,
           scheduled_for, deadline_at, created_at, started_at, finished_at, cancel_requested_at
      from payment_run;

  create view run_history_view as
    select id as history_id, run_id, at, happened, actor_kind, actor_id, actor_name, reason from run_history;

  create view payment_history_view as
    select id as history_id, payment_id, at, from_state, to_state, cause, source_id, reason_code, bank_at
      from payment_history;

  create view attempt_view as
    select id as attempt_id, bank_code, kind, submission_id, number, payment_count, started_at, ended_at, outcome
      from attempt;

  create view enquiry_answer_view as
    select attempt_id, payment_id, answer, at from enquiry_answer;
`;
