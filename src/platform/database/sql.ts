import { createHash } from 'node:crypto';
import type { QueryResult } from 'pg';
import { QueryFailedError, type EntityManager, type QueryRunner } from 'typeorm';
import { DomainError, InvariantError } from '../../kernel/index.js';

/** An open transaction (or, for reads, none): the first parameter of every store function. */
export type Tx = EntityManager;

/** A statement that each connection has PostgreSQL read and plan once, under a name. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
}
export type Sql = string | Prepared;

/** Of the 63 letters that PostgreSQL keeps of a name. */
const NAME_LENGTH = 40;
const PREPARED = new Map<string, Prepared>();

/**
 * For the few statements that every message to a bank needs: to plan them costs as much as to run them. Their text is
 * always the same, and so is the best way to run them, whatever the parameters: not for lists with filters.
 */
export function prepared(text: string): Prepared {
  const known = PREPARED.get(text);
  if (known) return known;
  const name = createHash('sha256').update(text).digest('hex').slice(0, NAME_LENGTH);
  const made = { name, text };
  PREPARED.set(text, made);
  return made;
}

/**
 * The rows a statement gives (of a `select` or a `returning`). `numeric` and `bigint` come as strings,
 * `timestamptz` as Date, `jsonb` as its value; `T` says so and is the store's own promise.
 */
export async function rows<T>(tx: Tx, sql: Sql, parameters: unknown[] = []): Promise<T[]> {
  return (await run<T>(tx, sql, parameters)).rows;
}

/** The one row a statement gives, or null. @throws InvariantError when there are more. */
export async function one<T>(tx: Tx, sql: Sql, parameters: unknown[] = []): Promise<T | null> {
  const found = await rows<T>(tx, sql, parameters);
  if (found.length > 1) throw new InvariantError('one row expected', { found: found.length });
  return found[0] ?? null;
}

/** Runs a statement and tells how many rows it touched. */
export async function execute(tx: Tx, sql: Sql, parameters: unknown[] = []): Promise<number> {
  return (await run<unknown>(tx, sql, parameters)).affected;
}

/**
 * Does `work` within the transaction and, when its end is that it should not have been done, takes it back alone: what
 * was written before stays.
 */
export async function doneOrUndone<T>(
  tx: Tx,
  work: () => Promise<{ result: T; undo: boolean }>,
): Promise<T> {
  await execute(tx, 'savepoint before_work');
  const { result, undo } = await work();
  await execute(tx, `${undo ? 'rollback to' : 'release'} savepoint before_work`);
  return result;
}

// EntityManager.query answers differently for select and update; a query runner's structured result
// does not. Outside a transaction the manager has no runner: one is taken from the pool and given back.
async function run<T>(tx: Tx, sql: Sql, parameters: unknown[]) {
  const held = tx.queryRunner;
  const runner = held ?? tx.connection.createQueryRunner();
  try {
    if (typeof sql !== 'string') {
      return await runPrepared<T>(runner, sql, parameters).catch(refuseUnstorable);
    }
    const result = await runner.query(sql, parameters, true).catch(refuseUnstorable);
    return { rows: (result.records ?? []) as T[], affected: result.affected ?? 0 };
  } finally {
    if (!held) await runner.release();
  }
}

/** What a connection of the pool can do, and TypeORM has no word for. */
interface Connection {
  query(statement: Prepared & { values: unknown[] }): Promise<QueryResult>;
}

async function runPrepared<T>(runner: QueryRunner, sql: Prepared, values: unknown[]) {
  const connection = (await runner.connect()) as Connection;
  try {
    const result = await connection.query({ ...sql, values });
    return { rows: result.rows as T[], affected: result.rowCount ?? 0 };
  } catch (error) {
    throw error instanceof Error ? new QueryFailedError(sql.text, values, error) : error;
  }
}

/** PostgreSQL's word for a text with NUL, and for such a text (or half a character) inside JSON. */
const UNSTORABLE = new Set(['22021', '22P05']);
/** A date that ISO 8601 can write and PostgreSQL's calendar has not: those of the year 0000. */
const OUT_OF_TIME = '22008';
const HALF_A_CHARACTER = /[uU]nicode (low|high) surrogate/;

// Whoever sent such a text or date is told so, at whichever border it came in; it is no fault of ours.
function refuseUnstorable(error: unknown): never {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : undefined;
  const { code, detail } = (cause ?? {}) as { code?: unknown; detail?: unknown };
  if (code === OUT_OF_TIME) {
    throw new DomainError('invalid', 'date.not-storable', {
      vi: 'Có ngày nằm ngoài lịch (năm phải từ 0001 trở đi). Xin sửa ngày đó rồi gửi lại.',
      en: 'A date lies outside the calendar (years begin with 0001). Please mend that date and send it again.',
    });
  }
  if (UNSTORABLE.has(String(code)) || HALF_A_CHARACTER.test(String(detail))) {
    throw new DomainError('invalid', 'text.not-storable', {
      vi: 'Có ký tự không lưu được (ký tự rỗng hoặc nửa ký tự). Xin xóa ký tự đó rồi gửi lại.',
      en: 'A text holds a character that cannot be stored (NUL, or half of one). Remove it and send again.',
    });
  }
  throw error;
}
