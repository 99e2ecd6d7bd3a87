/*
 * Jobs, sweeps and officers' acts as coroutines that park at boundaries. Exactly one of them runs at a time; between
 * two boundaries nothing else happens. A process that dies at a boundary is a coroutine that is never resumed: none
 * of its code runs any more, neither `catch` nor `finally`.
 */

/** `tx`: before a transaction. `committed`: after its commit. `call`: before the bank has it. `answer`: after. */
export type Place = 'tx' | 'committed' | 'call' | 'answer' | 'hang';

export const FAULTS = [
  'die',
  'die-before-commit',
  'die-after-commit',
  'conflict',
  'conflict-at-commit',
  'deadlock',
  'deadlock-at-commit',
  'commit-unheard',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Where a plan ends without a fault. `freeze…`: its machine stands still for hours, while others go on. */
const STOPS = {
  park: { place: null, freezes: false },
  /** The bank has acted, and its answer is on its way. */
  'hold-answer': { place: 'answer', freezes: false },
  'freeze-answer': { place: 'answer', freezes: true },
  freeze: { place: 'committed', freezes: true },
} as const;
type Stop = keyof typeof STOPS;

/** How far a coroutine runs: past so many boundaries, and what befalls it then. `*`: to its end. */
export interface Plan {
  readonly pass: number;
  readonly then: Stop | Fault;
}

/** Longer than any lease and any bank's window. */
const FREEZE_MS = 20_000_000;

export function planOf(how: string): Plan {
  if (how === '*') return { pass: Infinity, then: 'park' };
  const [pass = '0', then = 'park'] = how.split(':');
  return { pass: Number(pass), then: then as Plan['then'] };
}

interface Parked {
  readonly place: Place;
  /** Not resumed before this instant. */
  readonly until: number | null;
  readonly resume: () => void;
}

export class Task {
  state: 'running' | 'parked' | 'ended' | 'dead' = 'running';
  parked: Parked | null = null;
  error: unknown = null;
  /** Something was done to it that may rightly surface as an error. */
  disturbed = false;
  /** It has reached the evaluation of alerts. */
  evaluating = false;
  pass = 0;
  then: Plan['then'] = 'park';
  readonly aborts: AbortController[] = [];

  constructor(
    readonly name: string,
    readonly kind: string,
    readonly queue: string | null,
  ) {}

  follow(plan: Plan): void {
    this.pass = plan.pass;
    this.then = plan.then;
  }
}

/** What is not resumed within this real time waits for something that the simulation does not know. */
const STUCK_AFTER_MS = 30_000;

/** The real timer, before anybody replaces it. */
const realTimeout = globalThis.setTimeout;

export class Tasks {
  current: Task | null = null;
  readonly parked: Task[] = [];
  private yielded: (() => void) | null = null;

  constructor(
    private readonly now: () => number,
    private readonly onFault: (task: Task, fault: Fault | 'freeze', place: Place) => void,
  ) {}

  async start(task: Task, plan: Plan, work: () => Promise<unknown>): Promise<Task> {
    task.follow(plan);
    await this.running(task, () => {
      work().then(
        () => this.end(task, 'ended'),
        (error: unknown) => {
          task.error = error;
          this.end(task, 'ended');
        },
      );
    });
    return task;
  }

  async resume(task: Task, plan: Plan): Promise<void> {
    const { parked } = task;
    if (!parked) throw new Error(`${task.name} is not parked`);
    task.follow(plan);
    task.parked = null;
    this.parked.splice(this.parked.indexOf(task), 1);
    await this.running(task, parked.resume);
  }

  /** Its process is killed while it waits. */
  kill(task: Task): void {
    this.parked.splice(this.parked.indexOf(task), 1);
    task.state = 'dead';
    task.parked = null;
    this.onFault(task, 'die', 'committed');
  }

  /** Passes, parks, or tells which fault befalls the coroutine here. */
  async boundary(task: Task, place: Place): Promise<Fault | null> {
    for (;;) {
      if (task.pass > 0) {
        task.pass -= 1;
        return null;
      }
      const { then } = task;
      if (isStop(then)) {
        const stop = STOPS[then];
        if (stop.place !== null && stop.place !== place) return null;
        if (stop.freezes) this.onFault(task, 'freeze', place);
        await this.wait(task, place, stop.freezes ? this.now() + FREEZE_MS : null);
        continue;
      }
      // What cannot happen here happens at the next boundary where it can.
      if (!mayHappen(then, place)) return null;
      task.follow({ pass: 0, then: 'park' });
      this.onFault(task, then, place);
      if (then !== 'die') task.disturbed = true;
      return then;
    }
  }

  /** Parks in any case, and is not resumed before that instant. */
  wait(task: Task, place: Place, until: number | null): Promise<void> {
    task.follow({ pass: 0, then: 'park' });
    return new Promise<void>((resume) => {
      task.parked = { place, until, resume };
      this.parked.push(task);
      this.end(task, 'parked');
    });
  }

  /** The process is gone: what awaits this awaits for ever. */
  die(task: Task): Promise<never> {
    this.end(task, 'dead');
    return new Promise(() => undefined);
  }

  private async running(task: Task, go: () => void): Promise<void> {
    task.state = 'running';
    this.current = task;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((done, fail) => {
      this.yielded = done;
      timer = realTimeout(
        () => fail(new Error(`${task.name} waits for something unknown`)),
        STUCK_AFTER_MS,
      );
      go();
    }).finally(() => clearTimeout(timer));
    this.current = null;
  }

  private end(task: Task, state: Task['state']): void {
    if (task !== this.current) return;
    task.state = state;
    this.yielded?.();
  }
}

function isStop(then: Plan['then']): then is Stop {
  return then in STOPS;
}

function mayHappen(fault: Fault, place: Place): boolean {
  return fault === 'die' || place === 'tx';
}
