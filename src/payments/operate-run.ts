import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { SignedLines } from '../batches/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { alreadyCancelled, notAsSigned, runCannot, runNotFound } from './payments.errors.js';
import {
  appendRunHistory,
  forgetRings,
  lockRun,
  moveRun,
  requestCancel,
  type RunHappening,
  type RunRow,
} from './run.store.js';

export interface RunOrder {
  readonly actor: Actor;
  readonly runId: string;
}

/** Pause, resume and cancel: what a person may do to a run. What is already at the bank is never called back. */
@Injectable()
export class OperateRun {
  constructor(
    private readonly database: Database,
    private readonly signedLines: SignedLines,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Nothing more is sent until it is resumed; enquiries and notices go on. */
  pause(order: RunOrder & { reason: string }): Promise<void> {
    return this.act(order, async (tx, run) => {
      const moved = await moveRun(tx, { runId: run.id, to: 'paused', pauseReason: order.reason });
      if (!moved) throw runCannot(run.id, run.state, { vi: 'tạm dừng', en: 'paused' });
      return { happened: 'paused', to: 'paused', reason: order.reason };
    });
  }

  /** @throws DomainError `payments.not-as-signed` when the lines are no longer what was signed. */
  resume(order: RunOrder): Promise<void> {
    return this.act(order, async (tx, run) => {
      if (run.cancelRequestedAt) throw alreadyCancelled(run.id);
      const signed = await this.signedLines.verify(tx, run.batchId);
      if (!signed.ok) throw notAsSigned(run.id);
      const moved = run.state === 'paused' && (await moveRun(tx, { runId: run.id, to: 'running' }));
      if (!moved) throw runCannot(run.id, run.state, { vi: 'chạy tiếp', en: 'resumed' });
      await forgetRings(tx, run.id);
      return { happened: 'resumed', to: 'running' };
    });
  }

  /** What is not sent yet is taken back (the sweeper does it); the rest is followed to its end. */
  cancel(order: RunOrder & { reason: string }): Promise<void> {
    return this.act(order, async (tx, run) => {
      if (run.cancelRequestedAt) throw alreadyCancelled(run.id);
      const at = this.clock.now();
      const marked = await requestCancel(tx, { runId: run.id, at, reason: order.reason });
      if (!marked) throw runCannot(run.id, run.state, { vi: 'hủy', en: 'cancelled' });
      return { happened: 'cancelled', to: run.state, reason: order.reason };
    });
  }

  private async act(
    order: RunOrder,
    step: (tx: Tx, run: RunRow) => Promise<{ happened: RunHappening; to: string; reason?: string }>,
  ): Promise<void> {
    assertMay(order.actor, 'run.operate');
    await this.database.transaction(async (tx) => {
      const run = await lockRun(tx, order.runId);
      if (!run) throw runNotFound(order.runId);
      const { happened, to, reason } = await step(tx, run);
      const entries = [{ runId: run.id, from: run.state, to }];
      const at = this.clock.now();
      await appendRunHistory(tx, entries, { happened, at, actor: order.actor, reason });
      await this.audit.record(tx, {
        actor: order.actor,
        action: `run.${happened}`,
        subject: { type: 'run', id: run.id },
        detail: { batchId: run.batchId, from: run.state, to },
      });
    });
  }
}
