import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { RequiresNamed } from '../../platform/http/index.js';
import type { Actor, Permission } from '../actor.js';
import { actorOf } from './request-actor.js';

/**
 * Who may use this route: an actor with all of these permissions; without any, whoever is signed in.
 * On a controller it holds for every route that does not say its own.
 */
export function Requires(...permissions: Permission[]): ClassDecorator & MethodDecorator {
  return RequiresNamed(...permissions);
}

/** The actor of the request: `@CurrentActor() actor: Actor`. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor =>
  actorOf(context.switchToHttp().getRequest<Request>()),
);
