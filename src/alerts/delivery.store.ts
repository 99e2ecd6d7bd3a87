import { newId } from '../kernel/index.js';
import { execute, rows, type Tx } from '../platform/database/index.js';
import { MOST_TRIES } from './alert.rules.js';

export const DELIVERED_EVENTS = ['opened', 'worsened', 'resolved'] as const;
export type DeliveredEvent = (typeof DELIVERED_EVENTS)[number];

/** Writes down that the receiver is to be told. */
export async function insertDeliveries(
  tx: Tx,
  given: { alertIds: readonly string[]; happened: DeliveredEvent; at: Date },
): Promise<void> {
  if (given.alertIds.length === 0) return;
  await execute(
    tx,
    `insert into alert_delivery (id, alert_id, happened, state, due_at, created_at)
     select d.id, d.alert_id, $3, 'waiting', $4, $4 from unnest($1::uuid[], $2::uuid[]) as d (id, alert_id)`,
    [given.alertIds.map(() => newId()), given.alertIds, given.happened, given.at],
  );
}

export interface ClaimedDelivery {
  readonly id: string;
  readonly alertId: string;
  readonly happened: DeliveredEvent;
  readonly tries: number;
}

/** Takes deliveries that are due until `leaseUntil`; whoever dies with one leaves it to be tried again then. */
export function claimDeliveries(
  tx: Tx,
  claim: { now: Date; leaseUntil: Date; limit: number },
): Promise<ClaimedDelivery[]> {
  return rows<ClaimedDelivery>(
    tx,
    `update alert_delivery d set tries = d.tries + 1, due_at = $2
       from (select id from alert_delivery where state = 'waiting' and due_at <= $1 and tries < $4
              order by due_at, id limit $3 for update skip locked) due
      where d.id = due.id
     returning d.id, d.alert_id as "alertId", d.happened, d.tries`,
    [claim.now, claim.leaseUntil, claim.limit, MOST_TRIES],
  );
}

export interface Attempt {
  readonly deliveryId: string;
  readonly try: number;
  readonly at: Date;
  readonly durationMs: number;
  readonly status: number | null;
  readonly failure: string | null;
}

export async function insertAttempt(tx: Tx, attempt: Attempt): Promise<void> {
  await execute(
    tx,
    `insert into alert_delivery_attempt (delivery_id, try, at, duration_ms, status, failure)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      attempt.deliveryId,
      attempt.try,
      attempt.at,
      attempt.durationMs,
      attempt.status,
      attempt.failure,
    ],
  );
}

export async function endDelivery(
  tx: Tx,
  end: { id: string; state: 'delivered' | 'given_up'; at: Date },
): Promise<void> {
  await execute(
    tx,
    `update alert_delivery set state = $2, ended_at = $3 where id = $1 and state = 'waiting'`,
    [end.id, end.state, end.at],
  );
}

export async function putOffDelivery(tx: Tx, off: { id: string; until: Date }): Promise<void> {
  await execute(tx, `update alert_delivery set due_at = $2 where id = $1 and state = 'waiting'`, [
    off.id,
    off.until,
  ]);
}

/** Deliveries whose last try died with its process. */
export async function giveUpForsaken(tx: Tx, now: Date): Promise<number> {
  return execute(
    tx,
    `update alert_delivery set state = 'given_up', ended_at = $1
      where state = 'waiting' and due_at <= $1 and tries >= $2`,
    [now, MOST_TRIES],
  );
}
