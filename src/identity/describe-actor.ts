import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/index.js';
import type { Actor, Permission } from './actor.js';
import { Actors } from './actor.read.js';
import { notSignedIn } from './identity.errors.js';
import type { Role } from './roles.js';
import type { SignedIn } from './sign-in.js';
import type { SignatureKind } from './signatory.read.js';
import { findUser } from './user.read.js';

/** What an actor is told of itself. */
export interface ActorDescription {
  readonly kind: 'user' | 'api-key';
  readonly id: string;
  readonly name: string;
  readonly permissions: Permission[];
  readonly displayName: string | null;
  readonly roles: Role[];
  readonly signature: SignatureKind | null;
}

@Injectable()
export class DescribeActor {
  constructor(
    private readonly database: Database,
    private readonly actors: Actors,
  ) {}

  async ofSession(session: SignedIn): Promise<ActorDescription> {
    const actor = await this.actors.ofSession(session);
    if (!actor) throw notSignedIn();
    return this.describe(actor);
  }

  async describe(actor: Actor): Promise<ActorDescription> {
    if (actor.kind === 'system') throw notSignedIn();
    const user = actor.kind === 'user' ? await findUser(this.database.reader, actor.id) : null;
    return {
      kind: actor.kind,
      id: actor.id,
      name: actor.name,
      permissions: [...actor.permissions],
      displayName: user?.displayName ?? null,
      roles: user?.roles ?? [],
      signature: user?.signature ?? null,
    };
  }
}
