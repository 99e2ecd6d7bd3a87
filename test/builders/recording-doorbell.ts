import type { ModuleRef } from '@nestjs/core';
import { Doorbell, type Ring } from '../../src/platform/queue/index.js';

export interface Rung {
  readonly queue: string;
  readonly ring: Ring;
}

/** Rings nothing and remembers what was rung, until somebody takes it. */
export class RecordingDoorbell extends Doorbell {
  private waiting: Rung[] = [];
  /** All that was ever rung. */
  readonly heard: Rung[] = [];
  /** No queue answers. */
  isBroken = false;

  constructor() {
    super({} as ModuleRef);
  }

  override ring(queue: string, rings: readonly Ring[]): Promise<void> {
    if (this.isBroken) return Promise.reject(new Error('no queue answers'));
    const rung = rings.map((ring) => ({ queue, ring }));
    this.waiting.push(...rung);
    this.heard.push(...rung);
    return Promise.resolve();
  }

  override counts(queue: string): Promise<Record<string, number>> {
    if (this.isBroken) return Promise.reject(new Error('no queue answers'));
    return Promise.resolve({ wait: this.waitingFor(queue) });
  }

  waitingFor(queue: string): number {
    return this.waiting.filter((rung) => rung.queue === queue).length;
  }

  /** What waits, and no longer does. */
  take(): Rung[] {
    const taken = this.waiting;
    this.waiting = [];
    return taken;
  }
}
