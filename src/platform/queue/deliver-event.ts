import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../database/index.js';
import { logger } from '../logging/index.js';
import { Outbox, SubscriberRegistry } from '../outbox/index.js';
import { JobHandler } from './decorators.js';

export const DELIVER_EVENT = 'platform.deliver-event';
const payloadSchema = z.object({ eventId: z.uuid(), subscriber: z.string() });
const log = logger('outbox');

/** Hands one event to one subscriber and closes the delivery; a failure leaves it open for a later ring. */
@JobHandler({ name: DELIVER_EVENT, schema: payloadSchema })
@Injectable()
export class DeliverEvent {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly subscribers: SubscriberRegistry,
  ) {}

  async handle(delivery: z.infer<typeof payloadSchema>): Promise<void> {
    const found = await this.outbox.open(this.database.reader, delivery);
    if (!found) return;
    const subscription = this.subscribers.find(delivery.subscriber);
    if (!subscription) {
      // A subscriber of another release: that release's workers, or the next start, will take it.
      log.warn(delivery, 'no such subscriber in this process');
      return;
    }
    try {
      await subscription.handler.handle(subscription.event.schema.parse(found.payload));
    } catch (error) {
      const why = error instanceof Error ? `${error.name}: ${error.message}` : 'unknown failure';
      log.error({ ...delivery, event: found.event, why }, 'an event could not be handled yet');
      await this.database.transaction((tx) => this.outbox.fail(tx, delivery, why));
      return;
    }
    await this.database.transaction((tx) => this.outbox.finish(tx, delivery));
  }
}
