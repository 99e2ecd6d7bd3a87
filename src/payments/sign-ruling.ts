import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { SignatoryRegister, assertMay, type Actor } from '../identity/index.js';
import { Clock, InvariantError } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { digestOfRuling } from './doubt.rules.js';
import { anotherRulingSeen, rulingDecided, rulingNotFound } from './doubts.errors.js';
import { PEOPLES_WORD, type BankSays } from './outcome.rules.js';
import type { PaymentState } from './payment.lifecycle.js';
import { RecordOutcomes } from './record-outcomes.js';
import { assertMayDecide } from './ruling-desk.js';
import {
  appendRulingHistory,
  decideRuling,
  endItems,
  lockItems,
  lockRuling,
  type RuledItem,
  type RulingRow,
} from './ruling.store.js';

export interface SignedRuling {
  readonly rulingId: string;
  /** `overtaken` when none of its payments was in that doubt any more. */
  readonly state: 'confirmed' | 'overtaken';
  readonly moved: readonly string[];
  /** Payments that had left the doubt meanwhile: what moved them stands. */
  readonly overtaken: readonly { paymentId: string; state: PaymentState }[];
}

/**
 * The second person's signature on how a doubt ends. Under the locks of the ruling and of its payments, so that
 * two signers, or a signer and the bank, come to one end: what has left the doubt is left alone.
 */
@Injectable()
export class SignRuling {
  constructor(
    private readonly database: Database,
    private readonly outcomes: RecordOutcomes,
    private readonly register: SignatoryRegister,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /**
   * @param order `digest`: of the ruling that the signer saw.
   * @throws DomainError `payments.another-ruling-seen`, `payments.own-ruling`, `payments.ruling-decided`,
   *   `payments.ruling-needs-signatory`
   */
  async sign(order: { actor: Actor; rulingId: string; digest: string }): Promise<SignedRuling> {
    const { actor, rulingId } = order;
    assertMay(actor, 'batch.sign');
    return this.database.transaction(async (tx) => {
      const ruling = await lockRuling(tx, rulingId);
      if (!ruling) throw rulingNotFound(rulingId);
      await assertMayDecide(tx, { ruling, actor, register: this.register });
      if (ruling.state !== 'proposed') throw rulingDecided(rulingId, ruling.state);
      if (order.digest !== ruling.digest) {
        throw anotherRulingSeen(rulingId, { seen: order.digest, now: ruling.digest });
      }
      const items = await lockItems(tx, rulingId);
      assertAsProposed(ruling, items);
      return this.decide(tx, { ruling, items, actor });
    });
  }

  private async decide(
    tx: Tx,
    given: { ruling: RulingRow; items: readonly RuledItem[]; actor: Actor },
  ): Promise<SignedRuling> {
    const { ruling, items, actor } = given;
    const at = this.clock.now();
    const doubts = items.filter((item) => item.stillInDoubt);
    const gone = items.filter((item) => !item.stillInDoubt);
    const to = doubts.length > 0 ? 'confirmed' : 'overtaken';
    await decideRuling(tx, { rulingId: ruling.id, to, by: actor, at, reason: null });
    await this.moveDoubts(tx, { ruling, doubts, at });
    await endItems(tx, ruling.id, [
      ...doubts.map(({ paymentId }) => ({ paymentId, result: 'moved' as const, found: null })),
      ...gone.map(({ paymentId, state }) => ({
        paymentId,
        result: 'overtaken' as const,
        found: state,
      })),
    ]);
    const entry = { rulingId: ruling.id, happened: to, by: actor, at, reason: null } as const;
    await appendRulingHistory(tx, entry);
    await this.audit.record(tx, {
      actor,
      action: `doubt-ruling.${to}`,
      subject: { type: 'doubt-ruling', id: ruling.id },
      detail: {
        bankCode: ruling.bankCode,
        outcome: ruling.outcome,
        digest: ruling.digest,
        moved: doubts.length,
        overtaken: gone.length,
      },
    });
    return {
      rulingId: ruling.id,
      state: to,
      moved: doubts.map(({ paymentId }) => paymentId),
      overtaken: gone.map(({ paymentId, state }) => ({ paymentId, state })),
    };
  }

  private async moveDoubts(
    tx: Tx,
    given: { ruling: RulingRow; doubts: readonly RuledItem[]; at: Date },
  ): Promise<void> {
    const { ruling, doubts, at } = given;
    if (doubts.length === 0) return;
    const results = await this.outcomes.record(tx, {
      bankCode: ruling.bankCode,
      items: doubts.map(({ reference, lastSentAt }) => ({
        reference,
        fact: factOf(ruling),
        sentAt: lastSentAt,
      })),
      cause: 'operator',
      sourceId: ruling.id,
      at,
    });
    const left = results.filter(({ result }) => result !== 'moved');
    if (left.length > 0) {
      throw new InvariantError('doubts under a lock did not move', {
        rulingId: ruling.id,
        paymentIds: left.map(({ paymentId }) => paymentId),
      });
    }
  }
}

function factOf({ outcome, reasonCode }: RulingRow): BankSays {
  const sequence = PEOPLES_WORD;
  if (outcome === 'settled') return { kind: 'settled', sequence };
  return { kind: 'rejected', reason: { code: reasonCode ?? 'NARR' }, sequence };
}

/** The database lets nobody change a ruling; a signature is given on the rows all the same, not on that promise. */
function assertAsProposed(ruling: RulingRow, payments: readonly RuledItem[]): void {
  if (digestOfRuling({ ...ruling, rulingId: ruling.id, payments }) === ruling.digest) return;
  throw new InvariantError('a ruling is not what was proposed', { rulingId: ruling.id });
}
