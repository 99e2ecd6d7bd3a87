import type { Request, RequestHandler } from 'express';
import { AppConfig } from '../../platform/config/index.js';
import { foreignOrigin } from '../identity.errors.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Cross-site request forgery: a browser sends our cookie along with what another site orders. Browsers say
 * where an order comes from (`Sec-Fetch-Site`, else `Origin`); one from elsewhere is refused, signing in included.
 * Programs send neither header and carry no cookie that they did not mean to send.
 */
export function refuseForeignOrigin(config: AppConfig): RequestHandler {
  return (request, _response, next) => {
    const checked = !SAFE.has(request.method) && request.header('authorization') === undefined;
    next(checked && isForeign(request, config) ? foreignOrigin() : undefined);
  };
}

function isForeign(request: Request, config: AppConfig): boolean {
  const site = request.header('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = request.header('origin');
  if (origin === undefined) return false;
  const own = [`${request.protocol}://${request.header('host') ?? ''}`];
  if (config.settings.PUBLIC_URL) own.push(new URL(config.settings.PUBLIC_URL).origin);
  return !own.includes(origin);
}
