import type { Money } from '../../../kernel/index.js';
import type {
  Accepted,
  BankFact,
  EnquiryAnswer,
  PayAnswer,
  Rejected,
  Returned,
  Settled,
  Unknown,
} from '../../contract.js';
import { REFUSALS_THAT_TELL_NOTHING, STATUS_WORDS } from '../../status-words.js';
import { absentPaymentSchema, moneyOf, paymentStatusSchema, type PaymentStatus } from './wire.js';

export const unknown = (why: string): Unknown => ({ kind: 'unknown', why });

export type Fact = Settled | Accepted | Rejected | Returned;

export interface Expected {
  readonly reference: string;
  readonly amount?: Money;
}

/** One item about one payment; anything but the documented words about this very payment is `unknown`. */
export function factOf(item: unknown, expected: Expected): Fact | Unknown {
  const parsed = paymentStatusSchema.safeParse(item);
  if (!parsed.success) return unknown('the answer is not of the documented form');
  if (parsed.data.reference !== expected.reference)
    return unknown('the answer is about another reference');
  if (expected.amount && !sameAmount(parsed.data, expected.amount)) {
    return unknown('the answer is about another amount');
  }
  return meaningOf(parsed.data);
}

export function payAnswerOf(item: unknown, expected: Expected): PayAnswer {
  const fact = factOf(item, expected);
  // A payment sent again after it came back: its story is read by enquiry, not from an answer to an order.
  return fact.kind === 'returned' ? unknown('the bank says it came back already') : fact;
}

export function enquiryAnswerOf(item: unknown, expected: Expected): EnquiryAnswer {
  const absent = absentPaymentSchema.safeParse(item);
  if (!absent.success) return factOf(item, expected);
  if (absent.data.reference !== expected.reference)
    return unknown('the answer is about another reference');
  // "Not found" and a status in one item contradict each other.
  return hasStatus(item) ? unknown('the answer contradicts itself') : { kind: 'not-found' };
}

/**
 * Items of one message by reference. An item without a readable reference belongs to nobody; two items about
 * one reference leave a doubt, whatever they say.
 */
export function byReference(items: readonly unknown[]): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const doubled = new Set<string>();
  for (const item of items) {
    const reference = referenceIn(item);
    if (reference === undefined) continue;
    if (found.has(reference)) doubled.add(reference);
    found.set(reference, item);
  }
  for (const reference of doubled) found.set(reference, undefined);
  return found;
}

export function referenceIn(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('reference' in item)) return undefined;
  return typeof item.reference === 'string' ? item.reference : undefined;
}

/** What a readable item says, whoever asked. */
export function meaningOf(item: PaymentStatus): Fact | Unknown {
  const meaning = STATUS_WORDS.get(item.status);
  if (meaning === undefined) return unknown('the status word is not listed');
  const fact: BankFact = {
    bankReference: item.bankReference,
    at: item.at,
    sequence: item.sequence,
  };
  if (meaning === 'settled' || meaning === 'accepted') return { kind: meaning, ...fact };
  if (item.reasonCode === undefined) return unknown(`${item.status} without a reason`);
  if (meaning === 'rejected' && REFUSALS_THAT_TELL_NOTHING.has(item.reasonCode)) {
    return unknown(`${item.status} for ${item.reasonCode}: the original's status is the truth`);
  }
  return { kind: meaning, reason: { code: item.reasonCode, text: item.reasonText }, ...fact };
}

function sameAmount(item: PaymentStatus, ours: Money): boolean {
  if (item.currency !== undefined && item.currency !== ours.currency) return false;
  if (item.amount === undefined) return true;
  return moneyOf(item.amount, item.currency ?? ours.currency)?.equals(ours) ?? false;
}

function hasStatus(item: unknown): boolean {
  return typeof item === 'object' && item !== null && 'status' in item && item.status !== null;
}
