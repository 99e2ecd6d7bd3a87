import type { Returned, Settled } from '../banks/index.js';
import type { Money } from '../kernel/index.js';

// The statement is the proof (never-pay-twice, rule 12): an entry proves a payment by our reference *and* the
// same amount, through the bank that the payment went through.

/** What an entry of a statement is to our books. */
export const BUCKETS = [
  'matched', // the debit that proves a payment
  'returned', // the credit that gives a payment back
  'amount-differs', // our reference, another amount
  'unknown-reference', // a reference that no payment of this bank has
  'debited-twice', // a payment that another debit proved already
  'returned-twice', // a payment that another credit gave back already
  'contradicts', // money moved for a payment that we hold as rejected, cancelled or not sent
  'not-ours', // no reference: fees, top-ups
] as const;
export type Bucket = (typeof BUCKETS)[number];

/** Buckets that nobody needs to look at. */
export const QUIET_BUCKETS: readonly Bucket[] = ['matched', 'returned', 'not-ours'];

/** ISO 20022: the agent gave no reason. For a credit that gives a payment back without saying why. */
export const REASON_NOT_GIVEN = 'MS03';

export interface Entry {
  readonly id: string;
  readonly reference: string | null;
  readonly direction: 'debit' | 'credit';
  readonly amount: Money;
  readonly bookedAt: Date;
  readonly returnCode: string | null;
  readonly returnText: string | null;
  readonly bankReference: string | null;
}

/** What we hold of the payment that an entry's reference names. */
export interface Counterpart {
  readonly paymentId: string;
  readonly reference: string;
  readonly amount: Money;
  /** Settled or returned already: a return needs no settlement before it. */
  readonly settled: boolean;
  /** Another debit proved it before. */
  readonly matched: boolean;
  /** Another credit gave it back before. */
  readonly returned: boolean;
}

/** A first look: what an entry is, or what it would prove if the payment's own story allows it. */
export type Judgement =
  | {
      readonly bucket: Exclude<Bucket, 'matched' | 'returned' | 'contradicts'>;
      readonly paymentId: string | null;
    }
  | { readonly proves: 'settled' | 'returned'; readonly payment: Counterpart };

/**
 * Judges entries together, debits before credits, so that it does not matter in which order a statement lists
 * them: of two debits for one payment the first booked proves it, the second is told.
 */
export function judge(
  entries: readonly Entry[],
  counterparts: ReadonlyMap<string, Counterpart>,
): Map<Entry, Judgement> {
  const proven = { debit: new Set<string>(), credit: new Set<string>() };
  const judgements = new Map<Entry, Judgement>();
  for (const entry of [...entries].sort(byBooking)) {
    const payment = entry.reference === null ? undefined : counterparts.get(entry.reference);
    const judgement = judgeOne(entry, payment, proven[entry.direction]);
    if ('proves' in judgement) proven[entry.direction].add(judgement.payment.paymentId);
    judgements.set(entry, judgement);
  }
  return judgements;
}

function judgeOne(
  entry: Entry,
  payment: Counterpart | undefined,
  proven: ReadonlySet<string>,
): Judgement {
  if (entry.reference === null) return { bucket: 'not-ours', paymentId: null };
  if (!payment) return { bucket: 'unknown-reference', paymentId: null };
  const { paymentId } = payment;
  const debit = entry.direction === 'debit';
  const before = (debit ? payment.matched : payment.returned) || proven.has(paymentId);
  if (before) return { bucket: debit ? 'debited-twice' : 'returned-twice', paymentId };
  if (!entry.amount.equals(payment.amount)) return { bucket: 'amount-differs', paymentId };
  return { proves: debit ? 'settled' : 'returned', payment };
}

function byBooking(one: Entry, other: Entry): number {
  return one.bookedAt.getTime() - other.bookedAt.getTime() || (one.id < other.id ? -1 : 1);
}

export function settledBy(entry: Entry): Settled {
  return { kind: 'settled', at: entry.bookedAt, bankReference: entry.bankReference ?? undefined };
}

export function returnedBy(entry: Entry): Returned {
  return {
    kind: 'returned',
    at: entry.bookedAt,
    bankReference: entry.bankReference ?? undefined,
    reason: {
      code: entry.returnCode ?? REASON_NOT_GIVEN,
      text: entry.returnText ?? undefined,
    },
  };
}

/** Longest span of one reconciliation, both days counted. */
export const LONGEST_SPAN_DAYS = 92;
const DAY_MS = 24 * 3600 * 1000;

/** Why a span of days cannot be reconciled, or null. Dates are ISO 8601; `today` is the office's. */
export function faultOfSpan(span: {
  from: string;
  to: string;
  today: string;
}): 'backward' | 'future' | 'too-long' | null {
  if (span.to < span.from) return 'backward';
  if (span.to > span.today) return 'future';
  const days = (Date.parse(span.to) - Date.parse(span.from)) / DAY_MS + 1;
  return days > LONGEST_SPAN_DAYS ? 'too-long' : null;
}

export const MOST_TRIES = 5;
const TRY_AGAIN_AFTER_MS = 30_000;

/** When a statement that could not be read is asked for again; null when it was tried often enough. */
export function fetchAgainAt(tries: number, now: Date): Date | null {
  if (tries >= MOST_TRIES) return null;
  return new Date(now.getTime() + TRY_AGAIN_AFTER_MS * 2 ** (tries - 1));
}
