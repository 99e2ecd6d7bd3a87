import type { RequestHandler } from 'express';
import { tooDeep } from './http.errors.js';

/** Far deeper than anything that is asked for here. */
export const NESTING_MAX = 64;

/**
 * Refuses a body whose lists and objects stand in each other deeper than `NESTING_MAX`. JSON of a few kilobytes can
 * be nested ten thousand levels deep; whatever walks through it by calling itself (hashes, schemas) would run out of
 * stack, which is a fault of ours and not the refusal that it should be. Runs after the body parser.
 */
export const onlyShallowBodies: RequestHandler = (request, _response, next) => {
  next(isDeeperThan(request.body, NESTING_MAX) ? tooDeep(NESTING_MAX) : undefined);
};

/** Level by level, so that its own depth is none. */
export function isDeeperThan(value: unknown, most: number): boolean {
  let level = isNest(value) ? [value] : [];
  for (let depth = 0; depth < most; depth += 1) {
    const inner: object[] = [];
    for (const nest of level) {
      for (const part of Object.values(nest) as unknown[]) if (isNest(part)) inner.push(part);
    }
    if (inner.length === 0) return false;
    level = inner;
  }
  return level.length > 0;
}

function isNest(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !ArrayBuffer.isView(value);
}
