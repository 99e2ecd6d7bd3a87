import { createHash } from 'node:crypto';
import type { BankReason, StatementEntry } from '../../contract.js';
import { Money, tidyText } from '../../../kernel/index.js';
import { dayOf } from './statement-days.js';

/** What fits where it is kept, by far. */
const TEXT_MAX = 250;

/** One movement on an account as a bank booked it, whatever file told of it. */
export interface Booking {
  /** As our settings write it. */
  readonly account: string;
  readonly direction: 'debit' | 'credit';
  readonly amount: Money;
  readonly bookedAt: Date;
  /** The bank calls it the reversal of an earlier booking. */
  readonly reversal: boolean;
  readonly reference?: string;
  /** The bank's own number of the booking (AcctSvcrRef, the `//` of field 61), with that within a batch. */
  readonly bookingNumber?: string;
  readonly bankReference?: string;
  /** Set on a credit that says why it gives a payment back. */
  readonly returnReason?: BankReason;
}

/** What it does to the balance. */
export function signed({ direction, amount }: Pick<Booking, 'direction' | 'amount'>): Money {
  return direction === 'credit' ? amount : Money.zero(amount.currency).minus(amount);
}

/**
 * What tells a booking from every other one of the bank, in whichever file, order or statement it comes. The bank's own
 * number alone would not do: banks give one number to a payment and its fee, to a booking and its reversal, to all
 * payments of a file, and some begin anew every day. Free text is no part of it: every kind of file words it otherwise.
 */
export function identityOf(booking: Booking): string {
  const { account, direction, reversal, amount, reference, bookingNumber } = booking;
  const day = dayOf(booking.bookedAt);
  const said = [
    account,
    day,
    direction,
    reversal,
    amount,
    reference ?? null,
    bookingNumber ?? null,
  ];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 32);
}

export function entryOf(booking: Booking, entryId: string): StatementEntry {
  const { direction, amount, bookedAt, reversal, reference, bankReference, returnReason } = booking;
  return {
    entryId,
    direction,
    amount,
    bookedAt,
    ...(reference !== undefined && { reference }),
    ...(reversal && { reversal }),
    ...(returnReason && { returnReason }),
    ...(bankReference !== undefined && { bankReference }),
  };
}

/** A text of the bank as it may be kept: undefined when nothing is left of it. */
export function keptText(text: string | undefined): string | undefined {
  const tidy = tidyText(text ?? '')
    .slice(0, TEXT_MAX)
    .replace(/\p{Cs}/gu, '')
    .trim();
  return tidy === '' ? undefined : tidy;
}

/** ISO 20022: the reason stands in words. */
const IN_WORDS = 'NARR';
const ANY_REASON = '*';

/** @param given `own`: the bank's own code; `words`: what it says beside it. */
export function reasonOf(
  given: { code?: string; own?: string; words?: string },
  reasons: Readonly<Record<string, string>>,
): BankReason {
  const own = given.own === undefined ? undefined : (reasons[given.own] ?? reasons[ANY_REASON]);
  const code = /^[A-Z0-9]{4}$/.test(given.code ?? '') ? given.code : undefined;
  const words = [given.own, code === undefined ? given.code : undefined, given.words];
  const text = keptText(words.filter((word) => word !== undefined).join(': '));
  return { code: code ?? own ?? IN_WORDS, ...(text !== undefined && { text }) };
}
