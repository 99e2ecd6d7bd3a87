import {
  applyDecorators,
  createParamDecorator,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { Request } from 'express';
import { API_KEY_SECURITY, SESSION_SECURITY } from '../../platform/http/index.js';
import type { Actor, Permission } from '../actor.js';
import { actorOf } from './request-actor.js';

export const REQUIRED_PERMISSIONS = 'chitra:requires';

/**
 * Who may use this route: an actor with all of these permissions; without any, whoever is signed in.
 * On a controller it holds for every route that does not say its own.
 */
export function Requires(...permissions: Permission[]): ClassDecorator & MethodDecorator {
  return applyDecorators(
    SetMetadata(REQUIRED_PERMISSIONS, permissions),
    ApiSecurity(SESSION_SECURITY),
    ApiSecurity(API_KEY_SECURITY),
    ApiExtension('x-permissions', permissions),
  ) as ClassDecorator & MethodDecorator;
}

/** The actor of the request: `@CurrentActor() actor: Actor`. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor =>
  actorOf(context.switchToHttp().getRequest<Request>()),
);
