import { BullModule } from '@nestjs/bullmq';
import {
  Global,
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AppConfig } from '../config/index.js';
import { Outbox, SubscriberRegistry } from '../outbox/index.js';
import type { QueueBackend } from './backend.js';
import { DeliverEvent } from './deliver-event.js';
import { Doorbell } from './doorbell.js';
import { HandlerRegistry } from './handler-registry.js';
import { OutboxRelay } from './outbox-relay.js';
import { EVENTS_QUEUE, type QueueSpec } from './queue-spec.js';
import { SweeperHost } from './sweeper-host.js';
import { QUEUE_BACKEND, QUEUE_SPECS, WorkerHost } from './worker-host.js';

@Injectable()
class BackendCloser implements OnApplicationShutdown {
  constructor(@Inject(QUEUE_BACKEND) private readonly backend: QueueBackend) {}

  onApplicationShutdown(): Promise<void> {
    return this.backend.close();
  }
}

/** Queues, workers, sweepers and the outbox relay. `specs` are the queues beside the one for events. */
@Global()
@Module({})
export class QueueModule {
  static register(options: {
    config: AppConfig;
    backend: QueueBackend;
    specs: readonly QueueSpec[];
  }): DynamicModule {
    const specs = [EVENTS_QUEUE, ...options.specs];
    return {
      module: QueueModule,
      imports: [
        DiscoveryModule,
        BullModule.forRoot({
          connection: options.backend.producer,
          prefix: options.config.settings.QUEUE_PREFIX,
        }),
        BullModule.registerQueue(...specs.map(({ name }) => ({ name }))),
      ],
      providers: [
        { provide: QUEUE_BACKEND, useValue: options.backend },
        { provide: QUEUE_SPECS, useValue: specs },
        SubscriberRegistry,
        Outbox,
        Doorbell,
        HandlerRegistry,
        DeliverEvent,
        OutboxRelay,
        WorkerHost,
        SweeperHost,
        BackendCloser,
      ],
      exports: [Outbox, Doorbell, SubscriberRegistry, QUEUE_BACKEND, QUEUE_SPECS],
    };
  }
}
