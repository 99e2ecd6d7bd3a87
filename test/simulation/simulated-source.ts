import { QueryFailedError, type DataSource } from 'typeorm';
import type { Tx } from '../../src/platform/database/index.js';
import type { Fault, Task, Tasks } from './tasks.js';

/** Thrown inside a transaction so that it is rolled back; whoever waits for it never hears of it. */
class Died extends Error {}

/**
 * A data source whose transactions are boundaries of the simulation. The product's own `Database` stands on it, so
 * what PostgreSQL would refuse is met by the product's own retry.
 */
export class SimulatedSource {
  constructor(
    private readonly real: DataSource,
    private readonly tasks: Tasks,
    private readonly onCommit: (task: Task | null) => void,
  ) {}

  get manager(): Tx {
    return this.real.manager;
  }

  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const task = this.tasks.current;
    if (!task) return this.real.transaction(work);
    const fault = await this.tasks.boundary(task, 'tx');
    if (fault === 'die') return this.tasks.die(task);
    if (fault === 'conflict' || fault === 'deadlock') throw refusedWith(fault);
    let result: T;
    try {
      result = await this.real.transaction(async (tx) => {
        const done = await work(tx);
        if (fault === 'die-before-commit') throw new Died();
        if (fault === 'conflict-at-commit' || fault === 'deadlock-at-commit') {
          throw refusedWith(fault);
        }
        return done;
      });
    } catch (error) {
      if (error instanceof Died) return this.tasks.die(task);
      throw error;
    }
    this.onCommit(task);
    if (fault === 'die-after-commit') return this.tasks.die(task);
    if (fault === 'commit-unheard') throw refusedWith(fault);
    const after = await this.tasks.boundary(task, 'committed');
    if (after === 'die') return this.tasks.die(task);
    return result;
  }

  /** As the product sees it. */
  asSource(): DataSource {
    return this as unknown as DataSource;
  }
}

const SQLSTATES: Partial<Record<Fault, string>> = {
  conflict: '40001',
  'conflict-at-commit': '40001',
  deadlock: '40P01',
  'deadlock-at-commit': '40P01',
  'commit-unheard': '08006',
};

function refusedWith(fault: Fault): QueryFailedError {
  const cause = Object.assign(new Error(`simulated: ${fault}`), { code: SQLSTATES[fault] });
  return new QueryFailedError('commit', [], cause);
}
