import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { assertMay, type Actor } from './actor.js';
import {
  alreadySignatory,
  noSuchUser,
  signerRoleMissing,
  userDisabled,
} from './identity.errors.js';
import { maySign } from './roles.js';
import { SignatoryRegister, type SignatureKind } from './signatory.read.js';
import { insertSignatory, lockUser } from './user.store.js';

/** Registers who gives the first or the second signature. For ever: nobody changes from one to the other. */
@Injectable()
export class RegisterSignatory {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly signatories: SignatoryRegister,
    private readonly audit: AuditTrail,
  ) {}

  async register(order: { actor: Actor; userId: string; signature: SignatureKind }): Promise<void> {
    assertMay(order.actor, 'user.manage');
    const { userId, signature } = order;
    await this.database.transaction(async (tx) => {
      const user = await lockUser(tx, userId);
      if (!user) throw noSuchUser();
      if (user.disabledAt) throw userDisabled();
      if (!maySign(user.roles)) throw signerRoleMissing();
      if (!(await insertSignatory(tx, { userId, signature, at: this.clock.now() }))) {
        const held = await this.signatories.signatureOf(tx, userId);
        if (held === signature) return;
        throw alreadySignatory(held ?? 'unknown');
      }
      await this.audit.record(tx, {
        actor: order.actor,
        action: 'signatory.registered',
        subject: { type: 'user', id: userId },
        detail: { signature },
      });
    });
  }
}
