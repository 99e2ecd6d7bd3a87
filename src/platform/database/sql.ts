import { QueryFailedError, type EntityManager } from 'typeorm';
import { DomainError, InvariantError } from '../../kernel/index.js';

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
async function run<T>(tx: Tx, sql: string, parameters: unknown[]) {
  const held = tx.queryRunner;
  const runner = held ?? tx.connection.createQueryRunner();
  try {
    const result = await runner.query(sql, parameters, true).catch(refuseUnstorable);
    return { rows: (result.records ?? []) as T[], affected: result.affected ?? 0 };
  } finally {
    if (!held) await runner.release();
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
