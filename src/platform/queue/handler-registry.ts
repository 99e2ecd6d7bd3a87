import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { InvariantError } from '../../kernel/index.js';
import { SubscriberRegistry, type EventHandler } from '../outbox/index.js';
import {
  MarkJobHandler,
  MarkOnEvent,
  MarkSweeper,
  type JobHandlerOptions,
  type JobRunner,
  type SweepRunner,
  type SweeperOptions,
} from './decorators.js';

/** Finds the classes marked as job handlers, event subscribers and sweepers, once at start. */
@Injectable()
export class HandlerRegistry implements OnModuleInit {
  readonly jobs = new Map<string, { options: JobHandlerOptions; runner: JobRunner<unknown> }>();
  readonly sweepers: { options: SweeperOptions; runner: SweepRunner }[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly subscribers: SubscriberRegistry,
  ) {}

  onModuleInit(): void {
    for (const wrapper of this.discovery.getProviders()) {
      const instance: unknown = wrapper.instance;
      if (!instance || !wrapper.metatype) continue;
      const job = this.discovery.getMetadataByDecorator(MarkJobHandler, wrapper);
      if (job) this.addJob(job, instance as JobRunner<unknown>);
      const event = this.discovery.getMetadataByDecorator(MarkOnEvent, wrapper);
      if (event) {
        this.subscribers.register(event.subscriber, event.event, instance as EventHandler<unknown>);
      }
      const sweeper = this.discovery.getMetadataByDecorator(MarkSweeper, wrapper);
      if (sweeper) this.addSweeper(sweeper, instance as SweepRunner);
    }
  }

  private addSweeper(options: SweeperOptions, runner: SweepRunner): void {
    if (this.sweepers.some((known) => known.options.name === options.name)) {
      throw new InvariantError('two sweepers of one name', { name: options.name });
    }
    this.sweepers.push({ options, runner });
  }

  private addJob(options: JobHandlerOptions, runner: JobRunner<unknown>): void {
    if (this.jobs.has(options.name)) {
      throw new InvariantError('two handlers for one job', { name: options.name });
    }
    this.jobs.set(options.name, { options, runner });
  }
}
