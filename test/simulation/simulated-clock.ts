import { Clock } from '../../src/kernel/index.js';

/** Virtual time. The product's clock may be set back; the world's own time, which banks live by, only goes on. */
export class SimulatedClock extends Clock {
  private skewMs = 0;

  constructor(private worldMs: number) {
    super();
  }

  now(): Date {
    return new Date(this.worldMs + this.skewMs);
  }

  /** Milliseconds of the world's time. */
  get world(): number {
    return this.worldMs;
  }

  advance(ms: number): void {
    this.worldMs += ms;
  }

  setBack(ms: number): void {
    this.skewMs -= ms;
  }
}
