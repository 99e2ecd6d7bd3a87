import { DiscoveryService } from '@nestjs/core';
import type { z } from 'zod';
import type { EventType } from '../outbox/index.js';

export interface JobHandlerOptions {
  /** Name of the job, unique in the program: `payments.send-submission`. */
  readonly name: string;
  /** Shape of the payload: ids only. */
  readonly schema: z.ZodType<unknown>;
}

export interface OnEventOptions {
  readonly event: EventType<unknown>;
  /** Name of this subscriber, stable over releases: `payments.create-run`. */
  readonly subscriber: string;
}

export interface SweeperOptions {
  readonly name: string;
  /** Milliseconds between two sweeps; default SWEEP_INTERVAL_MS. */
  readonly everyMs?: number;
}

/** What a queue worker runs for a job of that name. May be told twice of the same work. */
export interface JobRunner<T> {
  handle(payload: T): Promise<void>;
}

/** Looks for work that waits in the database and rings for it, or does it; safe in many processes at once. */
export interface SweepRunner {
  sweep(): Promise<void>;
}

export const MarkJobHandler = DiscoveryService.createDecorator<JobHandlerOptions>();
export const MarkOnEvent = DiscoveryService.createDecorator<OnEventOptions>();
export const MarkSweeper = DiscoveryService.createDecorator<SweeperOptions>();

/** Marks a class with `handle(payload)` as the runner of a kind of job. */
export function JobHandler<T>(options: { name: string; schema: z.ZodType<T> }): ClassDecorator {
  return MarkJobHandler(options);
}

/** Marks a class with `handle(payload)` as a subscriber of an event. */
export function OnEvent<T>(event: EventType<T>, options: { subscriber: string }): ClassDecorator {
  return MarkOnEvent({ event, subscriber: options.subscriber });
}

/** Marks a class with `sweep()` to be run again and again in the worker role. */
export function Sweeper(options: SweeperOptions): ClassDecorator {
  return MarkSweeper(options);
}
