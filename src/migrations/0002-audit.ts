import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit trail: who did what. Entries are written by the use case's own transaction and linked into a
 * hash chain at its commit, under one advisory lock, so that no use case waits for another while it works.
 */
export class Audit1764000000002 implements MigrationInterface {
  name = 'Audit1764000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(CHAIN);
    for (const table of ['audit_entry', 'audit_link']) {
      await runner.query(`
        create trigger ${table}_only_grows before update or delete or truncate on ${table}
        for each statement execute function refuse_change()`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table audit_link, audit_entry;
      drop function audit_entry_link();
    `);
  }
}

const TABLES = `
  create table audit_entry (
    id uuid primary key,
    at timestamptz not null,
    actor_kind text not null check (actor_kind in ('user', 'api-key', 'system')),
    actor_id text not null check (char_length(actor_id) between 1 and 100),
    actor_name text not null check (char_length(actor_name) between 1 and 100),
    action text not null check (action ~ '^[a-z][a-z-]*([.][a-z][a-z-]*)+$'),
    subject_type text not null check (subject_type ~ '^[a-z][a-z-]*$'),
    subject_id text not null check (char_length(subject_id) between 1 and 200),
    -- Ids, codes and figures; never names, account numbers or secrets.
    detail jsonb not null default '{}' check (jsonb_typeof(detail) = 'object')
  );
  create index audit_entry_by_actor on audit_entry (actor_id, id);
  create index audit_entry_by_action on audit_entry (action, id);
  create index audit_entry_by_subject on audit_entry (subject_type, subject_id, id);

  create table audit_link (
    seq bigint primary key check (seq > 0),
    entry_id uuid not null unique references audit_entry (id),
    previous_hash char(64) not null,
    hash char(64) not null
  );
`;

// The canonical form is the text of a jsonb array: PostgreSQL orders the keys of an object in it by length and
// then by bytes and writes one form of every value. The first link stands on 64 zeros. The verifier builds the
// same text by its own statement, so that a changed function here is found out too.
const CHAIN = `
  create function audit_entry_link() returns trigger language plpgsql as $$
  declare
    last_seq bigint;
    last_hash char(64);
  begin
    -- Held until the transaction has ended; what it has linked is visible to the next one by then.
    perform pg_advisory_xact_lock(7203302);
    select seq, hash into last_seq, last_hash from audit_link order by seq desc limit 1;
    last_seq := coalesce(last_seq, 0);
    last_hash := coalesce(last_hash, repeat('0', 64));
    insert into audit_link (seq, entry_id, previous_hash, hash)
    values (last_seq + 1, new.id, last_hash, encode(sha256(convert_to(jsonb_build_array(
      last_seq + 1, last_hash, new.id, to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      new.actor_kind, new.actor_id, new.actor_name, new.action, new.subject_type, new.subject_id, new.detail
    )::text, 'UTF8')), 'hex'));
    return null;
  end $$;

  create constraint trigger audit_entry_link after insert on audit_entry
    deferrable initially deferred for each row execute function audit_entry_link();
`;
