import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How each bank fares, for all workers together: its circuit breaker, the pause that it asked for, and whether an
 * officer has switched it off. A bank without a row has never given cause to write one.
 *
 * Promises kept here and not only in code: an outage knows since when, a probe is one and under a lease, whoever
 * switched a bank off is named with a reason; what happened is only ever added to.
 */
export class BanksHealth1764000000020 implements MigrationInterface {
  name = 'BanksHealth1764000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(VIEWS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop view bank_health_view;
      drop table bank_health_history, bank_health;
    `);
  }
}

const TABLES = `
  create table bank_health (
    bank_code text primary key check (bank_code ~ '^[a-z][a-z0-9-]{1,30}$'),
    state text not null default 'closed' check (state in ('closed', 'open', 'probing')),
    -- Calls in a row that were not answered, none too long after the one before.
    failures int not null default 0 check (failures >= 0),
    -- No call that began since then was answered.
    failing_since timestamptz,
    last_failed_at timestamptz,
    last_why text check (char_length(last_why) <= 500),
    -- While not closed: since when, how many probes went unanswered, when the next one may go.
    opened_at timestamptz,
    probes int not null default 0 check (probes >= 0),
    next_probe_at timestamptz,
    -- The one call that is let through while probing, and until when it must have ended.
    probe_id uuid,
    probe_until timestamptz,
    -- The bank's own Retry-After: until then nobody calls it.
    paused_until timestamptz,
    switched_off_at timestamptz,
    switched_off_kind text,
    switched_off_by text,
    switched_off_name text,
    switched_off_reason text check (char_length(switched_off_reason) between 1 and 1000),
    -- When the breaker last moved: a call that began before says nothing about now.
    moved_at timestamptz,
    -- When anything of this last changed but the count of failures.
    changed_at timestamptz,
    version int not null default 1,
    constraint outage_knows_since_when check (
      (state = 'closed') = (opened_at is null) and (state = 'closed') = (next_probe_at is null)),
    constraint one_probe_under_a_lease check (
      (state = 'probing') = (probe_id is not null) and (state = 'probing') = (probe_until is not null)),
    constraint failing_since_a_failure check (
      (failing_since is null) = (last_failed_at is null) and (failures = 0 or failing_since is not null)),
    constraint switched_off_by_somebody_for_a_reason check (
      (switched_off_at is null) = (switched_off_kind is null)
      and (switched_off_at is null) = (switched_off_by is null)
      and (switched_off_at is null) = (switched_off_name is null)
      and (switched_off_at is null) = (switched_off_reason is null))
  );

  create table bank_health_history (
    id bigint generated always as identity primary key,
    bank_code text not null references bank_health (bank_code),
    at timestamptz not null,
    happened text not null check (happened in (
      'opened', 'probing', 'probe-withdrawn', 'reopened', 'closed', 'paused', 'switched-off', 'switched-on')),
    from_state text not null,
    to_state text not null,
    actor_kind text not null,
    actor_id text not null,
    actor_name text not null,
    -- The attempt that it was learned from, where there was one.
    call_id uuid,
    -- When the next probe may go, or until when the bank is left alone.
    until timestamptz,
    reason text check (char_length(reason) <= 1000)
  );
  create index bank_health_history_by_bank on bank_health_history (bank_code, id desc);
  create trigger bank_health_history_only_grows before update or delete or truncate on bank_health_history
    for each statement execute function refuse_change();
`;

const VIEWS = `
  create view bank_health_view as
    select bank_code, state, failing_since, last_failed_at, opened_at, probes, next_probe_at, paused_until,
           switched_off_at, switched_off_name, switched_off_reason, changed_at
      from bank_health;
`;
