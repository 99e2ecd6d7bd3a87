import { Injectable } from '@nestjs/common';
import { InvariantError } from '../../kernel/index.js';
import type { EventType } from './event.js';

export interface EventHandler<T> {
  /** May run twice for one event, and may die anywhere: both must be harmless. */
  handle(payload: T): Promise<void>;
}

interface Subscription {
  readonly event: EventType<unknown>;
  readonly handler: EventHandler<unknown>;
}

/** A name is part of a job's id, where the queue allows no `:`. */
const NAME = /^[a-z][a-z0-9.-]*$/;

/** Which handlers want which events; filled at start from the `@OnEvent` classes. */
@Injectable()
export class SubscriberRegistry {
  private readonly bySubscriber = new Map<string, Subscription>();
  private readonly byEvent = new Map<string, string[]>();

  register(subscriber: string, event: EventType<unknown>, handler: EventHandler<unknown>): void {
    if (!NAME.test(subscriber)) {
      throw new InvariantError('not a subscriber name: a-z, 0-9, `.` and `-`', { subscriber });
    }
    if (this.bySubscriber.has(subscriber)) {
      throw new InvariantError('two handlers under one subscriber name', { subscriber });
    }
    this.bySubscriber.set(subscriber, { event, handler });
    this.byEvent.set(event.name, [...(this.byEvent.get(event.name) ?? []), subscriber]);
  }

  of(event: string): readonly string[] {
    return this.byEvent.get(event) ?? [];
  }

  find(subscriber: string): Subscription | undefined {
    return this.bySubscriber.get(subscriber);
  }
}
