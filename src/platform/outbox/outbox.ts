import { Injectable } from '@nestjs/common';
import { Clock, newId } from '../../kernel/index.js';
import { execute, one, rows, type Tx } from '../database/index.js';
import type { EventType } from './event.js';
import { SubscriberRegistry } from './subscriber-registry.js';

/** A delivery that is due: one event for one subscriber, rung for the `rings`-th time. */
export interface DueDelivery {
  readonly eventId: string;
  readonly subscriber: string;
  readonly rings: number;
}

/** A delivery that has been rung and not finished is rung again after this, doubling up to 64 times as long. */
export const REDELIVER_AFTER_MS = 30_000;

/**
 * The transactional outbox: an event is a row of the same transaction as the change it tells of, with one
 * delivery row per subscriber that stays open until that subscriber's handler has ended well.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly subscribers: SubscriberRegistry,
    private readonly clock: Clock,
  ) {}

  async publish<T>(tx: Tx, event: EventType<T>, payload: T): Promise<void> {
    const now = this.clock.now();
    const id = newId();
    const body = event.schema.parse(payload);
    await execute(
      tx,
      `with told as (
         insert into outbox_event (id, event, payload, created_at) values ($1, $2, $3, $4) returning id)
       insert into outbox_delivery (event_id, subscriber, due_at)
       select told.id, subscriber, $4 from told, unnest($5::text[]) as subscriber`,
      [id, event.name, JSON.stringify(body), now, this.subscribers.of(event.name)],
    );
  }

  /** Takes deliveries that are due and puts their next ring off; safe with many relays at once. */
  claimDue(tx: Tx, limit: number): Promise<DueDelivery[]> {
    return rows<DueDelivery>(
      tx,
      `update outbox_delivery d
          set rings = d.rings + 1,
              due_at = $1::timestamptz + make_interval(secs => $2::float8 * power(2, least(d.rings, 6)))
         from (select event_id, subscriber from outbox_delivery
                where done_at is null and due_at <= $1
                order by due_at limit $3 for update skip locked) due
        where d.event_id = due.event_id and d.subscriber = due.subscriber
       returning d.event_id as "eventId", d.subscriber, d.rings`,
      [this.clock.now(), REDELIVER_AFTER_MS / 1000, limit],
    );
  }

  /** Gives deliveries back that could not be rung for: they are due again soon, and no ring was used up. */
  async putBack(tx: Tx, deliveries: readonly DueDelivery[], afterMs: number): Promise<void> {
    await execute(
      tx,
      `update outbox_delivery d
          set rings = greatest(d.rings - 1, 0), due_at = $3::timestamptz + make_interval(secs => $4::float8)
         from unnest($1::uuid[], $2::text[]) as b (event_id, subscriber)
        where d.event_id = b.event_id and d.subscriber = b.subscriber and d.done_at is null`,
      [
        deliveries.map(({ eventId }) => eventId),
        deliveries.map(({ subscriber }) => subscriber),
        this.clock.now(),
        afterMs / 1000,
      ],
    );
  }

  /** The event of a delivery that is still open, or null when it was finished already. */
  open(tx: Tx, delivery: { eventId: string; subscriber: string }) {
    return one<{ event: string; payload: unknown }>(
      tx,
      `select e.event, e.payload from outbox_delivery d join outbox_event e on e.id = d.event_id
        where d.event_id = $1 and d.subscriber = $2 and d.done_at is null`,
      [delivery.eventId, delivery.subscriber],
    );
  }

  async finish(tx: Tx, delivery: { eventId: string; subscriber: string }): Promise<void> {
    await execute(
      tx,
      `update outbox_delivery set done_at = $3, last_error = null
        where event_id = $1 and subscriber = $2 and done_at is null`,
      [delivery.eventId, delivery.subscriber, this.clock.now()],
    );
  }

  /** Keeps the reason of a failure (its class and message, which hold ids only) beside the delivery. */
  async fail(
    tx: Tx,
    delivery: { eventId: string; subscriber: string },
    why: string,
  ): Promise<void> {
    await execute(
      tx,
      `update outbox_delivery
          set last_error = $3,
              due_at = $4::timestamptz + make_interval(secs => least(300, power(2, least(rings, 8))))
        where event_id = $1 and subscriber = $2 and done_at is null`,
      [delivery.eventId, delivery.subscriber, why.slice(0, 500), this.clock.now()],
    );
  }

  /** Makes every unfinished delivery due now, however long it was put off; gives how many those are. */
  hasten(tx: Tx): Promise<number> {
    return execute(
      tx,
      `update outbox_delivery set due_at = $1
        where (event_id, subscriber) in (
          select event_id, subscriber from outbox_delivery
           where done_at is null and due_at > $1 order by event_id, subscriber for update skip locked)`,
      [this.clock.now()],
    );
  }

  /** How many deliveries wait, and since when the oldest: the outbox lag. */
  async backlog(tx: Tx): Promise<{ waiting: number; oldest: Date | null }> {
    const found = await one<{ waiting: number; oldest: Date | null }>(
      tx,
      `select count(*)::int as waiting, min(e.created_at) as oldest
         from outbox_delivery d join outbox_event e on e.id = d.event_id where d.done_at is null`,
    );
    return found ?? { waiting: 0, oldest: null };
  }
}
