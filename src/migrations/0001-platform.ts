import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Outbox, idempotency keys and sessions: what the platform itself remembers. */
export class Platform1764000000001 implements MigrationInterface {
  name = 'Platform1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table outbox_event (
        id uuid primary key,
        event text not null,
        payload jsonb not null,
        created_at timestamptz not null
      )`);
    // One row per event and subscriber: done only when that subscriber's handler has finished. The queue
    // may lose the job; an undone row is rung again.
    await runner.query(`
      create table outbox_delivery (
        event_id uuid not null references outbox_event (id) on delete cascade,
        subscriber text not null,
        due_at timestamptz not null,
        rings integer not null default 0,
        done_at timestamptz,
        last_error text,
        primary key (event_id, subscriber)
      )`);
    await runner.query(
      `create index outbox_delivery_due on outbox_delivery (due_at) where done_at is null`,
    );
    await runner.query(`
      create function outbox_notify() returns trigger language plpgsql as $$
      begin
        perform pg_notify('chitra_outbox', '');
        return null;
      end $$`);
    await runner.query(`
      create trigger outbox_delivery_notify after insert on outbox_delivery
      for each statement execute function outbox_notify()`);
    await runner.query(`
      create table idempotency_key (
        scope text not null,
        key text not null,
        request_hash char(64) not null,
        state text not null check (state in ('running', 'committed', 'answered')),
        response_status integer,
        response_headers jsonb,
        -- Not jsonb: a repetition gets the very text of the first answer, its fields in their order.
        response_body json,
        created_at timestamptz not null,
        lease_until timestamptz not null,
        primary key (scope, key),
        check (state <> 'answered' or response_status is not null)
      )`);
    await runner.query(`
      create table session (
        sid varchar primary key,
        sess json not null,
        expire timestamp(6) not null
      )`);
    await runner.query(`create index session_expire on session (expire)`);
    // For tables that are only ever appended to: history, attempts, audit.
    await runner.query(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
      end $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function refuse_change() cascade`);
    await runner.query(`drop table session, idempotency_key, outbox_delivery, outbox_event`);
    await runner.query(`drop function outbox_notify()`);
  }
}
