import { Injectable } from '@nestjs/common';
import { BankRegistry, type Bank } from '../banks/index.js';
import { HoldBeneficiaries, HOLDING_REASONS } from '../beneficiaries/index.js';
import { EntitlementMoves } from '../entitlements/index.js';
import { Money, newId } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { decideOutcome, type BankSays, type OutcomeResult } from './outcome.rules.js';
import { OutcomeMetrics } from './outcome.metrics.js';
import {
  appendConflicts,
  appendHistory,
  applyMoves,
  lockByReference,
  type Cause,
  type ConflictRow,
  type HistoryRow,
  type PaymentForOutcome,
  type PaymentMove,
} from './outcome.store.js';
import { PaymentBooks, type MovedMoney } from './payment-books.js';
import type { PaymentState } from './payment.lifecycle.js';
import { paymentsFailed } from './payments.events.js';

/** ISO 20022 DUPL: another payment of the same would be a duplicate; the original's status is the truth. */
const PAID_AFTER_ALL = 'DUPL';

export interface OutcomeItem {
  readonly reference: string;
  readonly fact: BankSays;
  /** Where the bank repeats it: another amount than ours is a conflict, not an outcome. */
  readonly amount?: Money;
  /** Of an answer: when the sending that it is about was begun, or the last one when the bank was asked. */
  readonly sentAt?: Date;
  /** The attempt or notice that brought it, where several are recorded in one call; else the call's own. */
  readonly sourceId?: string;
}

export interface RecordedOutcome {
  readonly reference: string;
  readonly result: OutcomeResult | 'unknown-reference';
  readonly paymentId?: string;
}

/** A payment on its way through the facts of one call. */
interface Travelling extends PaymentForOutcome {
  readonly startedAs: PaymentState;
  sequence: number | null;
  last: BankSays | null;
  settledAt: Date | null;
}

/**
 * The one door through which a bank's word changes payments: from the answer to a sending, an enquiry, a notice
 * or a statement alike. Any number of facts, in any order, told any number of times, in a fixed number of statements.
 */
@Injectable()
export class RecordOutcomes {
  constructor(
    private readonly banks: BankRegistry,
    private readonly entitlements: EntitlementMoves,
    private readonly holds: HoldBeneficiaries,
    private readonly books: PaymentBooks,
    private readonly outbox: Outbox,
    private readonly metrics: OutcomeMetrics,
  ) {}

  /**
   * @param given `bankCode`: who says it. A bank speaks of its own payments only; the reference of another bank's
   *   payment is unknown to it, whoever signed. `items`: in the order the source gave them; several may be about
   *   one payment.
   */
  async record(
    tx: Tx,
    given: { bankCode: string; items: readonly OutcomeItem[] } & Cause,
  ): Promise<RecordedOutcome[]> {
    const found = await lockByReference(tx, {
      bankCode: given.bankCode,
      references: [...new Set(given.items.map((i) => i.reference))],
    });
    const payments = new Map(found.map((p) => [p.reference, travelling(p)]));
    const history: HistoryRow[] = [];
    const conflicts: ConflictRow[] = [];
    const results = given.items.map((item): RecordedOutcome => {
      const payment = payments.get(item.reference);
      if (!payment) return { reference: item.reference, result: 'unknown-reference' };
      const result = travel({ payment, item, at: given.at, history, conflicts });
      return { reference: item.reference, result, paymentId: payment.id };
    });
    const moved = [...payments.values()].filter((p) => p.state !== p.startedAs);
    await applyMoves(
      tx,
      moved.map((p) => this.moveOf(p, given)),
      given.at,
    );
    const postingId = newId();
    await appendHistory(tx, history, { ...given, postingId });
    await this.books.post(tx, { ...given, id: postingId, moved: moved.map(moneyOf) });
    const contradicted = await appendConflicts(tx, conflicts, given);
    await this.tellEarlierModules(tx, moved, given);
    await this.holdPaidAfterAll(tx, { conflicts, contradicted, payments: found }, given);
    await this.tellLaterModules(tx, { moved, contradicted, payments });
    this.metrics.moved(moved, { at: given.at, reasonOf: reasonCodeOf });
    return results;
  }

