import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  BankGate,
  BankRegistry,
  enquiryDelayMs,
  NoteCall,
  notFoundIsProof,
  railOf,
  retryDelayMs,
  unboundedRail,
  type Bank,
  type EnquiryAnswer,
  type PaymentQuery,
} from '../banks/index.js';
import { Clock, Money, newId } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { JobHandler } from '../platform/queue/index.js';
import { enquiryAnswerSchema } from './answer.schema.js';
import { insertSubmissions } from './birth.store.js';
import { callBank } from './call-bank.js';
import {
  backToReady,
  countEnquiries,
  insertAnswers,
  lockDueEnquiries,
  lockStillUnknown,
  type PaymentToEnquire,
} from './enquiry.store.js';
import { callOverAt, leaseMs } from './lease.rules.js';
import { messageReferenceOf, pack, packingOf } from './grouping.rules.js';
import type { Cause } from './outcome.store.js';
import { PaymentBooks } from './payment-books.js';
import { RecordOutcomes, type OutcomeItem } from './record-outcomes.js';
import { endAttempts, openAttempts, type AttemptEnd } from './attempt.store.js';

export const ENQUIRE_PAYMENTS = 'payments.enquire-payments';
const payloadSchema = z.object({ bankCode: z.string() });

interface Enquiry {
  readonly attemptId: string;
  readonly askedAt: Date;
  readonly payments: readonly PaymentToEnquire[];
}

/**
 * Asks a bank what became of payments in doubt (and of accepted ones without news). The bank's yes or no ends the
 * doubt; "not found" does so only after the bank's own window; everything else keeps it, and the bank is asked
 * again at growing intervals (never-pay-twice, rules 5 and 6).
 */
