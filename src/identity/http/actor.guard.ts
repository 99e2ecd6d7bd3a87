import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { assertMay, type Actor } from '../actor.js';
import { Actors } from '../actor.read.js';
import { notSignedIn } from '../identity.errors.js';
import { setActor } from './request-actor.js';
import { accessOf } from './route-access.js';

/** Asks every request who stands behind it, and lets it pass only where its route says so. */
@Injectable()
export class ActorGuard implements CanActivate {
  constructor(private readonly actors: Actors) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = accessOf(context.getHandler(), context.getClass());
    if (access === 'public') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const actor = await this.actorBehind(request);
    if (!actor || access === null) throw notSignedIn();
    // Known before it is refused: the page that says no still shows a person's own menu.
    setActor(request, actor);
    for (const permission of access) assertMay(actor, permission);
    return true;
  }

  /** A token that is given counts, and a wrong one never falls back to the session. */
  private async actorBehind(request: Request): Promise<Actor | null> {
    const authorization = request.header('authorization');
    if (authorization !== undefined) {
      const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      return token === undefined ? null : this.actors.ofToken(token);
    }
    // Without the session middleware (a worker's health routes) there is no session at all.
    const session = request.session as Request['session'] | undefined;
    return session?.signedIn ? this.actors.ofSession(session.signedIn) : null;
  }
}