  private moveOf(payment: Travelling, given: Cause): PaymentMove {
    const reason = payment.last && 'reason' in payment.last ? payment.last.reason : null;
    return {
      id: payment.id,
      from: payment.startedAs,
      to: payment.state,
      reasonCode: reason?.code ?? null,
      reasonText: reason?.text ?? null,
      bankReference: payment.last?.bankReference ?? null,
      bankSequence: payment.sequence,
      settledAt: payment.settledAt,
      nextEnquiryAt: isAskedAfter(payment, given)
        ? acceptedEnquiryAt(this.banks.of(payment.bankCode), given.at)
        : null,
    };
  }

  private async tellEarlierModules(tx: Tx, moved: readonly Travelling[], given: Cause) {
    const settled = moved.filter((p) => p.state === 'settled');
    if (settled.length > 0) {
      const entitlementIds = settled.map((p) => p.entitlementId);
      await this.entitlements.markPaid(tx, { entitlementIds, at: given.at, cause: given.cause });
    }
    const failed = moved.filter((p) => p.state === 'rejected' || p.state === 'returned');
    if (failed.length === 0) return;
    await this.entitlements.reopenFailed(tx, {
      items: failed.map((p) => ({
        entitlementId: p.entitlementId,
        reasonCode: reasonCodeOf(p),
        accountId: p.accountId,
      })),
      at: given.at,
      cause: given.cause,
    });
    for (const reasonCode of HOLDING_REASONS) {
      const ids = failed.filter((p) => reasonCodeOf(p) === reasonCode).map((p) => p.beneficiaryId);
      if (ids.length > 0) {
        await this.holds.hold(tx, { beneficiaryIds: ids, reasonCode, cause: given.cause });
      }
    }
  }

  /** What the bank says it paid after all must not be paid again before somebody has looked. */
  private async holdPaidAfterAll(
    tx: Tx,
    news: {
      conflicts: readonly ConflictRow[];
      contradicted: readonly string[];
      payments: readonly PaymentForOutcome[];
    },
    given: Cause,
  ): Promise<void> {
    const told = new Set(news.contradicted);
    const raised = news.conflicts.filter((c) => told.has(c.paymentId) && isPaidAfterAll(c));
    if (raised.length === 0) return;
    const ids = new Set(raised.map((c) => c.paymentId));
    const paid = news.payments.filter((p) => ids.has(p.id));
    await this.holds.hold(tx, {
      beneficiaryIds: paid.map((p) => p.beneficiaryId),
      reasonCode: PAID_AFTER_ALL,
      cause: given.cause,
    });
    // What failed is marked already; what was cancelled unsent would be taken by the next batch, once the hold ends.
    const cancelled = paid.filter((p) => p.state === 'cancelled');
    await this.entitlements.suspectPaid(tx, {
      items: cancelled.map(({ entitlementId, accountId }) => {
        return { entitlementId, accountId, reasonCode: PAID_AFTER_ALL };
      }),
      at: given.at,
      cause: given.cause,
    });
  }

  /** Of what is new only: a word told again wakes nobody. */
  private async tellLaterModules(
    tx: Tx,
    news: {
      moved: readonly Travelling[];
      contradicted: readonly string[];
      payments: ReadonlyMap<string, Travelling>;
    },
  ): Promise<void> {
    const failed = news.moved.filter((p) => isFailure(p.state));
    const contradicted = new Set(news.contradicted);
    const disputed = [...news.payments.values()].filter((p) => contradicted.has(p.id));
    const batchIds = new Set([...failed, ...disputed].map((p) => p.batchId));
    if (batchIds.size > 0)
      await this.outbox.publish(tx, paymentsFailed, { batchIds: [...batchIds] });
  }
}

