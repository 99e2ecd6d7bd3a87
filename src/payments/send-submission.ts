import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { BankRegistry, retryDelayMs, type Bank, type PayAnswer } from '../banks/index.js';
import { EntitlementMoves } from '../entitlements/index.js';
import { Clock, Money, newId } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { JobHandler } from '../platform/queue/index.js';
import { payAnswerSchema } from './answer.schema.js';
import { callBank } from './call-bank.js';
import { CheckSigned } from './check-signed.js';
import { CALL_WITHIN_MS, leaseMs } from './lease.rules.js';
import { PaymentBooks, type MovedMoney } from './payment-books.js';
import type { PaymentState } from './payment.lifecycle.js';
import { RailGate } from './rail-gate.js';
import { RUN_BY_SYSTEM } from './run.store.js';
import { stopTamperedRun } from './stop-tampered-run.js';
import { RecordAttempt } from './record-attempt.js';
import {
  batchToSend,
  claimSubmission,
  endSending,
  openAttempt,
  startSending,
  withhold,
  type ClaimedSubmission,
  type PaymentToSend,
} from './submission.store.js';

export const SEND_SUBMISSION = 'payments.send-submission';
const payloadSchema = z.object({ submissionId: z.uuid() });
const log = logger('payments');

interface Claim {
  readonly submission: ClaimedSubmission;
  readonly payments: readonly PaymentToSend[];
  readonly attemptId: string;
  readonly startedAt: Date;
}

/**
 * Sends one submission in three steps: write the attempt, call the bank, write the answer. Whatever dies, and
 * however often the job runs, the claim's predicate lets one sender through, and a sender that does not come back
 * leaves payments that are enquired about, never sent again blindly.
 */
@JobHandler({ name: SEND_SUBMISSION, schema: payloadSchema })
@Injectable()
export class SendSubmission {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly rails: RailGate,
    private readonly checkSigned: CheckSigned,
    private readonly recordAttempt: RecordAttempt,
    private readonly entitlements: EntitlementMoves,
    private readonly books: PaymentBooks,
    private readonly clock: Clock,
  ) {}

  async handle(job: z.infer<typeof payloadSchema>): Promise<void> {
    const batchId = await batchToSend(this.database.reader, job.submissionId);
    if (batchId === null) return;
    const isWhole = await this.checkSigned.wholeBatch(this.database.reader, batchId);
    const claim = await this.database.transaction((tx) =>
      this.claim(tx, { submissionId: job.submissionId, isWhole }),
    );
    if (!claim) return;
    if ('tamperedRun' in claim) {
      const stop = { runId: claim.tamperedRun, at: this.clock.now() };
      return this.database.transaction((tx) => stopTamperedRun(tx, stop));
    }
    const bank = this.banks.of(claim.submission.bankCode);
    const answers = await this.call(bank, claim);
    await this.recordAttempt.record({
      bank,
      attemptId: claim.attemptId,
      startedAt: claim.startedAt,
      submission: claim.submission,
      payments: claim.payments,
      answers,
      retryDelayMs: (retryAfterMs) =>
        retryDelayMs({
          attempt: claim.submission.tries,
          settings: bank.settings,
          random: Math.random(),
          retryAfterMs,
        }),
    });
  }

  /** Step 1. Null when there is nothing to send: taken by another, not due, its rail takes nothing now, paused, cancelled, not as signed. */
  private async claim(
    tx: Tx,
    { submissionId, isWhole }: { submissionId: string; isWhole: boolean },
  ): Promise<Claim | { tamperedRun: string } | null> {
    const startedAt = this.clock.now();
    const admission = await this.rails.admit(tx, { submissionId, at: startedAt });
    if (!admission) return null;
    const submission = await claimSubmission(tx, {
      id: submissionId,
      at: startedAt,
      leaseUntil: new Date(startedAt.getTime() + leaseMs(this.banks.all())),
    });
    if (!submission) return null;
    const stray = await this.checkSigned.strayPayments(tx, submissionId);
    if (stray.length > 0 || !isWhole) {
      log.fatal({ submissionId, runId: submission.runId, stray }, 'not what was signed');
      await endSending(tx, { submissionId, to: 'waiting', notBefore: null });
      return { tamperedRun: submission.runId };
    }
    await this.withholdFromHeld(tx, submission, startedAt);
    const attemptId = newId();
    const postingId = newId();
    const payments = await startSending(tx, { submissionId, attemptId, postingId, at: startedAt });
    await this.rails.count(tx, admission, payments);
    await this.books.post(tx, {
      id: postingId,
      moved: payments.map((p) => readyTo('sending', p)),
      cause: 'sending',
      sourceId: attemptId,
      at: startedAt,
    });
    if (payments.length === 0) {
      await endSending(tx, { submissionId, to: 'answered', notBefore: null });
      return null;
    }
    await openAttempt(tx, {
      id: attemptId,
      bankCode: submission.bankCode,
      kind: 'pay',
      submissionId,
      number: submission.tries,
      paymentCount: payments.length,
      at: startedAt,
    });
    return { submission, payments, attemptId, startedAt };
  }

  private async withholdFromHeld(tx: Tx, submission: ClaimedSubmission, at: Date): Promise<void> {
    const postingId = newId();
    const withheld = await withhold(tx, { submissionId: submission.id, postingId, at });
    if (withheld.length === 0) return;
    await this.books.post(tx, {
      id: postingId,
      moved: withheld.map((p) => readyTo('cancelled', p)),
      cause: 'sending',
      sourceId: submission.id,
      at,
    });
    await this.entitlements.release(tx, {
      batchId: submission.batchId,
      entitlementIds: withheld.map((w) => w.entitlementId),
      at,
      actor: RUN_BY_SYSTEM,
    });
  }

  /** Step 2, outside any transaction. Every payment gets an answer; what is not said is unknown. */
  private async call(bank: Bank, claim: Claim): Promise<Map<string, PayAnswer>> {
    const orders = claim.payments.map((p) => ({ ...p, amount: Money.of(p.amount) }));
    const total = Money.sum(orders.map((o) => o.amount));
    // A process that was stopped between the two steps (a frozen machine) must not call: its lease may be over,
    // and somebody else may be asking the bank what became of this very attempt.
    const lateMs = this.clock.now().getTime() - claim.startedAt.getTime();
    // A clock that was set back says nothing of how long it was.
    if (lateMs > CALL_WITHIN_MS || lateMs < 0) {
      const notSent: PayAnswer = {
        kind: 'not-sent',
        why: 'the sender was held up before the call',
      };
      return new Map(orders.map((o) => [o.reference, notSent]));
    }
    return callBank<PayAnswer>(bank, {
      attemptId: claim.attemptId,
      rail: claim.submission.rail,
      references: orders.map((o) => o.reference),
      schema: payAnswerSchema,
      call: async (adapter, call) => {
        const [first] = orders;
        if (claim.submission.mode === 'single' && adapter.pay && orders.length === 1 && first) {
          return new Map([[first.reference, await adapter.pay(first, call)]]);
        }
        if (adapter.payMany) {
          const bulk = { reference: claim.submission.reference, orders, total };
          return adapter.payMany(bulk, call);
        }
        throw new Error('this bank takes single payments only');
      },
    });
  }
}

function readyTo(
  to: PaymentState,
  { fund, budgetMonth, amount }: Pick<MovedMoney, 'fund' | 'budgetMonth' | 'amount'>,
): MovedMoney {
  return { fund, budgetMonth, from: 'ready', to, amount };
}
