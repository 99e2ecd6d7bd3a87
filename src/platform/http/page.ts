import { z } from 'zod';
import { brokenCursor } from './http.errors.js';

/** A page of a list that is read forward by key, so that rows added meanwhile shift nothing. */
export interface Page<T> {
  readonly items: T[];
  /** Give it back as `cursor` for the next page; null on the last one. */
  readonly nextCursor: string | null;
}

export const PAGE_LIMIT_MAX = 200;
export const PAGE_LIMIT_DEFAULT = 50;

/** Schema of a list's query: `limit`, `cursor` and the list's own filters. */
export function pageQuery<S extends z.ZodRawShape>(filters: S) {
  return z.strictObject({
    ...filters,
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(PAGE_LIMIT_MAX)
      .default(PAGE_LIMIT_DEFAULT)
      .describe(`items on a page, at most ${PAGE_LIMIT_MAX}`),
    cursor: z
      .string()
      .max(1000)
      .optional()
      .describe('`nextCursor` of the page before; absent for the first'),
  });
}

/** Schema of an answered page. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable().describe('give it back as `cursor`; null on the last page'),
  });
}

/** Opaque to callers: the key of the last row they saw. */
export function encodeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/**
 * The key inside a cursor, or null without one. A cursor comes back from outside and is checked like any input.
 * @throws DomainError `request.broken-cursor`
 */
export function decodeCursor<T>(cursor: string | undefined, key: z.ZodType<T>): T | null {
  if (cursor === undefined) return null;
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw brokenCursor();
  }
  const parsed = key.safeParse(content);
  if (!parsed.success) throw brokenCursor();
  return parsed.data;
}

/** Makes a page of up to `limit + 1` rows read in order: the one too many says that there is more. */
export function pageOf<R, T>(
  found: readonly R[],
  limit: number,
  shape: { item: (row: R) => T; key: (row: R) => unknown },
): Page<T> {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(shape.item),
    nextCursor: found.length > limit && last !== undefined ? encodeCursor(shape.key(last)) : null,
  };
}
