import { Injectable } from '@nestjs/common';
import { Clock, newId, officeDate } from '../kernel/index.js';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import type { Tx } from '../platform/database/index.js';
import { batchNotFound, notApproved, payDayPast, personNeeded } from './batches.errors.js';
import type { Assembled } from './assemble-batch.js';
import { insertBatch, nextNumber, readBatch } from './batch.store.js';
import { FillDraft } from './fill-draft.js';
import { tellAssembled } from './tell-assembled.js';

/**
 * A draft that pays again what finally failed in an approved batch: the same entitlements, to the accounts that
 * people have now, each line linked to the failed payment. It is proposed and signed like any other batch.
 * Called by payments, in its transaction.
 */
@Injectable()
export class AssembleFollowUp {
  constructor(
    private readonly clock: Clock,
    private readonly fillDraft: FillDraft,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Lines that cannot be paid now (no account, on hold, deceased …) are left out with their reason.
   * @param order `mayBeEmpty`: a batch without a line is no refusal; the caller takes it back.
   * @throws DomainError `batches.not-found`, `batches.not-approved`, `batches.nothing-to-pay`
   */
  async assemble(
    tx: Tx,
    order: {
      actor: Actor;
      of: string;
      lines: readonly { entitlementId: string; reissueOf: string }[];
      payOn?: string;
      mayBeEmpty?: boolean;
    },
  ): Promise<Assembled> {
    const { actor } = order;
    assertMay(actor, 'batch.prepare');
    if (actor.kind === 'system') throw personNeeded();
    const at = this.clock.now();
    const payOn = order.payOn ?? null;
    if (payOn !== null && payOn < officeDate(at)) throw payDayPast(payOn);
    const failed = await readBatch(tx, order.of);
    if (!failed) throw batchNotFound(order.of);
    if (failed.state !== 'approved') throw notApproved(failed.id, failed.state);

    const { programme, period } = failed;
    const number = await nextNumber(tx, { programme, period });
    const id = newId();
    const draft = { id, programme, period, filter: {}, payOn, at };
    await insertBatch(tx, {
      ...draft,
      number,
      note: null,
      currency: 'VND',
      preparedBy: actor.id,
      followUpOf: failed.id,
    });
    const filled = await this.fillDraft.fill(tx, {
      ...draft,
      reissues: order.lines,
      actor,
      mayBeEmpty: order.mayBeEmpty ?? false,
    });
    const followUpOf = failed.id;
    await tellAssembled(tx, this.audit, { batchId: id, number, followUpOf, filled, actor, at });
    return { batchId: id, number, ...filled };
  }
}
