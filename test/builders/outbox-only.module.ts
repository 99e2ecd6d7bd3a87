import { Global, Module } from '@nestjs/common';
import { Outbox, SubscriberRegistry } from '../../src/platform/outbox/index.js';

/** The outbox without queues: events are written and nobody is told. */
@Global()
@Module({ providers: [Outbox, SubscriberRegistry], exports: [Outbox, SubscriberRegistry] })
export class OutboxOnlyModule {}
