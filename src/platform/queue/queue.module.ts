import { BullModule } from '@nestjs/bullmq';
import {
  Global,
  Inject,
  Injectable,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Outbox, SubscriberRegistry } from '../outbox/index.js';
import { DeliverEvent } from './deliver-event.js';
import { Doorbell } from './doorbell.js';
import { HandlerRegistry } from './handler-registry.js';
import { OutboxRelay } from './outbox-relay.js';
import type { QueueBackend } from './queue-backend.js';
import { QueueBoard } from './queue-board.js';
import { EVENTS_QUEUE, type QueueSpec } from './queue-spec.js';
import { QueueMetrics } from './queue.metrics.js';
import { SweeperHost } from './sweeper-host.js';
import { QUEUE_BACKEND, QUEUE_SPECS, QUEUE_WATCH_EVERY_MS, WorkerHost } from './worker-host.js';

/** How often the watchdog compares waiting work with moving work. */
const WATCH_EVERY_MS = 15_000;

@Injectable()
class BackendCloser implements OnApplicationShutdown {
  constructor(@Inject(QUEUE_BACKEND) private readonly backend: QueueBackend) {}

  onApplicationShutdown(): Promise<void> {
    return this.backend.close();
  }
}

/** From the start, not from the first ring: a connection may break before anybody rings. */
@Injectable()
class QueueListeners implements OnModuleInit {
  constructor(
    private readonly doorbell: Doorbell,
    @Inject(QUEUE_SPECS) private readonly specs: readonly QueueSpec[],
  ) {}

  onModuleInit(): void {
    for (const { name } of this.specs) this.doorbell.listen(name);
  }
}

/** Queues, workers, sweepers and the outbox relay. `specs` are the queues beside the one for events. */
@Global()
@Module({})
export class QueueModule {
  static register(options: {
    backend: QueueBackend;
    specs: readonly QueueSpec[];
    watchEveryMs?: number;
  }): DynamicModule {
    const specs = [EVENTS_QUEUE, ...options.specs];
    return {
      module: QueueModule,
      imports: [
        DiscoveryModule,
        BullModule.forRoot({ connection: options.backend.producer }),
        BullModule.registerQueue(
          ...specs.map(({ name }) => ({ name, prefix: options.backend.prefixOf(name) })),
        ),
      ],
      providers: [
        { provide: QUEUE_BACKEND, useValue: options.backend },
        { provide: QUEUE_SPECS, useValue: specs },
        { provide: QUEUE_WATCH_EVERY_MS, useValue: options.watchEveryMs ?? WATCH_EVERY_MS },
        SubscriberRegistry,
        Outbox,
        Doorbell,
        QueueBoard,
        QueueListeners,
        HandlerRegistry,
        DeliverEvent,
        OutboxRelay,
        QueueMetrics,
        WorkerHost,
        SweeperHost,
        BackendCloser,
      ],
      exports: [Outbox, Doorbell, QueueBoard, SubscriberRegistry, QUEUE_BACKEND, QUEUE_SPECS],
    };
  }
}
