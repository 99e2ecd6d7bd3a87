import type { Actor } from '../identity/index.js';
import { execute, one, rows, type Tx } from '../platform/database/index.js';
import { alertLifecycle } from './alert.lifecycle.js';
import type { Unclaimed } from './alert.routes.js';
import { SEVERITIES, type AlertRule, type Cause, type Severity } from './alert.rules.js';

/** One evaluation at a time; false when another process is at it in this very moment. */
export async function takeTurn(tx: Tx): Promise<boolean> {
  const turn = await one<{ mine: boolean }>(
    tx,
    `select pg_try_advisory_xact_lock(hashtextextended('alerts evaluation', 0)) as mine`,
  );
  return turn?.mine ?? false;
}

/** An alert that moved or changed, as far as the log and the history tell it. */
export interface Told {
  readonly id: string;
  readonly rule: AlertRule;
  readonly severity: Severity;
  readonly count: number;
  readonly bank: string | null;
  readonly batchId: string | null;
}

const TOLD = 'a.id, a.rule, a.severity, a.count, a.bank, a.batch_id as "batchId"';

const CAUSES = `
  select * from jsonb_to_recordset($1::jsonb) as c (
    id uuid, rule text, fingerprint text, severity text, bank text, "batchId" uuid, "runId" uuid,
    "reasonCode" text, particulars jsonb, count int, amount numeric, link text, "firstAt" timestamptz,
    "lastAt" timestamptz)`;

/**
 * Opens an alert for each cause that has none living, unless a person resolved one for it and nothing new has
 * happened since.
 */
export function openAlerts(
  tx: Tx,
  given: { causes: readonly (Cause & { readonly id: string })[]; at: Date },
): Promise<Told[]> {
  return rows<Told>(
    tx,
    `insert into alert as a (id, rule, fingerprint, severity, state, bank, batch_id, run_id, reason_code,
                             particulars, count, amount, currency, link, first_at, last_at, opened_at, changed_at)
     select c.id, c.rule, c.fingerprint, c.severity, 'open', c.bank, c."batchId", c."runId", c."reasonCode",
            c.particulars, c.count, c.amount, case when c.amount is not null then 'VND' end, c.link, c."firstAt",
            c."lastAt", $2, $2
       from (${CAUSES}) c
      where not exists (select 1 from alert r
                         where r.fingerprint = c.fingerprint and r.state = 'resolved'
                           and r.resolved_by_kind <> 'system' and r.last_at >= c."lastAt")
     on conflict (fingerprint) where state <> 'resolved' do nothing
     returning ${TOLD}`,
    [JSON.stringify(given.causes), given.at],
  );
}

/** Brings living alerts up to date with their causes; gives those that changed, with the severity before. */
export function updateAlerts(
  tx: Tx,
  given: { causes: readonly Cause[]; at: Date },
): Promise<(Told & { readonly before: Severity })[]> {
  return rows(
    tx,
    `update alert a
        set severity = c.severity, particulars = c.particulars, count = c.count, amount = c.amount, link = c.link,
            currency = case when c.amount is not null then 'VND' end, first_at = c."firstAt",
            last_at = c."lastAt", changed_at = $2,
            worsened_at = case when array_position($3::text[], c.severity) > array_position($3::text[], a.severity)
                               then $2 else a.worsened_at end
       from (${CAUSES}) c join alert b on b.fingerprint = c.fingerprint and b.state <> 'resolved'
      where a.id = b.id
        and (a.severity, a.particulars, a.count, a.amount, a.first_at, a.last_at)
            is distinct from (c.severity, c.particulars, c.count, c.amount, c."firstAt", c."lastAt")
     returning ${TOLD}, b.severity as before`,
    [JSON.stringify(given.causes), given.at, SEVERITIES],
  );
}

/** Resolves living alerts whose cause is gone; of those of other systems these say so themselves. */
export function resolveGone(
  tx: Tx,
  given: { fingerprints: readonly string[]; at: Date },
): Promise<Told[]> {
  return rows<Told>(
    tx,
    `with gone as (
       select id, state from alert where state = any($3) and fingerprint <> all($1::text[])
          and rule <> 'external' for update),
     a as (
       update alert set state = 'resolved', resolved_at = $2, changed_at = $2, resolved_by_kind = 'system',
              resolved_by_id = 'system', resolved_by_name = 'system'
         from gone where alert.id = gone.id returning alert.*, gone.state as from_state),
     told as (
       insert into alert_history (alert_id, at, happened, from_state, to_state, severity, count, actor_kind,
                                  actor_id, actor_name)
       select id, $2, 'resolved', from_state, 'resolved', severity, count, 'system', 'system', 'system' from a)
     select ${TOLD} from a`,
    [given.fingerprints, given.at, alertLifecycle.before('resolved')],
  );
}

/** Resolves living alerts of other systems, by their word. */
export function resolveExternal(
  tx: Tx,
  given: { fingerprints: readonly string[]; at: Date },
): Promise<Told[]> {
  return rows<Told>(
    tx,
    `with gone as (
       select id, state from alert where state = any($3) and fingerprint = any($1::text[])
          and rule = 'external' for update),
     a as (
       update alert set state = 'resolved', resolved_at = $2, changed_at = $2, resolved_by_kind = 'system',
              resolved_by_id = 'system', resolved_by_name = 'system'
         from gone where alert.id = gone.id returning alert.*, gone.state as from_state),
     told as (
       insert into alert_history (alert_id, at, happened, from_state, to_state, severity, count, actor_kind,
                                  actor_id, actor_name)
       select id, $2, 'resolved', from_state, 'resolved', severity, count, 'system', 'system', 'system' from a)
     select ${TOLD} from a`,
    [given.fingerprints, given.at, alertLifecycle.before('resolved')],
  );
}

