import { Injectable } from '@nestjs/common';
import { BankGate, BankRegistry, type Bank } from '../../banks/index.js';
import { EntitlementMoves } from '../../entitlements/index.js';
import { Clock, newId } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import { Doorbell, Sweeper, type Ring } from '../../platform/queue/index.js';
import { AskAfterAccepted } from '../ask-after-accepted.js';
import { bankQueueName } from '../bank-queue.js';
import { ENQUIRE_PAYMENTS } from '../enquire-payments.js';
import { isCarriedByPeople } from '../hand-over.rules.js';
import { PaymentBooks } from '../payment-books.js';
import { RailGate } from '../rail-gate.js';
import { UNFINISHED_STATES } from '../payment.lifecycle.js';
import { appendRunHistory, finishDoneRuns, RUN_BY_SYSTEM, startDueRuns } from '../run.store.js';
import { SEND_SUBMISSION } from '../send-submission.js';
import { leaseMs } from '../lease.rules.js';
import { endLostEnquiries } from '../attempt.store.js';
import { giveUpLost, leaveSending, sendingOf } from '../submission.store.js';
import { foldTally, longTallies } from '../tally.store.js';
import { cancelUnsent, dueEnquiryCount, endEmptySubmissions, ringDue } from '../sweep.store.js';

/** A ring that was not answered for so long is lost, with its queue or its worker. */
const RING_AGAIN_AFTER_MS = 60_000;
/** … and when the queue is empty, so long: it has lost what it was given, and will not come to it. */
const RING_AGAIN_IN_EMPTY_QUEUE_MS = 5_000;
/** Submissions of one bank in the queue at once, and no more than its rate limit lets through in this time. */
const RING_AHEAD = 2000;
const RING_AHEAD_MS = 20_000;
const LOST_PER_SWEEP = 500;
const CANCELLED_PER_SWEEP = 5000;
const ENQUIRY_JOBS_PER_SWEEP = 5;
/** Differences of a run that are added up whenever somebody asks. */
const TALLY_ROWS_MOST = 500;

/**
 * Finds in the database whatever waits, and rings for it: the queue may lose everything at any time. Also ends
 * what nobody came back to. Every step is one predicate; any number of sweepers may run at once.
 */
