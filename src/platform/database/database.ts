import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource, QueryFailedError } from 'typeorm';
import { InvariantError } from '../../kernel/index.js';
import type { Tx } from './sql.js';

/** A serialization failure, a deadlock or a lock that could not be had says: do it again. */
const RETRYABLE = new Set(['40001', '40P01', '55P03']);
const MAX_TRIES = 5;

/** Runs inside the first transaction of a request, just before it commits (idempotency keys use it). */
type BeforeCommit = (tx: Tx) => Promise<void>;

/** The way to PostgreSQL. Use cases open transactions here; nobody else does. */
@Injectable()
export class Database {
  /** What is to follow the commit of the transaction under way. */
  private readonly inTransaction = new AsyncLocalStorage<(() => void)[]>();
  private readonly commitHook = new AsyncLocalStorage<BeforeCommit>();

  constructor(readonly source: DataSource) {}

  /** For reads that need no transaction. */
  get reader(): Tx {
    return this.source.manager;
  }

  /** The connections of this process: how many are open, how many of them are idle, and how many wait for one. */
  pool(): { open: number; idle: number; waiting: number } {
    // TypeORM knows its pool as any; it is node-postgres's.
    const { master } = this.source.driver as unknown as { master: Pool };
    return { open: master.totalCount, idle: master.idleCount, waiting: master.waitingCount };
  }

  /**
   * Runs `work` in one transaction (read committed) and commits it; rolls back when it throws. Deadlocks and
   * serialization failures run it again, so `work` holds no side effect but the database's.
   * A transaction inside a transaction is a bug: pass the `tx` on instead.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (this.inTransaction.getStore())
      throw new InvariantError('a transaction inside a transaction');
    for (let attempt = 1; ; attempt += 1) {
      try {
        const afterwards: (() => void)[] = [];
        const done = await this.inTransaction.run(afterwards, () =>
          this.source.transaction(async (tx) => {
            const result = await work(tx);
            await this.commitHook.getStore()?.(tx);
            return result;
          }),
        );
        for (const act of afterwards) act();
        return done;
      } catch (error) {
        if (attempt >= MAX_TRIES || !RETRYABLE.has(sqlStateOf(error) ?? '')) throw error;
        await pause(attempt);
      }
    }
  }

  /**
   * Reads everything as it stood at one moment, for as long as it takes: what proves the whole of the books would
   * outlast the time that any other statement is given. `work` writes nothing.
   */
  async atOneMoment<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.inTransaction.run([], () =>
      this.source.transaction('REPEATABLE READ', async (tx) => {
        await tx.query('set transaction read only');
        await tx.query('set local statement_timeout = 0');
        return work(tx);
      }),
    );
  }

  /**
   * Counts what the transaction under way does once it is committed; never, when it is rolled back. Outside of one, at
   * once. Whatever must not be lost is written in the transaction: `act` fails never, and is lost with its process.
   */
  afterCommit(act: () => void): void {
    const afterwards = this.inTransaction.getStore();
    if (afterwards) afterwards.push(act);
    else act();
  }

  /** Within `work`, every transaction runs `hook` last, inside itself. */
  withCommitHook<T>(hook: BeforeCommit, work: () => Promise<T>): Promise<T> {
    return this.commitHook.run(hook, work);
  }
}

/** The SQLSTATE of a failed statement (`23505` is a unique violation), or null for other errors. */
export function sqlStateOf(error: unknown): string | null {
  if (!(error instanceof QueryFailedError)) return null;
  const driverError: unknown = error.driverError;
  const code = (driverError as { code?: unknown }).code;
  return typeof code === 'string' ? code : null;
}

/** The name of the constraint a statement broke, or null. */
export function constraintOf(error: unknown): string | null {
  if (!(error instanceof QueryFailedError)) return null;
  const driverError: unknown = error.driverError;
  const constraint = (driverError as { constraint?: unknown }).constraint;
  return typeof constraint === 'string' ? constraint : null;
}

function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5 * 2 ** attempt + Math.random() * 20));
}