/** Unclaimed alerts that are looked at in one round; what is beyond is looked at when some of these are taken on. */
const MOST_UNCLAIMED = 1_000;

/** Alerts that nobody has taken on, the oldest first. Held, so that two rounds never tell the same. */
export function lockUnclaimed(tx: Tx): Promise<Unclaimed[]> {
  return rows<Unclaimed>(
    tx,
    `select id, rule, severity, bank, coalesce(worsened_at, opened_at) as since, escalated_at as "escalatedAt",
            repeated_at as "repeatedAt"
       from alert where state = 'open' order by id limit ${MOST_UNCLAIMED} for update skip locked`,
  );
}

export async function markTold(
  tx: Tx,
  told: { escalated: readonly string[]; repeated: readonly string[]; at: Date },
): Promise<void> {
  await execute(
    tx,
    `update alert set escalated_at = case when id = any($1::uuid[]) then $3 else escalated_at end,
            repeated_at = case when id = any($2::uuid[]) then $3 else repeated_at end
      where id = any($1::uuid[] || $2::uuid[])`,
    [told.escalated, told.repeated, told.at],
  );
}

/** What changed without the alert's state moving, or with its opening. */
export async function appendHistory(
  tx: Tx,
  given: {
    alerts: readonly { readonly id: string }[];
    happened: 'opened' | 'worsened' | 'eased' | 'escalated';
    at: Date;
  },
): Promise<void> {
  if (given.alerts.length === 0) return;
  await execute(
    tx,
    `insert into alert_history (alert_id, at, happened, from_state, to_state, severity, count, actor_kind, actor_id,
                                actor_name)
     select id, $2, $3, case when $3 = 'opened' then null else state end, state, severity, count, 'system',
            'system', 'system'
       from alert where id = any($1::uuid[])`,
    [given.alerts.map(({ id }) => id), given.at, given.happened],
  );
}

export interface Handling {
  readonly ids: readonly string[];
  readonly actor: Pick<Actor, 'kind' | 'id' | 'name'>;
  readonly note: string | null;
  readonly at: Date;
}

/** open → acknowledged, with their owner. Gives those that were open. */
export async function acknowledge(tx: Tx, by: Handling): Promise<string[]> {
  const moved = await rows<{ id: string }>(
    tx,
    `with before as (
       select id from alert where id = any($1::uuid[]) and state = any($7) order by id for update),
     moved as (
       update alert a set state = 'acknowledged', acknowledged_at = $5, owner_id = $3, owner_name = $4,
              changed_at = $5
         from before b where a.id = b.id returning a.id, a.severity, a.count)
     insert into alert_history (alert_id, at, happened, from_state, to_state, severity, count, actor_kind, actor_id,
                                actor_name, note)
     select id, $5, 'acknowledged', 'open', 'acknowledged', severity, count, $2, $3, $4, $6 from moved
     returning alert_id as id`,
    handled(by, alertLifecycle.before('acknowledged')),
  );
  return moved.map(({ id }) => id);
}

/** A living alert becomes somebody's, whosever it was. False when it is not there or resolved. */
export async function giveAlert(
  tx: Tx,
  by: Omit<Handling, 'ids'> & { id: string; owner: { id: string; name: string } },
): Promise<boolean> {
  const { id, owner, actor, at, note } = by;
  const given = await execute(
    tx,
    `with before as (
       select id, state from alert where id = $1 and state <> 'resolved' for update),
     given as (
       update alert a set state = 'acknowledged', acknowledged_at = coalesce(a.acknowledged_at, $6), owner_id = $2,
              owner_name = $3, changed_at = $6
         from before b where a.id = b.id returning a.id, b.state as from_state, a.severity, a.count)
     insert into alert_history (alert_id, at, happened, from_state, to_state, severity, count, actor_kind, actor_id,
                                actor_name, note, owner_name)
     select id, $6, 'given', from_state, 'acknowledged', severity, count, $4, $5, $8, $7, $3 from given`,
    [id, owner.id, owner.name, actor.kind, actor.id, at, note, actor.name],
  );
  return given === 1;
}

/** open or acknowledged → resolved. Gives those that were not resolved before. */
export async function resolve(tx: Tx, by: Handling): Promise<Told[]> {
  return rows<Told>(
    tx,
    `with before as (
       select id, state from alert where id = any($1::uuid[]) and state = any($7) order by id for update),
     moved as (
       update alert a set state = 'resolved', resolved_at = $5, resolved_by_kind = $2, resolved_by_id = $3,
              resolved_by_name = $4, changed_at = $5
         from before b where a.id = b.id returning b.state as from_state, ${TOLD}),
     told as (
     insert into alert_history (alert_id, at, happened, from_state, to_state, severity, count, actor_kind, actor_id,
                                actor_name, note)
     select id, $5, 'resolved', from_state, 'resolved', severity, count, $2, $3, $4, $6 from moved)
     select id, rule, severity, count, bank, "batchId" from moved`,
    handled(by, alertLifecycle.before('resolved')),
  );
}

function handled(by: Handling, before: readonly string[]): unknown[] {
  const { ids, actor, at, note } = by;
  return [ids, actor.kind, actor.id, actor.name, at, note, before];
}