@Sweeper({ name: 'payments' })
@Injectable()
export class SweepPayments {
  constructor(
    private readonly database: Database,
    private readonly banks: BankRegistry,
    private readonly gate: BankGate,
    private readonly entitlements: EntitlementMoves,
    private readonly books: PaymentBooks,
    private readonly rails: RailGate,
    private readonly accepted: AskAfterAccepted,
    private readonly doorbell: Doorbell,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<void> {
    await this.startRuns();
    await this.endLostSendings();
    await this.cancelUnsentPayments();
    await this.finishRuns();
    await this.foldTallies();
    for (const bank of this.banks.all()) await this.accepted.plan(bank);
    // Last, because a queue may be out of reach.
    for (const bank of this.banks.all()) await this.ringFor(bank);
  }

  private async startRuns(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const started = await startDueRuns(tx, at);
      await appendRunHistory(
        tx,
        started.map((runId) => ({ runId, from: 'scheduled', to: 'running' })),
        { happened: 'started', at, actor: RUN_BY_SYSTEM },
      );
    });
  }

  /** A sender died or froze between its call and its answer: the bank is asked, nothing is sent again. */
  private async endLostSendings(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const leases = this.banks
        .all()
        .map((bank) => ({ bankCode: bank.code, leaseMs: leaseMs(bank) }));
      await endLostEnquiries(tx, { at, leases });
      const lost = await giveUpLost(tx, { at, limit: LOST_PER_SWEEP });
      if (lost.length === 0) return;
      const payments = await sendingOf(
        tx,
        lost.map((l) => l.submissionId),
      );
      await leaveSending(tx, {
        paymentIds: payments.map((p) => p.id),
        to: 'unknown',
        nextEnquiryAt: at,
        answerDueAt: null,
        why: 'the sender did not come back',
        postingId: newId(),
        cause: 'sweeper',
        sourceId: null,
        at,
      });
    });
  }

  private async foldTallies(): Promise<void> {
    for (const runId of await longTallies(this.database.reader, TALLY_ROWS_MOST))
      await this.database.transaction((tx) => foldTally(tx, runId));
  }

  private async ringFor(bank: Bank): Promise<void> {
    const of = { bankCode: bank.code, at: this.clock.now() };
    await this.database.transaction((tx) => this.rails.arrange(tx, bank, of.at));
    const { sending, asking, probeFirst } = await this.gate.standing(this.database.reader, of);
    if (asking === 'hold') return;
    const counts = await this.doorbell.counts(bankQueueName(bank.code));
    const queued = (counts.wait ?? 0) + (counts.prioritized ?? 0) + (counts.delayed ?? 0);
    if (asking === 'probe') {
      // Whatever is in the queue already will try the door; only an empty one needs a ring.
      if (queued === 0) await this.ringProbe(bank, { maySend: sending === 'probe', probeFirst });
      return;
    }
    const isEmpty = queued + (counts.active ?? 0) === 0;
    const rung =
      sending === 'hold'
        ? 0
        : await this.ringSubmissions(bank, {
            free: ringAhead(bank) - queued,
            againAfterMs: isEmpty ? RING_AGAIN_IN_EMPTY_QUEUE_MS : RING_AGAIN_AFTER_MS,
          });
    // Submissions never fill the queue so far that no enquiry finds room; enquiries never beyond their share.
    const room = ringAhead(bank) + ENQUIRY_JOBS_PER_SWEEP - queued - rung;
    await this.ringEnquiries(bank, Math.min(ENQUIRY_JOBS_PER_SWEEP, room));
  }

  /** One ring for a bank that is away, when it may be tried: for a question or for a payment, as there is. */
  private async ringProbe(
    bank: Bank,
    { maySend, probeFirst }: { maySend: boolean; probeFirst: 'asking' | 'sending' },
  ): Promise<void> {
    const ask = () => this.ringEnquiries(bank, 1);
    const send = () =>
      maySend
        ? this.ringSubmissions(bank, { free: 1, againAfterMs: RING_AGAIN_IN_EMPTY_QUEUE_MS })
        : Promise.resolve(0);
    const [first, second] = probeFirst === 'asking' ? [ask, send] : [send, ask];
    if ((await first()) === 0) await second();
  }

  private async ringSubmissions(
    bank: Bank,
    { free, againAfterMs }: { free: number; againAfterMs: number },
  ): Promise<number> {
    // Nobody is rung for: a person asks for the list, and that is the sending.
    if (isCarriedByPeople(bank)) return 0;
    const at = this.clock.now();
    const due = await this.database.transaction((tx) =>
      ringDue(tx, {
        bankCode: bank.code,
        at,
        rungBefore: new Date(at.getTime() - againAfterMs),
        ahead: ringAhead(bank),
        free,
      }),
    );
    const rings = due.map(({ id, rings: nth }): Ring => ({
      name: SEND_SUBMISSION,
      // Another id for every ring: a finished job of the same id would swallow it.
      id: `send-${id}-${nth}`,
      payload: { submissionId: id },
    }));
    if (rings.length > 0) await this.doorbell.ring(bankQueueName(bank.code), rings);
    return rings.length;
  }

  private async ringEnquiries(bank: Bank, room: number): Promise<number> {
    if (!bank.adapter.enquire) return 0;
    const at = this.clock.now();
    const { maxPerEnquiry } = bank.settings.enquiry;
    if (room <= 0) return 0;
    const due = await dueEnquiryCount(this.database.reader, {
      bankCode: bank.code,
      at,
      limit: maxPerEnquiry * room,
    });
    const rings = Array.from({ length: Math.ceil(due / maxPerEnquiry) }, (_, nth): Ring => ({
      name: ENQUIRE_PAYMENTS,
      // One per second and place: sweepers of other processes ring the same bell.
      id: `enquire-${bank.code}-${Math.floor(at.getTime() / 1000)}-${nth}`,
      payload: { bankCode: bank.code },
    }));
    if (rings.length > 0) await this.doorbell.ring(bankQueueName(bank.code), rings);
    return rings.length;
  }

  private async cancelUnsentPayments(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const postingId = newId();
      const cancelled = await cancelUnsent(tx, { at, limit: CANCELLED_PER_SWEEP, postingId });
      await this.books.post(tx, {
        id: postingId,
        moved: cancelled.map((c) => ({ ...c, from: 'ready', to: 'cancelled' })),
        cause: 'operator',
        sourceId: null,
        at,
      });
      const batchIds = new Set(cancelled.map((c) => c.batchId));
      for (const batchId of batchIds) {
        await this.entitlements.release(tx, {
          batchId,
          entitlementIds: cancelled
            .filter((c) => c.batchId === batchId)
            .map((c) => c.entitlementId),
          at,
          actor: RUN_BY_SYSTEM,
        });
      }
      await endEmptySubmissions(tx);
    });
  }

  private async finishRuns(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const finished = await finishDoneRuns(tx, { at, unfinished: UNFINISHED_STATES });
      await appendRunHistory(
        tx,
        finished.map(({ id, from }) => ({ runId: id, from, to: 'finished' })),
        { happened: 'finished', at, actor: RUN_BY_SYSTEM },
      );
    });
  }
}

// What waits in the queue longer than RING_AGAIN_AFTER_MS is rung again, and the double costs a place in the rate.
function ringAhead({ settings }: Bank): number {
  const { max, perMs } = settings.rateLimit;
  return Math.min(RING_AHEAD, Math.max(1, Math.floor((max * RING_AHEAD_MS) / perMs)));
}
