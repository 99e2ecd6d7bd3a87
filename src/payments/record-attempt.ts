import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { enquiryDelayMs, type Bank, type PayAnswer } from '../banks/index.js';
import { Clock, newId } from '../kernel/index.js';
import { Database, Together, type Tx } from '../platform/database/index.js';
import { Metrics } from '../platform/metrics/index.js';
import { PaymentBooks } from './payment-books.js';
import { RecordOutcomes, type OutcomeItem } from './record-outcomes.js';
import { endAttempts, type AttemptOutcome } from './attempt.store.js';
import { togetherOf } from './sending-together.rules.js';
import {
  endSendings,
  leaveSending,
  type ClaimedSubmission,
  type PaymentToSend,
  type SendingEnded,
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

type Ended = AttemptAnswers & { readonly sorted: Sorted };

/** Step 3 of sending: what the bank said about every payment of the submission, in one short transaction. */
@Injectable()
export class RecordAttempt {
  private readonly recordings = new Map<string, Together<Ended, void>>();
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

  record(given: AttemptAnswers): Promise<void> {
    return this.recording(given.bank).do({ ...given, sorted: sortAnswers(given) });
  }

  /** Answers of one bank that come at the same moment are recorded in one transaction. */
  private recording(bank: Bank): Together<Ended, void> {
    const known = this.recordings.get(bank.code);
    if (known) return known;
    const recording = new Together<Ended, void>(
      (ended) => this.recordAll(bank, ended),
      togetherOf(bank),
    );
    this.recordings.set(bank.code, recording);
    return recording;
  }

  private async recordAll(bank: Bank, ended: readonly Ended[]): Promise<void[]> {
    const ends = ended.map(({ attemptId: id, sorted }) => {
      return { id, outcome: outcomeOf(sorted), why: sorted.why };
    });
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const mine = await endAttempts(tx, ends, at);
      const [only] = ended.length === 1 ? ended : [];
      await this.outcomes.record(tx, {
        bankCode: bank.code,
        items: ended.flatMap(({ sorted }) => sorted.said),
        cause: 'answer',
        sourceId: only?.attemptId ?? null,
        at,
      });
      // What was given up as lost meanwhile is enquired about, or even sent again by another, and only the bank's
      // word moves it.
      const stillMine = ended.filter(({ attemptId }) => mine.has(attemptId));
      for (const one of stillMine) await this.leaveInDoubt(tx, one, at);
      await endSendings(
        tx,
        stillMine.map((one) => endOf(one, at)),
      );
    });
    for (const { outcome } of ends) this.attempts.inc({ bank: bank.code, outcome });
    return ended.map(() => undefined);
  }

  /** The payments that the bank did not answer: in doubt, before the bank, or surely not sent and ready again. */
  private async leaveInDoubt(tx: Tx, { bank, attemptId, sorted }: Ended, at: Date): Promise<void> {
    const { settings } = bank;
    const because = { cause: 'answer' as const, sourceId: attemptId, at };
    const postingId = newId();
    const inDoubt = {
      to: 'unknown' as const,
      nextEnquiryAt: later(at, enquiryDelayMs({ asked: 0, settings })),
      postingId,
      ...because,
    };
    if (sorted.unknown.length > 0) {
      await leaveSending(tx, {
        ...inDoubt,
        paymentIds: sorted.unknown,
        answerDueAt: null,
        why: sorted.why ?? 'no answer',
      });
    }
    if (sorted.delivered.length > 0) {
      await leaveSending(tx, {
        ...inDoubt,
        paymentIds: sorted.delivered,
        // Nobody can be asked: the bank's files tell.
        nextEnquiryAt: null,
        answerDueAt: later(at, settings.enquiry.answerDueMs),
        why: 'delivered; the bank answers later',
      });
    }
    if (sorted.notSent.length > 0) {
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
    }
  }
}

function endOf({ submission, sorted, retryDelayMs }: Ended, at: Date): SendingEnded {
  const again = sorted.notSent.length > 0;
  return {
    submissionId: submission.id,
    to: again ? 'waiting' : 'answered',
    notBefore: again ? later(at, retryDelayMs(sorted.retryAfterMs)) : null,
  };
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
      const { attemptId: sourceId, startedAt: sentAt } = given;
      said.push({ reference, fact: answer, sentAt, sourceId });
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
