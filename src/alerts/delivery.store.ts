import { execute, rows, type Tx } from '../platform/database/index.js';
import { MOST_TRIES } from './alert.rules.js';
import type { Channel } from './alert.routes.js';

export const DELIVERED_EVENTS = [
  'opened',
  'worsened',
  'resolved',
  'repeated',
  'escalated',
] as const;
export type DeliveredEvent = (typeof DELIVERED_EVENTS)[number];

export interface PlannedDelivery {
  readonly id: string;
  readonly alertId: string;
  readonly happened: DeliveredEvent;
  readonly receiver: string;
  readonly channel: Channel;
  readonly dueAt: Date;
  /** Goes with the others of that id; null: by itself. */
  readonly messageId: string | null;
}

/** Writes down what is to be told; what waits already for the same moment and receiver is joined. */
export async function insertDeliveries(
  tx: Tx,
  planned: readonly PlannedDelivery[],
  at: Date,
): Promise<void> {
  if (planned.length === 0) return;
  await execute(
    tx,
    `insert into alert_delivery (id, alert_id, happened, receiver, channel, state, due_at, created_at, message_id)
     select d.id, d."alertId", d.happened, d.receiver, d.channel, 'waiting', d."dueAt", $2,
            case when d."messageId" is not null then coalesce(
              (select w.message_id from alert_delivery w
                where w.state = 'waiting' and w.message_id is not null and w.tries = 0
                  and w.receiver = d.receiver and w.channel = d.channel and w.due_at = d."dueAt" limit 1),
              d."messageId") end
       from jsonb_to_recordset($1::jsonb) as d (
         id uuid, "alertId" uuid, happened text, receiver text, channel text, "dueAt" timestamptz, "messageId" uuid)`,
    [JSON.stringify(planned), at],
  );
}

export interface ClaimedDelivery {
  readonly id: string;
  readonly alertId: string;
  readonly happened: DeliveredEvent;
  readonly receiver: string;
  readonly channel: Channel;
  readonly tries: number;
  /** What goes together; its own id when it goes alone. */
  readonly message: string;
}

/** Deliveries of one claim, however they are grouped. */
const MOST_CLAIMED = 1_000;

/**
 * Takes messages that are due until `leaseUntil`; whoever dies with one leaves it to be tried again then. One claims at
 * a time: two would tear a message apart.
 */
export async function claimDeliveries(
  tx: Tx,
  claim: { now: Date; leaseUntil: Date; limit: number },
): Promise<ClaimedDelivery[]> {
  await execute(tx, `select pg_advisory_xact_lock(hashtextextended('alert deliveries', 0))`);
  return rows<ClaimedDelivery>(
    tx,
    `with head as (
       select coalesce(message_id, id) as message, min(due_at) as due from alert_delivery
        where state = 'waiting' and due_at <= $1 and tries < $4 group by 1 order by 2, 1 limit $3),
     due as (
       select d.id, h.message from alert_delivery d join head h on h.message = coalesce(d.message_id, d.id)
        where d.state = 'waiting' and d.due_at <= $1 and d.tries < $4
        order by d.id limit ${MOST_CLAIMED} for update of d)
     update alert_delivery d set tries = d.tries + 1, due_at = $2
       from due where d.id = due.id
     returning d.id, d.alert_id as "alertId", d.happened, d.receiver, d.channel, d.tries, due.message`,
    [claim.now, claim.leaseUntil, claim.limit, MOST_TRIES],
  );
}

export interface Attempt {
  readonly deliveryIds: readonly string[];
  readonly try: number;
  readonly at: Date;
  readonly durationMs: number;
  readonly status: number | null;
  readonly failure: string | null;
}

export async function insertAttempts(tx: Tx, attempt: Attempt): Promise<void> {
  await execute(
    tx,
    `insert into alert_delivery_attempt (delivery_id, try, at, duration_ms, status, failure)
     select id, $2, $3, $4, $5, $6 from unnest($1::uuid[]) as id`,
    [
      attempt.deliveryIds,
      attempt.try,
      attempt.at,
      attempt.durationMs,
      attempt.status,
      attempt.failure,
    ],
  );
}

export async function endDeliveries(
  tx: Tx,
  end: { ids: readonly string[]; state: 'delivered' | 'given_up'; at: Date },
): Promise<void> {
  await execute(
    tx,
    `update alert_delivery set state = $2, ended_at = $3 where id = any($1::uuid[]) and state = 'waiting'`,
    [end.ids, end.state, end.at],
  );
}

export async function putOffDeliveries(
  tx: Tx,
  off: { ids: readonly string[]; until: Date },
): Promise<void> {
  await execute(
    tx,
    `update alert_delivery set due_at = $2 where id = any($1::uuid[]) and state = 'waiting'`,
    [off.ids, off.until],
  );
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
