import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lists that offices send, their rows and errors, and who is owed what by which decision.
 *
 * Promises kept here and not in code: one living entitlement per person, programme, period and kind;
 * one living import per content and declaration; what is owed never changes after it was written;
 * an entitlement only moves along its lifecycle and is never deleted; history only grows.
 */
export class Entitlements1764000000006 implements MigrationInterface {
  name = 'Entitlements1764000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(IMPORT_TABLES);
    await runner.query(ENTITLEMENT_TABLES);
    await runner.query(PROMISES);
    await runner.query(PAYABLE_VIEW);
    await runner.query(HISTORY_VIEW);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view payable_entitlement_view, entitlement_history_view;
      drop table entitlement_history, entitlement, import_error, import_row, import_file_chunk,
        import_history, entitlement_import, sender_heading;
      drop function entitlement_keep_promise();
      drop function entitlement_history_only_grows();
    `);
  }
}

const IMPORT_TABLES = `
  create table entitlement_import (
    id uuid primary key,
    sender text not null check (char_length(sender) between 1 and 80),
    file_name text not null check (char_length(file_name) between 1 and 255),
    format text not null check (format in ('xlsx', 'csv', 'json')),
    byte_size bigint not null check (byte_size >= 0),
    content_sha256 char(64) not null,
    -- SHA-256 over the content and what was declared with it: the same twice is one import.
    identity_sha256 char(64) not null,
    declared_programme text,
    declared_period text,
    headings jsonb not null default '{}',
    control_rows int check (control_rows >= 0),
    control_total numeric(20,0) check (control_total >= 0),
    control_by_commune jsonb,
    state text not null default 'received' check (state in ('received', 'checked', 'applied', 'refused')),
    -- Grows with every start of the check: only the newest may write, so a second one is harmless.
    check_run int not null default 0,
    sheet_name text,
    other_sheets jsonb not null default '[]',
    header_row int,
    columns jsonb not null default '[]',
    unknown_columns jsonb not null default '[]',
    -- Rows that are no lines (totals, signatures): the first of them by number, and how many there are.
    skipped_rows jsonb not null default '[]',
    skipped_count int not null default 0,
    read_rows int not null default 0,
    good_rows int not null default 0,
    bad_rows int not null default 0,
    applied_rows int not null default 0,
    error_count int not null default 0,
    warning_count int not null default 0,
    total_amount numeric(20,0) not null default 0,
    good_amount numeric(20,0) not null default 0,
    currency char(3) not null default 'VND',
    totals_by_commune jsonb not null default '[]',
    -- Why nothing of it may be applied (control totals that do not match), in both languages.
    blocks jsonb not null default '[]',
    refusal jsonb,
    apply_mode text check (apply_mode in ('all-or-nothing', 'good-rows')),
    received_by_kind text not null,
    received_by_id text not null,
    received_at timestamptz not null,
    -- When the check last wrote something; a silent one is started anew.
    check_alive_at timestamptz,
    checked_at timestamptz,
    applied_at timestamptz,
    refused_at timestamptz,
    version int not null default 1,
    constraint refused_with_a_reason check ((state = 'refused') = (refusal is not null)),
    constraint applied_somehow check ((state = 'applied') = (apply_mode is not null))
  );
  create unique index entitlement_import_once
    on entitlement_import (identity_sha256) where state <> 'refused';
  create index entitlement_import_waiting on entitlement_import (received_at) where state = 'received';

  create table import_history (
    id bigint generated always as identity primary key,
    import_id uuid not null references entitlement_import (id),
    at timestamptz not null,
    from_state text,
    to_state text not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    detail jsonb not null default '{}'
  );
  create index import_history_by_import on import_history (import_id, id);

  -- The very bytes that were sent, in pieces, because several machines share only this database.
  create table import_file_chunk (
    import_id uuid not null references entitlement_import (id),
    chunk_no int not null check (chunk_no >= 0),
    bytes bytea not null,
    primary key (import_id, chunk_no)
  );
  alter table import_file_chunk alter column bytes set storage external;

  -- Which field an officer said a sender's own heading means.
  create table sender_heading (
    sender text not null,
    heading text not null,
    field text not null,
    remembered_at timestamptz not null,
    primary key (sender, heading)
  );

  create table import_row (
    import_id uuid not null references entitlement_import (id),
    row_number int not null check (row_number > 0),
    state text not null check (state in ('good', 'bad', 'applied')),
    -- Made when the row is read, so that applying it twice would collide instead of doubling it.
    entitlement_id uuid not null,
    full_name text,
    -- The name folded for comparing.
    name_key text,
    personal_number text,
    date_of_birth text,
    commune_code text,
    programme text,
    period text,
    kind text,
    amount numeric(20,0),
    decision_number text,
    decision_date date,
    account_number text,
    account_name text,
    bank_bin text,
    recipient_name text,
    recipient_personal_number text,
    authorised_until date,
    fund text,
    note text,
    -- Cells of unknown columns, kept as notes under their heading.
    other_cells jsonb,
    primary key (import_id, row_number)
  );
  create index import_row_by_person on import_row (import_id, personal_number);
  create index import_row_by_state on import_row (import_id, state, row_number);

