import { Injectable } from '@nestjs/common';
import { Clock, officeDate, type Money } from '../kernel/index.js';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { linesOutdated, noLinesLeft, payDayPast, personNeeded } from './batches.errors.js';
import { appendHistory, moveBatch, type Batch } from './batch.store.js';
import { LookAtAccounts } from './look-at-accounts.js';
import { digestLines, headerOf } from './digest-lines.js';
import { lockDraft } from './draft-lock.js';
import { figuresOf, outdatedLines, renumber, writeDigests } from './line.store.js';

/** Outdated lines that a refusal names; it tells the count of all. */
const OUTDATED_SHOWN = 100;

export interface Proposed {
  readonly batchId: string;
  readonly digest: string;
  readonly lineCount: number;
  readonly total: Money;
  readonly round: number;
  readonly version: number;
}

/** Freezes a draft, digests every line and lays it before its signers. */
@Injectable()
export class ProposeBatch {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly accounts: LookAtAccounts,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @throws DomainError `batches.lines-outdated` naming every kind of change since it was assembled,
   *   `batches.accounts-not-checked` where its programme asks for checked accounts.
   */
  async propose(order: { actor: Actor; batchId: string; version?: number }): Promise<Proposed> {
    const { actor, batchId } = order;
    assertMay(actor, 'batch.prepare');
    if (actor.kind !== 'user') throw personNeeded();
    const at = this.clock.now();
    return this.database.transaction(async (tx) => {
      const batch = await lockDraft(tx, batchId, order.version);
      await this.assertUpToDate(tx, batch, at);
      const accountChecks = await this.accounts.beforeProposal(tx, batch, at);
      const { digest, lineCount, total } = await this.digest(tx, batch);
      await moveBatch(tx, {
        batchId,
        to: 'proposed',
        set: {
          digest,
          proposed_by: actor.id,
          proposed_at: at,
          return_reason: null,
          account_checks: accountChecks && JSON.stringify(accountChecks),
        },
      });
      const detail = { round: batch.round, digest, lineCount, total: total.toString() };
      await appendHistory(tx, {
        batchId,
        at,
        happened: 'proposed',
        from: 'draft',
        to: 'proposed',
        round: batch.round,
        actor,
        detail,
      });
      await this.audit.record(tx, {
        actor,
        action: 'batch.proposed',
        subject: { type: 'batch', id: batchId },
        detail,
      });
      return { batchId, digest, lineCount, total, round: batch.round, version: batch.version + 1 };
    });
  }

  private async assertUpToDate(tx: Tx, batch: Batch, at: Date): Promise<void> {
    const today = officeDate(at);
    if (batch.payOn !== null && batch.payOn < today) throw payDayPast(batch.payOn);
    const found = await outdatedLines(tx, {
      batchId: batch.id,
      payDay: batch.payOn ?? today,
      limit: OUTDATED_SHOWN,
    });
    if (found.count > 0) throw linesOutdated(batch.id, found);
  }

  private async digest(
    tx: Tx,
    batch: Batch,
  ): Promise<{ digest: string; lineCount: number; total: Money }> {
    await renumber(tx, batch.id);
    const figures = await figuresOf(tx, { id: batch.id, currency: batch.total.currency });
    if (figures.lineCount === 0) throw noLinesLeft(batch.id);
    const digest = await digestLines(tx, headerOf(batch, figures), (page) =>
      writeDigests(
        tx,
        page.map(({ stored, digest: ofLine }) => ({ lineId: stored.id, digest: ofLine })),
      ),
    );
    return { digest, ...figures };
  }
}
