import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who must be told of what, and was.
 *
 * Promises kept here and not in code: one living alert per cause; a resolved alert stays resolved (a cause
 * that comes back opens a new one); history and attempts only grow.
 */
export class Alerts1764000000012 implements MigrationInterface {
  name = 'Alerts1764000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(PROMISES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table alert_delivery_attempt, alert_delivery, alert_history, alert;
      drop function alert_keep_lifecycle();
    `);
  }
}

const TABLES = `
  create table alert (
    id uuid primary key,
    rule text not null,
    -- The cause in one text: rule and what it is about. An outage is one cause, however many payments wait.
    fingerprint text not null check (char_length(fingerprint) between 1 and 255),
    severity text not null check (severity in ('info', 'warning', 'critical')),
    state text not null check (state in ('open', 'acknowledged', 'resolved')),
    bank text,
    batch_id uuid,
    run_id uuid,
    reason_code text,
    -- Ids, codes and figures that the texts are made of; never a name.
    particulars jsonb not null default '{}',
    count int not null check (count >= 0),
    amount numeric,
    currency char(3),
    link text not null,
    first_at timestamptz not null,
    -- When the newest thing it is about happened: what is newer than a person's resolution alarms again.
    last_at timestamptz not null,
    opened_at timestamptz not null,
    changed_at timestamptz not null,
    acknowledged_at timestamptz,
    owner_id text,
    owner_name text,
    resolved_at timestamptz,
    resolved_by_kind text,
    resolved_by_id text,
    resolved_by_name text,
    constraint acknowledged_by_somebody check ((acknowledged_at is null) = (owner_id is null)),
    constraint resolved_by_somebody check (
      (state = 'resolved') = (resolved_at is not null) and (resolved_at is null) = (resolved_by_kind is null)),
    constraint acknowledged_when_it_says_so check (state <> 'acknowledged' or acknowledged_at is not null)
  );
  create unique index alert_one_living on alert (fingerprint) where state <> 'resolved';
  create index alert_resolved_by_person on alert (fingerprint, last_at)
    where state = 'resolved' and resolved_by_kind <> 'system';
  create index alert_by_state on alert (state, id);
  create index alert_by_batch on alert (batch_id, id) where batch_id is not null;

  create table alert_history (
    id bigint generated always as identity primary key,
    alert_id uuid not null references alert (id),
    at timestamptz not null,
    happened text not null check (happened in ('opened', 'worsened', 'eased', 'acknowledged', 'resolved')),
    from_state text,
    to_state text not null,
    severity text not null,
    count int not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    note text check (char_length(note) between 1 and 1000)
  );
  create index alert_history_by_alert on alert_history (alert_id, id);

  create table alert_delivery (
    id uuid primary key,
    alert_id uuid not null references alert (id),
    happened text not null check (happened in ('opened', 'worsened', 'resolved')),
    state text not null check (state in ('waiting', 'delivered', 'given_up')),
    -- Tries begun, whether or not their end was recorded.
    tries int not null default 0 check (tries >= 0),
    due_at timestamptz not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    constraint ended_with_its_time check ((state = 'waiting') = (ended_at is null))
  );
  create index alert_delivery_due on alert_delivery (due_at, id) where state = 'waiting';
  create index alert_delivery_by_alert on alert_delivery (alert_id, id);

  create table alert_delivery_attempt (
    id bigint generated always as identity primary key,
    delivery_id uuid not null references alert_delivery (id),
    try int not null,
    at timestamptz not null,
    duration_ms int not null check (duration_ms >= 0),
    status int,
    -- In our words; never what the other side wrote.
    failure text,
    constraint answered_or_failed check (status is not null or failure is not null)
  );
  create index alert_delivery_attempt_by_delivery on alert_delivery_attempt (delivery_id, id);
`;

const PROMISES = `
  create function alert_keep_lifecycle() returns trigger language plpgsql as $$
  begin
    if tg_op = 'DELETE' then
      raise exception 'alert % is never deleted: resolve it', old.id using errcode = 'restrict_violation';
    end if;
    if old.state = 'resolved' then
      raise exception 'alert % is resolved and stays so', old.id using errcode = 'restrict_violation';
    end if;
    if (new.id, new.rule, new.fingerprint, new.opened_at)
       is distinct from (old.id, old.rule, old.fingerprint, old.opened_at) then
      raise exception 'alert % keeps its cause', old.id using errcode = 'restrict_violation';
    end if;
    if new.state <> old.state
       and (old.state, new.state) not in (('open', 'acknowledged'), ('open', 'resolved'), ('acknowledged', 'resolved')) then
      raise exception 'alert % does not move from % to %', old.id, old.state, new.state
        using errcode = 'restrict_violation';
    end if;
    return new;
  end $$;
  create trigger alert_keep_lifecycle before update or delete on alert
    for each row execute function alert_keep_lifecycle();

  create trigger alert_history_only_grows before update or delete on alert_history
    for each statement execute function refuse_change();
  create trigger alert_delivery_attempt_only_grows before update or delete on alert_delivery_attempt
    for each statement execute function refuse_change();
`;