@JobHandler({ name: ENQUIRE_PAYMENTS, schema: payloadSchema })
@Injectable()
export class EnquirePayments {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly gate: BankGate,
    private readonly noteCall: NoteCall,
    private readonly outcomes: RecordOutcomes,
    private readonly books: PaymentBooks,
    private readonly clock: Clock,
  ) {}

  async handle(job: z.infer<typeof payloadSchema>): Promise<void> {
    const bank = this.banks.of(job.bankCode);
    if (!bank.adapter.enquire) return;
    const enquiry = await this.database.transaction((tx) => this.enter(tx, bank));
    if (!enquiry) return;
    const answers = await callBank<EnquiryAnswer>(bank, {
      attemptId: enquiry.attemptId,
      references: enquiry.payments.map((p) => p.reference),
      schema: enquiryAnswerSchema,
      call: async (adapter, call) =>
        (await adapter.enquire?.(enquiry.payments.map(queryOf), call)) ?? new Map(),
    });
    await this.database.transaction((tx) => this.record(tx, bank, enquiry, answers));
    await this.noteCall.note({
      bank,
      callId: enquiry.attemptId,
      startedAt: enquiry.askedAt,
      answers: answers.values(),
    });
  }

  /** Behind the bank's gate: also a bank that is switched off is asked, one that is away only by its one probe. */
  private async enter(tx: Tx, bank: Bank): Promise<Enquiry | null> {
    const at = this.clock.now();
    const leaseUntil = new Date(at.getTime() + leaseMs(bank));
    const entry = { bankCode: bank.code, callId: newId(), at, leaseUntil };
    const admission = await this.gate.admitAsking(tx, entry);
    if (admission === 'hold') return null;
    const enquiry = await this.claim(tx, { bank, attemptId: entry.callId, at });
    if (admission === 'probe' && !enquiry) await this.gate.giveBack(tx, entry);
    return enquiry;
  }

  private async claim(
    tx: Tx,
    { bank, attemptId, at }: { bank: Bank; attemptId: string; at: Date },
  ): Promise<Enquiry | null> {
    const payments = await lockDueEnquiries(tx, {
      bankCode: bank.code,
      at,
      limit: bank.settings.enquiry.maxPerEnquiry,
    });
    if (payments.length === 0) return null;
    await countEnquiries(
      tx,
      payments.map((p) => ({
        id: p.id,
        nextEnquiryAt: new Date(
          at.getTime() + enquiryDelayMs({ asked: p.enquiries + 1, settings: bank.settings }),
        ),
      })),
    );
    await openAttempts(tx, [
      {
        id: attemptId,
        bankCode: bank.code,
        kind: 'enquire',
        submissionId: null,
        number: 1,
        paymentCount: payments.length,
        at,
      },
    ]);
    return { attemptId, askedAt: at, payments };
  }

  private async record(
    tx: Tx,
    bank: Bank,
    enquiry: Enquiry,
    answers: ReadonlyMap<string, EnquiryAnswer>,
  ): Promise<void> {
    const at = this.clock.now();
    const cause: Cause = { cause: 'enquiry', sourceId: enquiry.attemptId, at };
    const answered = enquiry.payments.map((payment) => ({
      payment,
      answer: answers.get(payment.reference) ?? { kind: 'unknown' as const, why: 'no answer' },
    }));
    // Of what lies before a bank that answers later, silence is no failure.
    const silent = answered.filter(({ answer }) => answer.kind === 'unknown' && !answer.delivered);
    const all = silent.length === answered.length;
    const end: AttemptEnd = {
      id: enquiry.attemptId,
      outcome: all ? 'unknown' : silent.length > 0 ? 'partly' : 'answered',
      why: silent[0]?.answer.kind === 'unknown' ? silent[0].answer.why : null,
    };
    await endAttempts(tx, [end], at);
    await insertAnswers(
      tx,
      answered.map(({ payment, answer }) => ({
        paymentId: payment.id,
        answer: answer.kind,
        why: answer.kind === 'unknown' ? answer.why : null,
      })),
      { attemptId: enquiry.attemptId, at },
    );
    const items = answered.flatMap(({ payment, answer }): OutcomeItem[] =>
      answer.kind === 'unknown' || answer.kind === 'not-found'
        ? []
        : [{ reference: payment.reference, fact: answer, sentAt: payment.lastSentAt }],
    );
    await this.outcomes.record(tx, { bankCode: bank.code, items, ...cause });
    const never = answered
      .filter(({ answer }) => answer.kind === 'not-found')
      .map(({ payment }) => payment)
      .filter((payment) => provesNever(bank, payment, enquiry.askedAt));
    await this.sendAgain(tx, bank, never, cause);
  }

  private async sendAgain(
    tx: Tx,
    bank: Bank,
    asked: readonly PaymentToEnquire[],
    cause: Cause,
  ): Promise<void> {
    if (asked.length === 0) return;
    const never = await lockStillUnknown(tx, asked);
    const delayMs = retryDelayMs({ attempt: 1, settings: bank.settings, random: Math.random() });
    const notBefore = new Date(cause.at.getTime() + delayMs);
    const runIds = [...new Set(never.map((p) => p.runId))];
    for (const runId of runIds) {
      const packs = pack(
        never.filter((p) => p.runId === runId),
        // On the rail it was born for, also when the file no longer has it: then it waits there.
        ({ rail }) => packingOf(bank, railOf(bank.settings.rails, rail) ?? unboundedRail(rail)),
      );
      await insertSubmissions(
        tx,
        packs.map((p) => ({
          id: p.submissionId,
          runId,
          bankCode: bank.code,
          rail: p.packing.rail,
          mode: p.packing.mode,
          reference: messageReferenceOf(p.submissionId),
          paymentCount: p.items.length,
          total: p.total.toString(),
          notBefore,
        })),
        cause.at,
      );
      const postingId = newId();
      const moved = await backToReady(
        tx,
        packs.flatMap((p) =>
          p.items.map((item) => ({ paymentId: item.id, submissionId: p.submissionId })),
        ),
        { ...cause, postingId },
      );
      await this.books.post(tx, { id: postingId, moved, ...cause });
    }
  }
}

function queryOf({ reference, firstSentAt, amount }: PaymentToEnquire): PaymentQuery {
  return { reference, firstSentAt, amount: Money.of(amount) };
}

// The window counts from the end of the last call: until then the sending may still have been under way. And to the
// moment the bank was asked: an asker that froze before it wrote the answer must not make an old one into a proof.
function provesNever(bank: Bank, payment: PaymentToEnquire, askedAt: Date): boolean {
  const lastSentAt = callOverAt(payment.lastSentAt, bank);
  return (
    payment.state === 'unknown' &&
    notFoundIsProof({ lastSentAt, now: askedAt, settings: bank.settings })
  );
}
