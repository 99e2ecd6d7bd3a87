import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  BankGate,
  BankRegistry,
  NoteCall,
  retryDelayMs,
  type Bank,
  type PayAnswer,
} from '../banks/index.js';
import { EntitlementMoves } from '../entitlements/index.js';
import { Clock, Money, newId } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { JobHandler } from '../platform/queue/index.js';
import { payAnswerSchema } from './answer.schema.js';
import { callBank } from './call-bank.js';
import { CheckSigned } from './check-signed.js';
import { isCarriedByPeople } from './hand-over.rules.js';
import { CALL_WITHIN_MS, leaseMs } from './lease.rules.js';
import { PaymentBooks, type MovedMoney } from './payment-books.js';
import type { PaymentState } from './payment.lifecycle.js';
import { RailGate } from './rail-gate.js';
import { RUN_BY_SYSTEM } from './run.store.js';
import { stopTamperedRun } from './stop-tampered-run.js';
import { RecordAttempt } from './record-attempt.js';
import {
  claimSubmission,
  endSending,
  forgetRing,
  openAttempt,
  startSending,
  submissionToSend,
  withhold,
  type ClaimedSubmission,
  type PaymentToSend,
} from './submission.store.js';

export const SEND_SUBMISSION = 'payments.send-submission';
const payloadSchema = z.object({ submissionId: z.uuid() });
const log = logger('payments');

/**
 * `recorded`: it was carried to the bank, and every payment has an answer; `held`: the bank is away, paused or switched
 * off; `tampered`: its run was stopped.
 */
export type SendingEnd = 'recorded' | 'not-claimed' | 'held' | 'tampered';

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
    private readonly gate: BankGate,
    private readonly noteCall: NoteCall,
    private readonly rails: RailGate,
    private readonly checkSigned: CheckSigned,
    private readonly recordAttempt: RecordAttempt,
    private readonly entitlements: EntitlementMoves,
    private readonly books: PaymentBooks,
    private readonly clock: Clock,
  ) {}

  /** A ring. Of a bank whose lists people carry nothing is sent by rings: a person asks for the list (`HandOverList`). */
  async handle({ submissionId }: z.infer<typeof payloadSchema>): Promise<void> {
    const found = await submissionToSend(this.database.reader, submissionId);
    if (!found || isCarriedByPeople(this.banks.of(found.bankCode))) return;
    await this.carry(submissionId, found);
  }

  async send(submissionId: string): Promise<SendingEnd> {
    const found = await submissionToSend(this.database.reader, submissionId);
    return found ? this.carry(submissionId, found) : 'not-claimed';
  }

  private async carry(
    submissionId: string,
    found: { batchId: string; bankCode: string },
  ): Promise<SendingEnd> {
    const bank = this.banks.of(found.bankCode);
    if (await this.isHeld(bank)) {
      await this.letWait(submissionId);
      return 'held';
    }
    const isWhole = await this.checkSigned.wholeBatch(this.database.reader, found.batchId);
    const claim = await this.database.transaction((tx) =>
      this.enter(tx, { bank, submissionId, isWhole }),
    );
    if (!claim) return 'not-claimed';
    if ('tamperedRun' in claim) {
      const stop = { runId: claim.tamperedRun, at: this.clock.now() };
      await this.database.transaction((tx) => stopTamperedRun(tx, stop));
      return 'tampered';
    }
    const { attemptId, startedAt } = claim;
    const said = await this.call(bank, claim);
    await this.recordAttempt.record({
      bank,
      attemptId,
      startedAt,
      submission: claim.submission,
      payments: claim.payments,
      answers: said ?? notCalled(claim),
      retryDelayMs: (retryAfterMs) =>
        retryDelayMs({
          attempt: claim.submission.tries,
          settings: bank.settings,
          random: Math.random(),
          retryAfterMs,
        }),
    });
    const answers = said && said.values();
    await this.noteCall.note({ bank, callId: attemptId, startedAt, answers });
    return 'recorded';
  }

  /** Before anything is digested or locked: of a bank that is away, thousands of rings may still be in the queue. */
  private async isHeld({ code: bankCode }: Bank): Promise<boolean> {
    const at = this.clock.now();
    return (await this.gate.standing(this.database.reader, { bankCode, at })).sending === 'hold';
  }

  /** Nothing is claimed: the sweeper rings for it anew once its bank takes calls. */
  private letWait(submissionId: string): Promise<void> {
    return this.database.transaction((tx) => forgetRing(tx, submissionId));
  }

  /** Step 1, behind the bank's gate: a bank that is off, paused or away is left alone, but for one probe when it is due. */
  private async enter(
    tx: Tx,
    given: { bank: Bank; submissionId: string; isWhole: boolean },
  ): Promise<Claim | { tamperedRun: string } | null> {
    const at = this.clock.now();
    const leaseUntil = new Date(at.getTime() + leaseMs(given.bank));
    const entry = { bankCode: given.bank.code, callId: newId(), at, leaseUntil };
    const admission = await this.gate.admitSending(tx, entry);
    if (admission === 'hold') {
      await forgetRing(tx, given.submissionId);
      return null;
    }
    const claim = await this.claim(tx, { ...given, ...entry });
    const isSent = claim !== null && 'attemptId' in claim;
    if (admission === 'probe' && !isSent) await this.gate.giveBack(tx, entry);
    return claim;
  }

  /** Null when there is nothing to send: taken by another, not due, its rail takes nothing now, paused, cancelled, not as signed. */
  private async claim(
    tx: Tx,
    given: { submissionId: string; isWhole: boolean; callId: string; at: Date; leaseUntil: Date },
  ): Promise<Claim | { tamperedRun: string } | null> {
    const { submissionId, isWhole, callId: attemptId, at: startedAt, leaseUntil } = given;
    const admission = await this.rails.admit(tx, { submissionId, at: startedAt });
    if (!admission) return null;
    const submission = await claimSubmission(tx, { id: submissionId, at: startedAt, leaseUntil });
    if (!submission) return null;
    const stray = await this.checkSigned.strayPayments(tx, submissionId);
    if (stray.length > 0 || !isWhole) {
      log.fatal({ submissionId, runId: submission.runId, stray }, 'not what was signed');
      await endSending(tx, { submissionId, to: 'waiting', notBefore: null });
      return { tamperedRun: submission.runId };
    }
    await this.withholdFromHeld(tx, submission, startedAt);
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

  /**
   * Step 2, outside any transaction. Every payment gets an answer; what is not said is unknown. Null when the call
   * was not made after all.
   */
  private async call(bank: Bank, claim: Claim): Promise<Map<string, PayAnswer> | null> {
    const orders = claim.payments.map((p) => ({ ...p, amount: Money.of(p.amount) }));
    const total = Money.sum(orders.map((o) => o.amount));
    // A process that was stopped between the two steps (a frozen machine) must not call: its lease may be over,
    // and somebody else may be asking the bank what became of this very attempt.
    const lateMs = this.clock.now().getTime() - claim.startedAt.getTime();
    // A clock that was set back says nothing of how long it was.
    if (lateMs > CALL_WITHIN_MS || lateMs < 0) {
      return null;
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

function notCalled({ payments }: Claim): Map<string, PayAnswer> {
  const notSent: PayAnswer = { kind: 'not-sent', why: 'the sender was held up before the call' };
  return new Map(payments.map(({ reference }) => [reference, notSent]));
}

function readyTo(
  to: PaymentState,
  { fund, budgetMonth, amount }: Pick<MovedMoney, 'fund' | 'budgetMonth' | 'amount'>,
): MovedMoney {
  return { fund, budgetMonth, from: 'ready', to, amount };
}
