import type { Request } from 'express';
import { setCaller } from '../../platform/http/index.js';
import type { Actor } from '../actor.js';
import { notSignedIn } from '../identity.errors.js';

const actors = new WeakMap<object, Actor>();

export function setActor(request: Request, actor: Actor): void {
  actors.set(request, actor);
  setCaller(request, `${actor.kind}:${actor.id}`);
}

/** @throws DomainError `identity.not-signed-in` on a route that the guard let through without an actor */
export function actorOf(request: Request): Actor {
  const actor = actors.get(request);
  if (!actor) throw notSignedIn();
  return actor;
}

/** Who asks, or null on a route for everybody. */
export function actorBehind(request: Request): Actor | null {
  return actors.get(request) ?? null;
}
