import { execute, one, prepared, type Tx } from '../platform/database/index.js';
import { entitlementLifecycle } from './entitlement.lifecycle.js';

/** Who moved it. Ids and logins, never a person's full name. */
export interface MovedBy {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

export interface Move {
  readonly at: Date;
  readonly by: MovedBy;
  /** In a few words, for the history: `batch assembled`. */
  readonly cause: string;
}

/**
 * One statement each: the rows are locked in the order of their ids (two batches that want the same people wait
 * for each other instead of dead-locking), only those in a state the lifecycle allows move, and each move
 * leaves its line in the history.
 */
export async function takeIntoBatch(
  tx: Tx,
  take: Move & { entitlementIds: readonly string[]; batchId: string },
): Promise<number> {
  return execute(
    tx,
    `with movable as (
       select id, state from entitlement where id = any($1::uuid[]) and state = any($2) order by id for update),
     moved as (
       update entitlement e set state = 'in_batch', batch_id = $3
         from movable m where e.id = m.id returning e.id, m.state as from_state)
     insert into entitlement_history
       (entitlement_id, at, from_state, to_state, actor_kind, actor_id, actor_name, cause, batch_id)
     select id, $4, from_state, 'in_batch', $5, $6, $7, $8, $3 from moved`,
    [take.entitlementIds, entitlementLifecycle.before('in_batch'), take.batchId, ...signed(take)],
  );
}

/** Only what lies in that batch and is not paid yet; all of it when no ids are given. */
export async function releaseFromBatch(
  tx: Tx,
  release: Move & { batchId: string; entitlementIds?: readonly string[] },
): Promise<number> {
  return execute(
    tx,
    `with movable as (
       select id, state from entitlement
        where batch_id = $1 and state = 'in_batch' and ($2::uuid[] is null or id = any($2::uuid[]))
        order by id for update),
     moved as (
       update entitlement e set state = 'open', batch_id = null
         from movable m where e.id = m.id returning e.id, m.state as from_state)
     insert into entitlement_history
       (entitlement_id, at, from_state, to_state, actor_kind, actor_id, actor_name, cause, batch_id)
     select id, $3, from_state, 'open', $4, $5, $6, $7, $1 from moved`,
    [release.batchId, release.entitlementIds ?? null, ...signed(release)],
  );
}

/**
 * The rows are not locked before, for nobody else can want them in another order: whoever moves what is being paid holds its
 * payments, which are locked in the order of their ids.
 */
export async function markAsPaid(
  tx: Tx,
  paid: Move & { entitlementIds: readonly string[] },
): Promise<number> {
  return execute(
    tx,
    prepared(`with moved as (
       update entitlement set state = 'paid', failed_code = null, failed_account_id = null
        where id = any($1::uuid[]) and state = 'in_batch' returning id, batch_id)
     insert into entitlement_history
       (entitlement_id, at, from_state, to_state, actor_kind, actor_id, actor_name, cause, batch_id)
     select id, $2, 'in_batch', 'paid', $3, $4, $5, $6, batch_id from moved`),
    [paid.entitlementIds, ...signed(paid)],
  );
}

export interface FailedItem {
  readonly entitlementId: string;
  readonly reasonCode: string;
  /** The account that the money could not reach; a batch waits until it is another one. */
  readonly accountId: string;
}

export async function reopenAsFailed(
  tx: Tx,
  failed: Move & { items: readonly FailedItem[] },
): Promise<number> {
  return execute(
    tx,
    `with failed as (
       select * from unnest($1::uuid[], $2::text[], $3::uuid[]) as f (id, reason_code, account_id)),
     movable as (
       select e.id, e.state, e.batch_id from entitlement e
        where e.id in (select id from failed) and e.state in ('in_batch', 'paid') order by e.id for update),
     moved as (
       update entitlement e
          set state = 'open', batch_id = null, failed_code = f.reason_code, failed_account_id = f.account_id
         from movable m join failed f on f.id = m.id
        where e.id = m.id returning e.id, m.state as from_state, m.batch_id, f.reason_code)
     insert into entitlement_history
       (entitlement_id, at, from_state, to_state, actor_kind, actor_id, actor_name, cause, batch_id, reason_code)
     select id, $4, from_state, 'open', $5, $6, $7, $8, batch_id, reason_code from moved`,
    [
      failed.items.map((item) => item.entitlementId),
      failed.items.map((item) => item.reasonCode),
      failed.items.map((item) => item.accountId),
      ...signed(failed),
    ],
  );
}

/** Open ones stay open, but are marked like ones whose payment failed: no batch takes them unasked. */
export async function markAsSuspected(
  tx: Tx,
  suspected: Move & { items: readonly FailedItem[] },
): Promise<number> {
  return execute(
    tx,
    `with suspected as (
       select * from unnest($1::uuid[], $2::text[], $3::uuid[]) as s (id, reason_code, account_id)),
     open as (
       select e.id from entitlement e
        where e.id in (select id from suspected) and e.state = 'open' order by e.id for update),
     marked as (
       update entitlement e set failed_code = s.reason_code, failed_account_id = s.account_id
         from open o join suspected s on s.id = o.id where e.id = o.id returning e.id, s.reason_code)
     insert into entitlement_history
       (entitlement_id, at, from_state, to_state, actor_kind, actor_id, actor_name, cause, reason_code)
     select id, $4, 'open', 'open', $5, $6, $7, $8, reason_code from marked`,
    [
      suspected.items.map((item) => item.entitlementId),
      suspected.items.map((item) => item.reasonCode),
      suspected.items.map((item) => item.accountId),
      ...signed(suspected),
    ],
  );
}

/** Ends it when it is open; tells whether it did. */
export async function endOpen(
  tx: Tx,
  ending: Move & { entitlementId: string; reason: string },
): Promise<boolean> {
  const ended = await execute(
    tx,
    `with movable as (
       select id, state from entitlement where id = $1 and state = any($2) for update),
     moved as (
       update entitlement e set state = 'ended', end_reason = $3
         from movable m where e.id = m.id returning e.id, m.state as from_state)
     insert into entitlement_history
       (entitlement_id, at, from_state, to_state, actor_kind, actor_id, actor_name, cause)
     select id, $4, from_state, 'ended', $5, $6, $7, $8 from moved`,
    [ending.entitlementId, entitlementLifecycle.before('ended'), ending.reason, ...signed(ending)],
  );
  return ended === 1;
}

export async function stateOf(tx: Tx, entitlementId: string): Promise<string | null> {
  const found = await one<{ state: string }>(tx, 'select state from entitlement where id = $1', [
    entitlementId,
  ]);
  return found?.state ?? null;
}

function signed(move: Move): unknown[] {
  return [move.at, move.by.kind, move.by.id, move.by.name, move.cause];
}
