import type { ModuleRef } from '@nestjs/core';
import { Doorbell, type Ring } from '../../src/platform/queue/index.js';

export interface Job {
  readonly queue: string;
  readonly ring: Ring;
}

/** A queue as a list: jobs are taken from anywhere in it, twice, or never; and all of it may be lost. */
export class SimulatedQueue extends Doorbell {
  jobs: Job[] = [];
  /** Nobody answers: rings fail. */
  isAway = false;

  constructor(private readonly activeIn: (queue: string) => number) {
    super({} as ModuleRef);
  }

  override ring(queue: string, rings: readonly Ring[]): Promise<void> {
    if (this.isAway) return Promise.reject(new Error('the queue is away'));
    for (const ring of rings) {
      // As in BullMQ: while a job waits, another of its id is the same job.
      const waits = this.jobs.some((job) => job.queue === queue && job.ring.id === ring.id);
      if (!waits) this.jobs.push({ queue, ring });
    }
    return Promise.resolve();
  }

  override counts(queue: string): Promise<Record<string, number>> {
    if (this.isAway) return Promise.reject(new Error('the queue is away'));
    const wait = this.jobs.filter((job) => job.queue === queue).length;
    return Promise.resolve({ wait, active: this.activeIn(queue) });
  }

  remove(job: Job): void {
    this.jobs = this.jobs.filter((other) => other !== job);
  }
}
