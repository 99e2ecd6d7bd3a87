import { getQueueToken } from '@nestjs/bullmq';
import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { InvariantError } from '../../kernel/index.js';
import { logger } from '../logging/index.js';

/** A job to ring for. The id collapses duplicates while the job lives; it is never what safety rests on. */
export interface Ring {
  readonly name: string;
  /** No `:` and not only digits (BullMQ). */
  readonly id: string;
  readonly payload: Readonly<Record<string, string | number>>;
}

const log = logger('queue');

/** Jobs in one call to the queue. */
const RINGS_PER_CALL = 500;
/** So few go one by one: BullMQ's bulk call makes two temporary tables in PostgreSQL (12 ms), a single one none. */
const FEW_RINGS = 16;

/** Puts jobs on queues. A ring may be lost; the sweeper rings again for what waits in the database. */
@Injectable()
export class Doorbell {
  private readonly listenedTo = new WeakSet<Queue>();

  constructor(private readonly modules: ModuleRef) {}

  /** @throws when the queue cannot be reached; nothing depends on it but speed. */
  async ring(queueName: string, rings: readonly Ring[]): Promise<void> {
    const queue = this.queue(queueName);
    for (const { id } of rings) assertJobId(id);
    const jobs = rings.map(({ name, id, payload }) => ({
      name,
      data: payload,
      // What was done stands in our own tables. Said by the job, PostgreSQL deletes the one row; said by the worker, it looks for all.
      opts: { jobId: id, attempts: 1, removeOnComplete: true },
    }));
    if (jobs.length <= FEW_RINGS) {
      await Promise.all(jobs.map(({ name, data, opts }) => queue.add(name, data, opts)));
      return;
    }
    for (let start = 0; start < jobs.length; start += RINGS_PER_CALL) {
      await queue.addBulk(jobs.slice(start, start + RINGS_PER_CALL));
    }
  }

  /** How many jobs of the queue wait, run, and so on. */
  counts(queueName: string): Promise<Record<string, number>> {
    return this.queue(queueName).getJobCounts('wait', 'prioritized', 'active', 'delayed', 'failed');
  }

  /** Since when the job has waited that waits longest; null when none waits. */
  async oldestWaiting(queueName: string): Promise<Date | null> {
    const queue = this.queue(queueName);
    const count = await queue.getWaitingCount();
    if (count === 0) return null;
    // Both ends: Redis gives the oldest first when it is asked so, PostgreSQL always the newest.
    const ends = [await queue.getWaiting(0, 0), await queue.getWaiting(count - 1, count - 1)];
    const times = ends.flat().map(({ timestamp }) => timestamp);
    return times.length > 0 ? new Date(Math.min(...times)) : null;
  }

  /** Takes a queue's errors into the log. Without a listener it writes them to the console, whole. */
  listen(queueName: string): void {
    this.queue(queueName);
  }

  private queue(name: string): Queue {
    const queue = this.find(name);
    if (!this.listenedTo.has(queue)) {
      queue.on('error', (error) => log.warn({ queue: name, why: error.message }, 'queue'));
      this.listenedTo.add(queue);
    }
    return queue;
  }

  private find(name: string): Queue {
    try {
      return this.modules.get<Queue>(getQueueToken(name), { strict: false });
    } catch {
      throw new InvariantError('no such queue', { queue: name });
    }
  }
}

function assertJobId(id: string): void {
  if (id === '' || id.includes(':') || /^\d+$/.test(id)) {
    throw new InvariantError('not a job id', { id });
  }
}
