import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SeedResult } from './run-seed.js';
import type { Order, Reply } from './worker.js';

/** A seed that takes longer is a fault of its own. */
const SEED_WITHIN_MS = 300_000;

/** Worker processes that run seeds side by side, from the compiled program in `folder`. */
export class Crew {
  private readonly idle: ChildProcess[] = [];
  private readonly all = new Set<ChildProcess>();

  constructor(
    private readonly given: {
      readonly folder: string;
      readonly adminUrl: string;
      readonly template: string;
      readonly jobs: number;
    },
  ) {}

  async prepare(tune: boolean): Promise<void> {
    const reply = await this.ask({ do: 'prepare', template: this.given.template, tune });
    if ('failed' in reply) throw new Error(reply.failed);
  }

  async run(order: Omit<Extract<Order, { do: 'run' }>, 'do'>): Promise<SeedResult> {
    const reply = await this.ask({ do: 'run', ...order });
    if ('result' in reply) return reply.result;
    return failed(order.seed, 'failed' in reply ? reply.failed : 'no answer');
  }

  /** Runs all of these, as many at once as there are jobs. `onResult` may end it by giving false. */
  async runAll<T>(
    orders: Iterable<T>,
    run: (order: T) => Promise<SeedResult>,
    onResult: (result: SeedResult, order: T) => boolean,
  ): Promise<void> {
    const next = orders[Symbol.iterator]();
    let goesOn = true;
    const lane = async (): Promise<void> => {
      for (let order = next.next(); goesOn && !order.done; order = next.next()) {
        goesOn = onResult(await run(order.value), order.value) && goesOn;
      }
    };
    await Promise.all(Array.from({ length: this.given.jobs }, lane));
  }

  async close(): Promise<void> {
    const ends = [...this.all].map(async (child) => {
      const ended = once(child, 'exit');
      if (child.connected) child.disconnect();
      if (child.exitCode === null) await ended;
    });
    await Promise.all(ends);
  }

  private async ask(order: Order): Promise<Reply> {
    const child = this.idle.pop() ?? this.hire();
    const reply = new Promise<Reply>((done) => {
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
      }, SEED_WITHIN_MS);
      const settle = (answer: Reply): void => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        done(answer);
      };
      const onMessage = (answer: Reply): void => {
        this.idle.push(child);
        settle(answer);
      };
      const onExit = (): void => settle({ failed: 'the worker process ended or was too slow' });
      child.once('message', onMessage);
      child.once('exit', onExit);
    });
    child.send(order);
    return reply;
  }

  private hire(): ChildProcess {
    const { folder, adminUrl, template } = this.given;
    const program = join(folder, 'test', 'simulation', 'worker.js');
    const child = fork(program, [adminUrl, template], { stdio: ['ignore', 2, 2, 'ipc'] });
    this.all.add(child);
    child.once('exit', () => this.all.delete(child));
    return child;
  }
}

function failed(seed: number, detail: string): SeedResult {
  return {
    seed,
    steps: 0,
    payments: 0,
    crashes: 0,
    faults: {},
    ends: {},
    trace: [],
    hash: '',
    violation: { invariant: 'unexpected error', detail },
    story: [],
  };
}
