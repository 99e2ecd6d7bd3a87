import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';

export const PUBLIC_ROUTE = 'chitra:public';
export const REQUIRED_PERMISSIONS = 'chitra:requires';

/** Names of the two ways to say who asks, in the OpenAPI document. */
export const SESSION_SECURITY = 'session';
export const API_KEY_SECURITY = 'apiKey';

/** This route (or all of a controller) asks for no actor. Every other route must say what it requires. */
export const Public = (): ClassDecorator & MethodDecorator => SetMetadata(PUBLIC_ROUTE, true);

/**
 * Who may use a route, in names that the guard above understands. Modules use the typed `@Requires` of identity;
 * only those that identity itself stands on use this one.
 */
export function RequiresNamed(...permissions: string[]): ClassDecorator & MethodDecorator {
  return applyDecorators(
    SetMetadata(REQUIRED_PERMISSIONS, permissions),
    ApiSecurity(SESSION_SECURITY),
    ApiSecurity(API_KEY_SECURITY),
    ApiExtension('x-permissions', permissions),
  );
}
