import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Alerts reach people: each delivery has its receiver and channel, e-mails of one round are one message, and what nobody
 * takes on is told again and to others. Workers leave a sign of life. Once a week each commune is written to.
 */
export class AlertsReach1764000000087 implements MigrationInterface {
  name = 'AlertsReach1764000000087';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DELIVERIES);
    await runner.query(WORKERS);
    await runner.query(DIGESTS);
  }

  // What was told by other channels stays told; the old promises hold for new rows only.
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table alert_digest_attempt, alert_digest, worker_beat;
      alter table alert_history drop constraint alert_history_happened_check;
      alter table alert_history add constraint alert_history_happened_check
        check (happened in ('opened', 'worsened', 'eased', 'acknowledged', 'given', 'resolved')) not valid;
      drop index alert_delivery_waiting_message;
      alter table alert_delivery drop constraint alert_delivery_happened_check;
      alter table alert_delivery add constraint alert_delivery_happened_check
        check (happened in ('opened', 'worsened', 'resolved')) not valid;
      alter table alert_delivery drop column receiver, drop column channel, drop column message_id;
      alter table alert drop column worsened_at, drop column escalated_at, drop column repeated_at;
    `);
  }
}

const DELIVERIES = `
  alter table alert
    -- Since when it is as bad as it is, if not from its opening.
    add column worsened_at timestamptz,
    add column escalated_at timestamptz,
    add column repeated_at timestamptz;
  alter table alert_history drop constraint alert_history_happened_check;
  alter table alert_history add constraint alert_history_happened_check check (
    happened in ('opened', 'worsened', 'eased', 'acknowledged', 'given', 'resolved', 'escalated'));
  alter table alert_delivery
    -- Of alerts.yaml; what was told before there were receivers went to the one of the environment.
    add column receiver text not null default 'outside',
    add column channel text not null default 'webhook' check (channel in ('email', 'webhook', 'alertmanager')),
    -- Deliveries that go as one message; null: by itself.
    add column message_id uuid;
  alter table alert_delivery drop constraint alert_delivery_happened_check;
  alter table alert_delivery add constraint alert_delivery_happened_check check (
    happened in ('opened', 'worsened', 'resolved', 'repeated', 'escalated'));
  create index alert_delivery_waiting_message on alert_delivery (receiver, channel, due_at)
    where state = 'waiting' and message_id is not null;
`;

const WORKERS = `
  create table worker_beat (
    id uuid primary key,
    started_at timestamptz not null,
    seen_at timestamptz not null,
    -- It ended in good order.
    ended_at timestamptz
  );
`;

const DIGESTS = `
  create table alert_digest (
    id uuid primary key,
    -- The office day on which the digest is due.
    day date not null,
    commune_code text not null check (char_length(commune_code) between 1 and 20),
    state text not null check (state in ('waiting', 'delivered', 'given_up')),
    tries int not null default 0 check (tries >= 0),
    due_at timestamptz not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    unique (day, commune_code),
    constraint digest_ended_with_its_time check ((state = 'waiting') = (ended_at is null))
  );
  create index alert_digest_due on alert_digest (due_at, id) where state = 'waiting';
  create table alert_digest_attempt (
    id bigint generated always as identity primary key,
    digest_id uuid not null references alert_digest (id),
    try int not null,
    at timestamptz not null,
    status int,
    failure text,
    constraint digest_answered_or_failed check (status is not null or failure is not null)
  );
  create index alert_digest_attempt_by_digest on alert_digest_attempt (digest_id, id);
  create trigger alert_digest_attempt_only_grows before update or delete on alert_digest_attempt
    for each statement execute function refuse_change();
`;
