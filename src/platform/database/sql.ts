import type { EntityManager } from 'typeorm';
import { InvariantError } from '../../kernel/index.js';

/** An open transaction (or, for reads, none): the first parameter of every store function. */
export type Tx = EntityManager;

/**
 * The rows a statement gives (of a `select` or a `returning`). `numeric` and `bigint` come as strings,
 * `timestamptz` as Date, `jsonb` as its value; `T` says so and is the store's own promise.
 */
export async function rows<T>(tx: Tx, sql: string, parameters: unknown[] = []): Promise<T[]> {
  return (await run<T>(tx, sql, parameters)).rows;
}

/** The one row a statement gives, or null. @throws InvariantError when there are more. */
export async function one<T>(tx: Tx, sql: string, parameters: unknown[] = []): Promise<T | null> {
  const found = await rows<T>(tx, sql, parameters);
  if (found.length > 1) throw new InvariantError('one row expected', { found: found.length });
  return found[0] ?? null;
}

/** Runs a statement and tells how many rows it touched. */
export async function execute(tx: Tx, sql: string, parameters: unknown[] = []): Promise<number> {
  return (await run<unknown>(tx, sql, parameters)).affected;
}

// EntityManager.query answers differently for select and update; a query runner's structured result
// does not. Outside a transaction the manager has no runner: one is taken from the pool and given back.
async function run<T>(tx: Tx, sql: string, parameters: unknown[]) {
  const held = tx.queryRunner;
  const runner = held ?? tx.connection.createQueryRunner();
  try {
    const result = await runner.query(sql, parameters, true);
    return { rows: (result.records ?? []) as T[], affected: result.affected ?? 0 };
  } finally {
    if (!held) await runner.release();
  }
}
