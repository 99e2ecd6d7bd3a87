import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { endAttempts, openAttempts, type AttemptEnd, type NewAttempt } from './attempt.store.js';
import { CreateRun } from './create-run.js';
import { PaymentBooks } from './payment-books.js';
import { approvedWithoutRun, runsNotFinished, takeWaiting } from './restored.store.js';
import { appendRunHistory, lockRun, moveRun } from './run.store.js';
import { endSendings, leaveSending, startSending } from './submission.store.js';

/** Submissions in one transaction. */
const AT_ONCE = 500;
/** None of these is sent; the lease only has to be there. */
const LEASE_MS = 60_000;
const WHY = 'restored from a backup: whether it was sent since then is not known';

export interface RestoredRun {
  readonly runId: string;
  readonly batchNumber: string;
  /** Payments that are asked after before anything of them is sent. */
  readonly doubted: number;
  /** Made only now: what was paid of it since the backup went under other references, which nobody can ask for. */
  readonly isNew: boolean;
}

/**
 * After a restore the database is older than the bank. What it holds for never sent may have been sent, and sending it
 * would pay twice. So every run is paused, and each payment that waits becomes a doubt, as if its sender had died: the
 * bank is asked, what it has goes on to its end, and only what it says it never had, after its own window, is sent
 * once a person resumes the run. Done before any worker starts on the restored database.
 */
@Injectable()
export class DoubtAfterRestore {
  constructor(
    private readonly database: Database,
    private readonly runs: CreateRun,
    private readonly books: PaymentBooks,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Harmless twice: what is in doubt stays so, and what was proven unsent is asked after once more. */
  async doubt(actor: Actor): Promise<RestoredRun[]> {
    assertMay(actor, 'run.operate');
    const approved = await approvedWithoutRun(this.database.reader);
    for (const approval of approved) await this.runs.handle(approval);
    const made = new Set(approved.map(({ batchId }) => batchId));
    const told: RestoredRun[] = [];
    for (const { id: runId, batchId, batchNumber } of await runsNotFinished(this.database.reader)) {
      await this.database.transaction((tx) => this.pause(tx, runId, actor));
      const isNew = made.has(batchId);
      const doubted = isNew ? 0 : await this.doubtAll(runId);
      await this.database.transaction((tx) => this.trace(tx, actor, { runId, batchId, doubted }));
      told.push({ runId, batchNumber, doubted, isNew });
    }
    return told;
  }

  private async pause(tx: Tx, runId: string, actor: Actor): Promise<void> {
    const run = await lockRun(tx, runId);
    if (!run || !(await moveRun(tx, { runId, to: 'paused', pauseReason: WHY }))) return;
    await appendRunHistory(tx, [{ runId, from: run.state, to: 'paused' }], {
      happened: 'paused',
      at: this.clock.now(),
      actor,
      reason: WHY,
    });
  }

  private async doubtAll(runId: string): Promise<number> {
    for (let doubted = 0; ;) {
      const page = await this.database.transaction((tx) => this.doubtSome(tx, runId));
      doubted += page.payments;
      if (page.submissions < AT_ONCE) return doubted;
    }
  }

  /** The three steps of a sending whose sender never came back, without the call. */
  private async doubtSome(
    tx: Tx,
    runId: string,
  ): Promise<{ submissions: number; payments: number }> {
    const at = this.clock.now();
    const leaseUntil = new Date(at.getTime() + LEASE_MS);
    const taken = await takeWaiting(tx, { runId, limit: AT_ONCE, leaseUntil });
    if (taken.length === 0) return { submissions: 0, payments: 0 };
    const attempts = taken.map((submission) => ({ ...submission, attemptId: newId() }));
    const postingId = newId();
    const payments = await startSending(tx, {
      claims: attempts.map(({ id, attemptId }) => ({ submissionId: id, attemptId })),
      postingId,
      at,
    });
    await this.books.post(tx, {
      id: postingId,
      moved: payments.map(({ fund, budgetMonth, amount }) => {
        return { fund, budgetMonth, from: 'ready' as const, to: 'sending' as const, amount };
      }),
      cause: 'sweeper',
      sourceId: null,
      at,
    });
    await openAttempts(
      tx,
      attempts.map(({ id, bankCode, tries, attemptId }): NewAttempt => ({
        ...{ id: attemptId, bankCode, kind: 'pay', submissionId: id, number: tries, at },
        paymentCount: payments.filter(({ submissionId }) => submissionId === id).length,
      })),
    );
    const ends = attempts.map(({ attemptId }): AttemptEnd => ({
      id: attemptId,
      outcome: 'lost',
      why: WHY,
    }));
    await endAttempts(tx, ends, at);
    await leaveSending(tx, {
      paymentIds: payments.map(({ id }) => id),
      to: 'unknown',
      nextEnquiryAt: at,
      answerDueAt: null,
      why: WHY,
      postingId: newId(),
      cause: 'sweeper',
      sourceId: null,
      at,
    });
    await endSendings(
      tx,
      taken.map(({ id }) => ({ submissionId: id, to: 'answered', notBefore: null })),
    );
    return { submissions: taken.length, payments: payments.length };
  }

  private trace(
    tx: Tx,
    actor: Actor,
    { runId, ...detail }: { runId: string; batchId: string; doubted: number },
  ): Promise<void> {
    return this.audit.record(tx, {
      actor: { kind: actor.kind, id: actor.id, name: actor.name },
      action: 'run.doubted-after-restore',
      subject: { type: 'run', id: runId },
      detail,
    });
  }
}
