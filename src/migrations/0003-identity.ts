import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * People and systems that may ask, and who may sign.
 *
 * Promises kept here and not in code: one person per login; a person signs as first or as second, never as
 * both, and never changes from one to the other; a key that was revoked stays revoked.
 */
export class Identity1764000000003 implements MigrationInterface {
  name = 'Identity1764000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(PROMISES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view signatory_view;
      drop table login_attempt, api_key, signatory, app_user;
      drop function signatory_keeps_its_signature();
      drop function api_key_stays_revoked();
    `);
  }
}

const TABLES = `
  create table app_user (
    id uuid primary key,
    login text not null unique check (login ~ '^[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]$'),
    display_name text not null check (char_length(display_name) between 1 and 140),
    password_hash text not null check (password_hash like '$argon2id$%'),
    roles text[] not null check (
      cardinality(roles) > 0 and
      roles <@ array['preparer', 'chief_accountant', 'account_holder', 'monitor', 'administrator']),
    -- Every session carries the epoch it began in; a new epoch ends them all at once.
    session_epoch int not null default 1 check (session_epoch > 0),
    created_at timestamptz not null,
    password_changed_at timestamptz not null,
    disabled_at timestamptz
  );

  create table signatory (
    user_id uuid primary key references app_user (id),
    signature text not null check (signature in ('first', 'second')),
    registered_at timestamptz not null
  );

  -- Whose signature counts now, for the modules that ask for signatures.
  create view signatory_view as
    select s.user_id, s.signature
      from signatory s join app_user u on u.id = s.user_id
     where u.disabled_at is null;

  create table api_key (
    id uuid primary key,
    key_id text not null unique check (key_id ~ '^[0-9a-f]{16}$'),
    name text not null unique check (name ~ '^[a-z0-9][a-z0-9._-]{1,62}[a-z0-9]$'),
    secret_hash char(64) not null,
    permissions text[] not null check (cardinality(permissions) > 0),
    created_by uuid references app_user (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    last_used_at timestamptz,
    revoked_at timestamptz,
    constraint expires_after_it_began check (expires_at > created_at)
  );

  -- One row per login (hashed: people type passwords into the wrong field) and per address.
  create table login_attempt (
    subject text primary key check (subject ~ '^(login|address):'),
    failures int not null check (failures >= 0),
    last_at timestamptz not null,
    blocked_until timestamptz not null
  );
  create index login_attempt_by_age on login_attempt (last_at);
`;

const PROMISES = `
  create function signatory_keeps_its_signature() returns trigger language plpgsql as $$
  begin
    raise exception 'signatory % keeps the signature that was registered', old.user_id
      using errcode = 'restrict_violation';
  end $$;
  create trigger signatory_keeps_its_signature before update or delete on signatory
    for each row execute function signatory_keeps_its_signature();

  create function api_key_stays_revoked() returns trigger language plpgsql as $$
  begin
    if old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
      raise exception 'API key % was revoked and stays so', old.id using errcode = 'restrict_violation';
    end if;
    if (new.id, new.key_id, new.secret_hash, new.permissions) is distinct from
       (old.id, old.key_id, old.secret_hash, old.permissions) then
      raise exception 'API key % keeps its secret and permissions: make a new one', old.id
        using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  create trigger api_key_stays_revoked before update on api_key
    for each row execute function api_key_stays_revoked();
`;
