import type { Decider } from './decisions.js';
import type { Random } from './random.js';
import type { SimulatedClock } from './simulated-clock.js';
import type { Tasks } from './tasks.js';

/** How much of each kind of trouble a seed has; drawn anew for each, so that some seeds have much of one kind only. */
export interface Trouble {
  readonly bank: number;
  readonly crashes: number;
  readonly database: number;
  readonly queue: number;
  readonly notices: number;
  readonly statements: number;
  readonly officers: number;
  readonly clock: number;
}

export function drawTrouble(random: Random): Trouble {
  const level = (): number => random.pick([0.15, 0.5, 1, 1, 2]);
  return {
    bank: random.pick([0.3, 1, 2, 4]),
    crashes: level(),
    database: level(),
    queue: level(),
    notices: level(),
    statements: level(),
    officers: level(),
    clock: level(),
  };
}

/** What every part of the simulated world stands in. */
export interface Surroundings {
  readonly clock: SimulatedClock;
  readonly tasks: Tasks;
  readonly trouble: Trouble;
  /** Decides how something goes; once calm has come, as usual. */
  aside: Decider['aside'];
  /** A fault was injected. */
  fault(kind: string): void;
  /** A line of the story. */
  tell(line: string): void;
  /** `b1/3`: the third line of the first batch. */
  nameOf(reference: string): string;
}
