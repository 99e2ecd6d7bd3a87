import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { enquiryDelayMs, type Bank, type PayAnswer } from '../banks/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { Metrics } from '../platform/metrics/index.js';
import { PaymentBooks } from './payment-books.js';
import { RecordOutcomes, type OutcomeItem } from './record-outcomes.js';
import {
  endAttempt,
  endSending,
  leaveSending,
  type AttemptOutcome,
  type ClaimedSubmission,
  type PaymentToSend,
} from './submission.store.js';

interface AttemptAnswers {
  readonly bank: Bank;
  readonly attemptId: string;
  readonly startedAt: Date;
  readonly submission: ClaimedSubmission;
  readonly payments: readonly PaymentToSend[];
  /** By reference; one for each payment. */
  readonly answers: ReadonlyMap<string, PayAnswer>;
  readonly retryDelayMs: (retryAfterMs: number) => number;
}

interface Sorted {
  readonly said: OutcomeItem[];
  readonly notSent: string[];
  readonly unknown: string[];
  /** In doubt too, but known to lie before the bank, which answers later by itself. */
  readonly delivered: string[];
  readonly retryAfterMs: number;
  readonly why: string | null;
}

/** Step 3 of sending: what the bank said about every payment of the submission, in one short transaction. */
@Injectable()
export class RecordAttempt {
  private readonly attempts: Counter<'bank' | 'outcome'>;

  constructor(
    private readonly database: Database,
    private readonly outcomes: RecordOutcomes,
    private readonly books: PaymentBooks,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.attempts = metrics.counter({
      name: 'chitra_attempts_total',
      help: 'Calls that sent payments to a bank, by bank and outcome',
      labelNames: ['bank', 'outcome'],
    });
  }

  async record(given: AttemptAnswers): Promise<void> {
    const sorted = sortAnswers(given);
    const outcome = outcomeOf(sorted);
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const because = { cause: 'answer' as const, sourceId: given.attemptId, at };
      const mine = await endAttempt(tx, { id: given.attemptId, outcome, why: sorted.why, at });
      await this.outcomes.record(tx, {
        bankCode: given.bank.code,
        items: sorted.said,
        ...because,
      });
      // Given up as lost meanwhile: its payments are enquired about, or even sent again by another, and only the
      // bank's word moves them.
      if (!mine) return;
      const { settings } = given.bank;
      const postingId = newId();
      const inDoubt = {
        to: 'unknown' as const,
        nextEnquiryAt: later(at, enquiryDelayMs({ asked: 0, settings })),
        postingId,
        ...because,
      };
      await leaveSending(tx, {
        ...inDoubt,
        paymentIds: sorted.unknown,
        answerDueAt: null,
        why: sorted.why ?? 'no answer',
      });
      await leaveSending(tx, {
        ...inDoubt,
        paymentIds: sorted.delivered,
        // Nobody can be asked: the bank's files tell.
        nextEnquiryAt: null,
        answerDueAt: later(at, settings.enquiry.answerDueMs),
        why: 'delivered; the bank answers later',
      });
      const back = await leaveSending(tx, {
        paymentIds: sorted.notSent,
        to: 'ready',
        nextEnquiryAt: null,
        answerDueAt: null,
        why: sorted.why ?? 'not sent',
        postingId,
        ...because,
      });
      await this.books.post(tx, { id: postingId, moved: back, ...because });
      const again = sorted.notSent.length > 0;
      await endSending(tx, {
        submissionId: given.submission.id,
        to: again ? 'waiting' : 'answered',
        notBefore: again ? later(at, given.retryDelayMs(sorted.retryAfterMs)) : null,
      });
    });
    this.attempts.inc({ bank: given.bank.code, outcome });
  }
}

function sortAnswers(given: AttemptAnswers): Sorted {
  const said: OutcomeItem[] = [];
  const notSent: string[] = [];
  const unknown: string[] = [];
  const delivered: string[] = [];
  let retryAfterMs = 0;
  let why: string | null = null;
  for (const { id, reference } of given.payments) {
    const answer = given.answers.get(reference) ?? { kind: 'unknown', why: 'no answer' };
    if (answer.kind === 'not-sent') {
      notSent.push(id);
      retryAfterMs = Math.max(retryAfterMs, answer.retryAfterMs ?? 0);
      why ??= answer.why;
    } else if (answer.kind === 'unknown' && answer.delivered) {
      delivered.push(id);
    } else if (answer.kind === 'unknown') {
      unknown.push(id);
      why ??= answer.why;
    } else {
      said.push({ reference, fact: answer, sentAt: given.startedAt });
    }
  }
  return { said, notSent, unknown, delivered, retryAfterMs, why };
}

function outcomeOf({ said, notSent, unknown, delivered }: Sorted): AttemptOutcome {
  if (notSent.length + unknown.length === 0) return delivered.length > 0 ? 'delivered' : 'answered';
  if (said.length + delivered.length > 0) return 'partly';
  return unknown.length > 0 ? 'unknown' : 'not-sent';
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
