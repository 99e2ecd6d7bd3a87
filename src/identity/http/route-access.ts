import type { Permission } from '../actor.js';
import { PUBLIC_ROUTE, REQUIRED_PERMISSIONS } from '../../platform/http/index.js';

/** Who may use a route: anybody, or an actor with all of these permissions. */
export type RouteAccess = 'public' | readonly Permission[];

/**
 * What the route says of itself, else what its controller says. Null when neither says anything, or one says
 * both: such a route is never served.
 */
export function accessOf(handler: object, controller: object): RouteAccess | null {
  for (const target of [handler, controller]) {
    const isPublic = Reflect.getMetadata(PUBLIC_ROUTE, target) === true;
    const required = Reflect.getMetadata(REQUIRED_PERMISSIONS, target) as Permission[] | undefined;
    if (isPublic && required) return null;
    if (isPublic) return 'public';
    if (required) return required;
  }
  return null;
}
