import { createHash } from 'node:crypto';
import type { Bank } from '../banks/index.js';
import type { Reason } from '../organisation/index.js';
import { callOverAt } from './lease.rules.js';

/*
 * How a person ends a doubt (rule 5 of never paying twice): with evidence in hand and a second person's signature.
 * People bind themselves to the same window as the bank's own "not found": a bank that has not finished its day
 * cannot know that a payment will not come, nor can a letter that it wrote before.
 */

/** Payments that one ruling may cover. */
export const MOST_PAYMENTS_OF_A_RULING = 500;

/** How a doubt may end by people's word. "Never happened" is `rejected`: final, and paid again only in a new batch. */
export type RulingOutcome = 'settled' | 'rejected';

/** From when on people may conclude that a payment never happened. */
export function rejectableFrom(lastSentAt: Date, bank: Bank): Date {
  const over = callOverAt(lastSentAt, bank);
  return new Date(over.getTime() + bank.settings.enquiry.notFoundWindowMs);
}

/**
 * Whether a reason may stand behind a payment that people call rejected. Not one that says nothing certain, nor
 * one that says the money went another way: a rejected payment is owed again.
 */
export function mayBeRuledFor({ family, retry }: Reason): boolean {
  return family !== 'duplicate' && retry !== 'info' && retry !== 'unknown-outcome';
}

export interface RuledPayment {
  readonly paymentId: string;
  readonly reference: string;
  /** Decimal digits in đồng. */
  readonly amount: string;
  readonly lastSentAt: Date;
}

/** What a ruling says: all that its signer signs. */
export interface RulingContent {
  readonly rulingId: string;
  readonly bankCode: string;
  readonly outcome: RulingOutcome;
  readonly reasonCode: string | null;
  readonly evidenceReference: string | null;
  readonly evidenceNote: string | null;
  /** As of when the evidence speaks. */
  readonly evidenceAsOf: Date;
  /** Of the evidence file, in hex; null without one. */
  readonly evidenceSha256: string | null;
  readonly payments: readonly RuledPayment[];
}

/** SHA-256 in hex over a ruling, its payments in the order of their ids, whatever order they are given in. */
export function digestOfRuling(ruling: RulingContent): string {
  const payments = ruling.payments
    .toSorted((a, b) => (a.paymentId < b.paymentId ? -1 : 1))
    .map((p) => [p.paymentId, p.reference, p.amount, p.lastSentAt.toISOString()]);
  const content = [
    'doubt-ruling/1',
    ruling.rulingId,
    ruling.bankCode,
    ruling.outcome,
    ruling.reasonCode,
    ruling.evidenceReference,
    ruling.evidenceNote,
    ruling.evidenceAsOf.toISOString(),
    ruling.evidenceSha256,
    payments,
  ];
  return createHash('sha256').update(JSON.stringify(content), 'utf8').digest('hex');
}
