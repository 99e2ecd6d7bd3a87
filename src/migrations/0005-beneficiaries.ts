import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People who are paid, and the accounts they are paid into.
 *
 * Promises kept here and not in code: one person per personal number; one current account per person;
 * an account row never changes its number (a batch line and a failed payment point at it); history only grows.
 */
export class Beneficiaries1764000000005 implements MigrationInterface {
  name = 'Beneficiaries1764000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(PROMISES);
    await runner.query(PAYEE_VIEW);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view payee_view;
      drop table beneficiary_history, authorised_recipient, payment_account, beneficiary;
      drop function payment_account_keep_identity();
      drop function beneficiary_history_only_grows();
    `);
  }
}

const TABLES = `
  create table beneficiary (
    id uuid primary key,
    personal_number text not null unique check (personal_number ~ '^[0-9]{9}([0-9]{3})?$'),
    full_name text not null check (char_length(full_name) between 2 and 140),
    folded_name text not null,
    -- An ISO 8601 date, or only the year where papers give no more.
    date_of_birth text check (date_of_birth ~ '^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$'),
    commune_code text not null check (commune_code ~ '^[0-9]{5}$'),
    deceased_on date,
    -- The ISO 20022 reason, or another code, for which nothing is paid until a person has looked.
    hold_reason text check (char_length(hold_reason) between 1 and 35),
    held_at timestamptz,
    created_at timestamptz not null,
    version int not null default 1 check (version > 0),
    constraint a_hold_has_its_time check ((hold_reason is null) = (held_at is null))
  );
  create index beneficiary_by_name on beneficiary using gin (to_tsvector('simple', folded_name));
  create index beneficiary_in_order on beneficiary (folded_name, id);
  create index beneficiary_by_commune on beneficiary (commune_code, folded_name, id);
  create index beneficiary_held on beneficiary (held_at) where hold_reason is not null;

  create table payment_account (
    id uuid primary key,
    beneficiary_id uuid not null references beneficiary (id),
    bank_bin text not null check (bank_bin ~ '^[0-9]{6}$'),
    account_number text not null check (account_number ~ '^[0-9A-Za-z]{6,19}$'),
    account_name text not null check (char_length(account_name) between 2 and 140),
    source text not null check (source in ('import', 'officer', 'api')),
    source_id uuid,
    valid_from timestamptz not null,
    replaced_at timestamptz,
    verified_at timestamptz,
    verified_how text check (verified_how in ('bank', 'officer')),
    constraint replaced_after_it_began check (replaced_at >= valid_from),
    constraint verified_somehow check ((verified_at is null) = (verified_how is null))
  );
  create unique index payment_account_one_current on payment_account (beneficiary_id) where replaced_at is null;
  create index payment_account_by_beneficiary on payment_account (beneficiary_id, valid_from);
  create index payment_account_by_number on payment_account (account_number, bank_bin);

  create table authorised_recipient (
    id uuid primary key,
    beneficiary_id uuid not null references beneficiary (id),
    full_name text not null check (char_length(full_name) between 2 and 140),
    personal_number text not null check (personal_number ~ '^[0-9]{9}([0-9]{3})?$'),
    authorised_until date not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    constraint ended_after_it_began check (ended_at >= created_at)
  );
  create unique index authorised_recipient_one_current
    on authorised_recipient (beneficiary_id) where ended_at is null;

  create table beneficiary_history (
    id uuid primary key,
    beneficiary_id uuid not null references beneficiary (id),
    at timestamptz not null,
    happened text not null check (happened in (
      'registered', 'details_changed', 'account_opened', 'account_replaced', 'recipient_authorised',
      'recipient_ended', 'held', 'released', 'death_recorded', 'name_corrected')),
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    -- Why: the officer's words, or what caused it (an import, a payment).
    cause text not null,
    -- Ids, codes and the names of changed fields.
    detail jsonb not null default '{}'
  );
  create index beneficiary_history_by_beneficiary on beneficiary_history (beneficiary_id, at, id);
`;

const PROMISES = `
  create function payment_account_keep_identity() returns trigger language plpgsql as $$
  begin
    if (new.id, new.beneficiary_id, new.bank_bin, new.account_number, new.account_name, new.valid_from)
       is distinct from
       (old.id, old.beneficiary_id, old.bank_bin, old.account_number, old.account_name, old.valid_from) then
      raise exception 'payment account % keeps its number: replace it by a new one', old.id
        using errcode = 'integrity_constraint_violation';
    end if;
    if old.replaced_at is not null and new.replaced_at is distinct from old.replaced_at then
      raise exception 'payment account % was replaced and stays so', old.id
        using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end $$;
  create trigger payment_account_keep_identity before update on payment_account
    for each row execute function payment_account_keep_identity();

  create function beneficiary_history_only_grows() returns trigger language plpgsql as $$
  begin
    raise exception 'beneficiary history only grows'
      using errcode = 'integrity_constraint_violation';
  end $$;
  create trigger beneficiary_history_only_grows before update or delete on beneficiary_history
    for each statement execute function beneficiary_history_only_grows();
`;

const PAYEE_VIEW = `
  create view payee_view as
    select b.id as beneficiary_id, b.personal_number, b.full_name, b.commune_code, b.deceased_on, b.hold_reason,
           a.id as account_id, a.bank_bin, a.account_number, a.account_name,
           a.source as account_source
      from beneficiary b
      left join payment_account a on a.beneficiary_id = b.id and a.replaced_at is null;
`;
