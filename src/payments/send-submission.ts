import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { BankRegistry, NoteCall, retryDelayMs, type Bank, type PayAnswer } from '../banks/index.js';
import { Clock, Money } from '../kernel/index.js';
import { Database, Together } from '../platform/database/index.js';
import { JobHandler } from '../platform/queue/index.js';
import { payAnswerSchema } from './answer.schema.js';
import { callBank } from './call-bank.js';
import { ClaimSubmissions, type Claim, type SendingEnd } from './claim-submissions.js';
import { isCarriedByPeople } from './hand-over.rules.js';
import { CALL_WITHIN_MS } from './lease.rules.js';
import { RecordAttempt } from './record-attempt.js';
import { submissionsToSend, type FoundSubmission } from './submission.store.js';

export const SEND_SUBMISSION = 'payments.send-submission';
const payloadSchema = z.object({ submissionId: z.uuid() });
const FOUND_TOGETHER = { most: 100, atOnce: 1, gatherMs: 5 };

/**
 * Sends submissions in three steps: write the attempt, call the bank, write the answer. What is rung for at the same
 * moment is claimed together and recorded together; the calls are one for each. Whatever dies, and
 * however often the job runs, the claim's predicate lets one sender through, and a sender that does not come back
 * leaves payments that are enquired about, never sent again blindly.
 */
@JobHandler({ name: SEND_SUBMISSION, schema: payloadSchema })
@Injectable()
export class SendSubmission {
  private readonly finding = new Together<string, FoundSubmission | null>(
    (ids) => this.find(ids),
    FOUND_TOGETHER,
  );

  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly claiming: ClaimSubmissions,
    private readonly recordAttempt: RecordAttempt,
    private readonly noteCall: NoteCall,
    private readonly clock: Clock,
  ) {}

  /** A ring. Of a bank whose lists people carry nothing is sent by rings: a person asks for the list (`HandOverList`). */
  async handle({ submissionId }: z.infer<typeof payloadSchema>): Promise<void> {
    const found = await this.finding.do(submissionId);
    if (!found || isCarriedByPeople(this.banks.of(found.bankCode))) return;
    await this.carry(found);
  }

  async send(submissionId: string): Promise<SendingEnd> {
    const found = await this.finding.do(submissionId);
    return found ? this.carry(found) : 'not-claimed';
  }

  private async carry(found: FoundSubmission): Promise<SendingEnd> {
    const bank = this.banks.of(found.bankCode);
    const claim = await this.claiming.claim(bank, found);
    if (typeof claim === 'string') return claim;
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

  /** What is rung for at the same moment is looked up together. */
  private async find(submissionIds: readonly string[]): Promise<(FoundSubmission | null)[]> {
    const found = await submissionsToSend(this.database.reader, submissionIds);
    const byId = new Map(found.map((one) => [one.submissionId, one]));
    return submissionIds.map((id) => byId.get(id) ?? null);
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
