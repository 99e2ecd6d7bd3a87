import { Injectable } from '@nestjs/common';
import { SignatoryRegister, type Actor } from '../identity/index.js';
import type { ProposedBatch } from '../batches/index.js';
import type { Tx } from '../platform/database/index.js';
import { ApprovalChains, type ChainStep } from './approval-chains.js';
import { fixedChain, signaturesOf } from './signature.store.js';
import type { Round, Signer } from './signing.rules.js';

/** A locked batch's round and the person before it. */
export interface Before {
  readonly round: Round;
  readonly signer: Signer;
  /** Whether the chain has been fixed by an earlier signer of this round. */
  readonly isFixed: boolean;
}

/** Reads all that signing and returning are decided by; the batch is locked, so nothing of it moves meanwhile. */
@Injectable()
export class SigningDesk {
  constructor(
    private readonly register: SignatoryRegister,
    private readonly chains: ApprovalChains,
  ) {}

  async lookAt(tx: Tx, batch: ProposedBatch, actor: Actor): Promise<Before> {
    const key = { batchId: batch.id, round: batch.round };
    const fixed = await fixedChain(tx, key);
    const chain: readonly ChainStep[] = fixed.length > 0 ? fixed : this.chains.stepsFor(batch);
    const signatures = await signaturesOf(tx, key);
    const signer: Signer = {
      id: actor.id,
      signature: await this.register.signatureOf(tx, actor.id),
      roles: await this.register.rolesOf(tx, actor.id),
    };
    const round = { chain, signatures, preparers: batch.preparers };
    return { round, signer, isFixed: fixed.length > 0 };
  }
}