/** What was taken in when it was sent is looked for by the message that carried it: `AskAfterAccepted`. */
function isAskedAfter({ state, startedAs }: Travelling, { cause }: Cause): boolean {
  return state === 'accepted' && !(startedAs === 'sending' && cause === 'answer');
}

/** When an accepted payment without news is asked about; never where a bank only tells by its files. */
function acceptedEnquiryAt({ settings, adapter }: Bank, at: Date): Date | null {
  if (adapter.files) return null;
  return new Date(at.getTime() + settings.enquiry.acceptedAfterMs);
}

function travelling(found: PaymentForOutcome): Travelling {
  const { state: startedAs, knownSequence } = found;
  const sequence = knownSequence === null ? null : Number(knownSequence);
  return Object.assign(found, { startedAs, sequence, last: null, settledAt: null });
}

/** Takes one payment through one fact and writes down what happened. */
function travel(given: {
  payment: Travelling;
  item: OutcomeItem;
  at: Date;
  history: HistoryRow[];
  conflicts: ConflictRow[];
}): OutcomeResult {
  const { payment, item } = given;
  const says = item.fact;
  const reason = 'reason' in says ? says.reason : null;
  const conflict = (detail: string | null, kind = says.kind): 'conflict' => {
    given.conflicts.push({
      paymentId: payment.id,
      state: payment.state,
      says: kind,
      reasonCode: reason?.code ?? null,
      bankReference: says.bankReference ?? null,
      detail,
      sourceId: item.sourceId ?? null,
    });
    return 'conflict';
  };
  if (item.amount && !item.amount.equals(Money.of(payment.amount))) {
    return conflict(`another amount: ${item.amount.toString()}`);
  }
  if (isOfEarlierSending(payment, item)) return 'late';
  const decision = decideOutcome({
    state: payment.state,
    knownSequence: payment.sequence,
    says,
  });
  if (decision.result === 'conflict') return conflict(null);
  for (const to of decision.path) {
    const last = to === decision.path.at(-1);
    given.history.push({
      paymentId: payment.id,
      from: payment.state,
      to,
      reasonCode: last ? (reason?.code ?? null) : null,
      reasonText: last ? (reason?.text?.slice(0, 500) ?? null) : null,
      bankReference: says.bankReference ?? null,
      bankAt: says.at ?? null,
      sourceId: item.sourceId ?? null,
    });
    if (to === 'settled') payment.settledAt = says.at ?? given.at;
    payment.state = to;
  }
  // As if the two words had come in their order: the person is held, and somebody looks.
  if (decision.overtaken) conflict('the acceptance is newer than the refusal', 'accepted');
  if (decision.result === 'moved') {
    payment.last = says;
    payment.sequence =
      says.sequence === undefined
        ? null
        : Math.max(says.sequence, payment.sequence ?? says.sequence);
  }
  return decision.result;
}

/**
 * Whoever froze with an answer in hand may wake when the bank has proved that it never had the payment, and it is
 * being sent again: that the earlier sending failed must not open the entitlement under the later one.
 */
function isOfEarlierSending({ lastSentAt }: Travelling, { fact, sentAt }: OutcomeItem): boolean {
  const ends = fact.kind === 'rejected' || fact.kind === 'returned';
  return ends && sentAt !== undefined && lastSentAt !== null && lastSentAt > sentAt;
}

function moneyOf({ fund, budgetMonth, startedAs, state, amount }: Travelling): MovedMoney {
  return { fund, budgetMonth, from: startedAs, to: state, amount };
}

function reasonCodeOf(payment: Travelling): string {
  return payment.last && 'reason' in payment.last ? payment.last.reason.code : 'NARR';
}

/** Closed in our books without the money having gone out, its entitlement owed again; and the bank goes on. */
function isPaidAfterAll({ state, says }: ConflictRow): boolean {
  const closed = state === 'rejected' || state === 'returned' || state === 'cancelled';
  return closed && (says === 'settled' || says === 'accepted');
}

function isFailure(state: PaymentState): boolean {
  return state === 'rejected' || state === 'returned';
}
