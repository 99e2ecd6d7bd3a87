import { lifecycle, type Money } from '../kernel/index.js';
import type { Bucket } from './matching.rules.js';

/** What may not fit between our books and a bank's. */
export const EXCEPTION_KINDS = [
  'amount-differs',
  'unknown-reference',
  'no-reference',
  'debited-twice',
  'returned-twice',
  'return-reversed',
  'contradicts',
  'contested', // an entry came again with other content
  'outside-days', // an entry booked outside the days of its statement
  'statement-difference', // opening + entries is not closing
  'statement-gap', // a closing is not the opening of the day after
  'paid-missing', // settled in our books, and no debit proves it
  'return-missing', // returned in our books, and no credit proves it
  'ours-unknown', // unknown in our books, and not in a statement that covers it
] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];

/** Whoever explains one of these says in words what happened, and names a paper that proves it. */
const MONEY_KINDS: readonly ExceptionKind[] = [
  'amount-differs',
  'debited-twice',
  'return-reversed',
  'contradicts',
];
export const LEAST_WORDS = 3;

export const EXCEPTION_STATES = ['open', 'explained', 'ended'] as const;
export type ExceptionState = (typeof EXCEPTION_STATES)[number];

/** Explained by a person, or ended by the system because the fact is gone. Both are final. */
export const exceptionLifecycle = lifecycle<ExceptionState>({
  name: 'reconciliation exception',
  initial: 'open',
  moves: { open: ['explained', 'ended'], explained: [], ended: [] },
});

/** Exceptions that one order explains at most. */
export const MOST_AT_ONCE = 1_000;

export function wantsEvidence(exception: {
  kind: ExceptionKind;
  direction: 'debit' | 'credit' | null;
}): boolean {
  if (exception.kind === 'unknown-reference') return exception.direction === 'debit';
  return MONEY_KINDS.includes(exception.kind);
}

/** Why an explanation does not do, or null. */
export function faultOfExplanation(given: {
  text: string;
  evidence: string | null;
  wantsEvidence: boolean;
}): 'words-few' | 'evidence-missing' | null {
  if (!given.wantsEvidence) return null;
  const words = given.text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length < LEAST_WORDS) return 'words-few';
  return given.evidence === null ? 'evidence-missing' : null;
}

/** The exception that an entry of this bucket is; null when it fits. */
export function kindOf(bucket: Bucket): ExceptionKind | null {
  if (bucket === 'matched' || bucket === 'returned' || bucket === 'undone') return null;
  return bucket === 'not-ours' ? 'no-reference' : bucket;
}

/** A fact that does not fit, before it has a row. */
export interface FoundException {
  readonly kind: ExceptionKind;
  /** The fact in one text: found again, it is the same exception. */
  readonly fingerprint: string;
  readonly bank: string;
  /** The office's days that it is about, ISO 8601. */
  readonly from: string;
  readonly to: string;
  readonly entryRow?: string | null;
  readonly statementRow?: string | null;
  readonly paymentId?: string | null;
  readonly direction?: 'debit' | 'credit' | null;
  readonly amount?: Money | null;
  readonly detail?: Readonly<Record<string, unknown>>;
}