  create table import_error (
    id bigint generated always as identity primary key,
    import_id uuid not null references entitlement_import (id),
    row_number int not null,
    -- The column's letter; null for the whole row.
    column_name text,
    cell text not null,
    field text,
    value text,
    rule text not null,
    severity text not null check (severity in ('error', 'warning')),
    message_vi text not null,
    message_en text not null,
    remedy_vi text not null,
    remedy_en text not null
  );
  create index import_error_by_row on import_error (import_id, row_number, id);
`;

const ENTITLEMENT_TABLES = `
  create table entitlement (
    id uuid primary key,
    import_id uuid not null references entitlement_import (id),
    row_number int not null,
    beneficiary_id uuid not null references beneficiary (id),
    programme text not null,
    period text not null check (period ~ '^[0-9]{4}(-(0[1-9]|1[0-2])|-D[1-9])?$'),
    kind text not null check (kind in ('regular', 'arrears', 'one_off')),
    amount numeric(20,0) not null check (amount > 0),
    currency char(3) not null check (currency = 'VND'),
    fund text not null,
    commune_code text not null check (commune_code ~ '^[0-9]{5}$'),
    decision_number text not null,
    decision_date date not null,
    recipient_name text,
    recipient_personal_number text,
    authorised_until date,
    state text not null default 'open' check (state in ('open', 'in_batch', 'paid', 'ended')),
    batch_id uuid,
    failed_code text,
    failed_account_id uuid references payment_account (id),
    end_reason text,
    note text,
    created_at timestamptz not null,
    constraint in_a_batch_or_paid_by_one check ((batch_id is not null) = (state in ('in_batch', 'paid'))),
    constraint a_recipient_is_whole check (
      (recipient_name is null) = (recipient_personal_number is null)
      and (recipient_name is null) = (authorised_until is null)),
    constraint ended_with_a_reason check ((state = 'ended') = (end_reason is not null))
  );
  create unique index entitlement_once
    on entitlement (beneficiary_id, programme, period, kind) where state <> 'ended';
  create index entitlement_by_programme on entitlement (programme, period, state, id);
  create index entitlement_by_batch on entitlement (batch_id) where batch_id is not null;
  create index entitlement_by_import on entitlement (import_id, row_number);
  create index entitlement_failed on entitlement (id) where failed_code is not null;

  create table entitlement_history (
    id bigint generated always as identity primary key,
    entitlement_id uuid not null references entitlement (id),
    at timestamptz not null,
    from_state text,
    to_state text not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    cause text not null,
    batch_id uuid,
    reason_code text
  );
  create index entitlement_history_by_entitlement on entitlement_history (entitlement_id, id);
`;

const PROMISES = `
  create function entitlement_keep_promise() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      raise exception 'entitlement % is never deleted: end it', old.id
        using errcode = 'integrity_constraint_violation';
    end if;
    if (new.id, new.import_id, new.row_number, new.beneficiary_id, new.programme, new.period, new.kind,
        new.amount, new.currency, new.fund, new.commune_code, new.decision_number, new.decision_date,
        new.recipient_name, new.recipient_personal_number, new.authorised_until, new.created_at)
       is distinct from
       (old.id, old.import_id, old.row_number, old.beneficiary_id, old.programme, old.period, old.kind,
        old.amount, old.currency, old.fund, old.commune_code, old.decision_number, old.decision_date,
        old.recipient_name, old.recipient_personal_number, old.authorised_until, old.created_at) then
      raise exception 'what entitlement % promises does not change: end it and send a new row', old.id
        using errcode = 'integrity_constraint_violation';
    end if;
    if new.state <> old.state and (old.state, new.state) not in (
        ('open', 'in_batch'), ('in_batch', 'open'), ('in_batch', 'paid'), ('paid', 'open'), ('open', 'ended')) then
      raise exception 'entitlement % does not move from % to %', old.id, old.state, new.state
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger entitlement_keep_promise before update or delete on entitlement
    for each row execute function entitlement_keep_promise();

  create function entitlement_history_only_grows() returns trigger language plpgsql as $$
  begin
    raise exception '% only grows', tg_table_name using errcode = 'integrity_constraint_violation';
  end $$;
  create trigger entitlement_history_only_grows before update or delete on entitlement_history
    for each statement execute function entitlement_history_only_grows();
  create trigger import_history_only_grows before update or delete on import_history
    for each statement execute function entitlement_history_only_grows();
`;

const PAYABLE_VIEW = `
  create view payable_entitlement_view as
    select e.id as entitlement_id, e.programme, e.period, e.kind, e.amount, e.currency, e.fund, e.commune_code,
           e.state, e.batch_id, e.decision_number, e.decision_date, e.failed_code, e.failed_account_id,
           e.recipient_name, e.recipient_personal_number, e.authorised_until,
           e.beneficiary_id, p.personal_number, p.full_name, p.deceased_on, p.hold_reason,
           p.account_id, p.bank_bin, p.account_number, p.account_name
      from entitlement e
      join payee_view p on p.beneficiary_id = e.beneficiary_id;
`;

// Each move with the list and row it was taken in from; a list's file name may hold a person's and is not here.
const HISTORY_VIEW = `
  create view entitlement_history_view as
    select h.id as history_id, h.entitlement_id, e.import_id, e.row_number, h.at, h.from_state, h.to_state,
           h.actor_kind, h.actor_id, h.actor_name, h.cause, h.batch_id, h.reason_code
      from entitlement_history h
      join entitlement e on e.id = h.entitlement_id;
`;
