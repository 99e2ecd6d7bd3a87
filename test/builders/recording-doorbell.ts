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

  constructor() {
    super({} as ModuleRef);
  }

  override ring(queue: string, rings: readonly Ring[]): Promise<void> {
    const rung = rings.map((ring) => ({ queue, ring }));
    this.waiting.push(...rung);
    this.heard.push(...rung);
    return Promise.resolve();
  }

  override counts(queue: string): Promise<Record<string, number>> {
    return Promise.resolve({ wait: this.waiting.filter((r) => r.queue === queue).length });
  }

  /** What waits, and no longer does. */
  take(): Rung[] {
    const taken = this.waiting;
    this.waiting = [];
    return taken;
  }
}
