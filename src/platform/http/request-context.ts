import type { NextFunction, Request, Response } from 'express';
import { newId } from '../../kernel/index.js';

export const REQUEST_ID_HEADER = 'X-Request-Id';

interface RequestContext {
  readonly requestId: string;
  /** Who asks, as `kind:id`, once the guard knows; idempotency keys belong to a caller. */
  caller: string;
}

const contexts = new WeakMap<object, RequestContext>();

/** Names the request: by the caller's own `X-Request-Id` when it is a decent one, else by a new id. */
export function nameRequest(request: Request, response: Response, next: NextFunction): void {
  response.setHeader(REQUEST_ID_HEADER, contextOf(request).requestId);
  next();
}

export function contextOf(request: Request): RequestContext {
  const known = contexts.get(request);
  if (known) return known;
  const given = request.header(REQUEST_ID_HEADER) ?? '';
  const context = {
    requestId: /^[A-Za-z0-9._-]{8,100}$/.test(given) ? given : newId(),
    caller: 'anonymous',
  };
  contexts.set(request, context);
  return context;
}

/** The guard tells who asks: `user:<id>`, `api-key:<id>`. */
export function setCaller(request: Request, caller: string): void {
  contextOf(request).caller = caller;
}
