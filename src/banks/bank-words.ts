import type { Money } from '../kernel/index.js';

/*
 * What passes between us and a bank, whichever way it is spoken to: orders, the five answers, notices, statements.
 */

export interface BankCall {
  /** Ends the call when the bank's time-out passes; an adapter hands it to every request it makes. */
  readonly signal: AbortSignal;
  /** Id of the attempt, for logs on both sides; not a money identity. */
  readonly attemptId: string;
  /** Of a sending: code of the rail of the bank's file that was chosen for it, for banks that want to be told. */
  readonly rail?: string;
}

export interface CreditorAccount {
  /** BIN of the bank that keeps the account, six digits (ISO 7812 as NAPAS assigns them). */
  readonly bankBin: string;
  /** 6–19 digits or letters, leading zeros kept. */
  readonly accountNumber: string;
}

export interface PaymentOrder extends CreditorAccount {
  /** Our reference (EndToEndId), at most 35 characters, the same over every retry: the idempotency key. */
  readonly reference: string;
  readonly amount: Money;
  /** Name on the account as stored; an adapter folds it to its bank's character set. */
  readonly accountName: string;
  /** Remittance information, A–Z 0–9 and blanks, at most 25 characters. */
  readonly narrative: string;
  /** Code of the fund that pays: a file bank debits the account that its settings name for it. */
  readonly fund: string;
}

export interface BulkOrder {
  /** Our reference of the message (MsgId), at most 35 characters, the same over every retry. */
  readonly reference: string;
  readonly orders: readonly PaymentOrder[];
  /** Control sum over the orders. */
  readonly total: Money;
}

export interface PaymentQuery {
  readonly reference: string;
  /** When the payment was first sent, for banks that look up by day. */
  readonly firstSentAt: Date;
  /** What was ordered; an answer about another amount is not an answer about this payment. */
  readonly amount?: Money;
}

/** Why a bank refused: a code of ISO 20022 ExternalStatusReason1Code, and the bank's own words. */
export interface BankReason {
  readonly code: string;
  readonly text?: string;
}

/** When the bank says it happened, and the bank's own order of what happened to this payment. */
export interface BankFact {
  /** The bank's reference for the booking, where it gave one. */
  readonly bankReference?: string;
  readonly at?: Date;
  /** Rises with every change of this payment at the bank; undefined when the bank gives no order. */
  readonly sequence?: number;
}

export type Settled = { readonly kind: 'settled' } & BankFact;
export type Accepted = { readonly kind: 'accepted' } & BankFact;
export type Rejected = { readonly kind: 'rejected'; readonly reason: BankReason } & BankFact;
/** Credited, and came back. */
export type Returned = { readonly kind: 'returned'; readonly reason: BankReason } & BankFact;
/** What the bank said about when to call again; both concern the bank as a whole, not only this payment. */
export interface PutOff {
  /** From the bank's Retry-After, milliseconds. */
  readonly retryAfterMs?: number;
  /** The bank is there and asks for fewer calls (HTTP 429): a matter of pace, not an outage. */
  readonly busy?: true;
}
/** The adapter is sure nothing left, or the bank promised that nothing was taken in. */
export type NotSent = { readonly kind: 'not-sent'; readonly why: string } & PutOff;
export type Unknown = {
  readonly kind: 'unknown';
  readonly why: string;
  /** The message surely lies before the bank, which answers later by itself: a report, a result list. */
  readonly delivered?: boolean;
} & PutOff;
/** The bank does not know the reference *now*; not yet "never happened". */
export type NotFound = { readonly kind: 'not-found' };

export type PayAnswer = Settled | Accepted | Rejected | NotSent | Unknown;
export type EnquiryAnswer = Settled | Accepted | Rejected | Returned | NotFound | Unknown;

export type AccountAnswer =
  | { readonly kind: 'found'; readonly accountName: string }
  | { readonly kind: 'no-such-account' }
  | { readonly kind: 'cannot-tell'; readonly why: string };

export interface RawNotice {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** One message from a bank, about one payment or many. */
export interface BankNotice {
  /** Unique per bank; the same id again is the same notice. */
  readonly id: string;
  readonly sentAt: Date;
  readonly items: readonly NoticeItem[];
  /**
   * Items of a genuine notice that say nothing certain (an unlisted status word, a time-out, a duplicate).
   * They move no payment; the enquiry finds the truth.
   */
  readonly unread: readonly UnreadItem[];
}

export interface UnreadItem {
  /** Undefined when not even the reference could be read. */
  readonly reference?: string;
  readonly why: string;
}

export interface NoticeItem {
  readonly reference: string;
  readonly fact: Settled | Accepted | Rejected | Returned;
  /** Where the bank repeats it: another amount than ours is a conflict, not a settlement. */
  readonly amount?: Money;
}

/** A notice that must not be stored: forged, too old, or not readable. */
export class NoticeRefused extends Error {
  constructor(
    readonly fault: 'signature' | 'replay-window' | 'malformed',
    message: string,
  ) {
    super(message);
    this.name = 'NoticeRefused';
  }
}

/** The statement could not be fetched whole; nothing of it may be used. */
export class StatementUnreadable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StatementUnreadable';
  }
}

export interface StatementQuery {
  /** First and last day, both included, ISO 8601 dates at the bank (Asia/Ho_Chi_Minh). */
  readonly from: string;
  readonly to: string;
}

export interface StatementEntry {
  /** Unique within the bank for ever. */
  readonly entryId: string;
  /** Our reference, where the entry carries one. */
  readonly reference?: string;
  /** `debit` leaves our account (a payment), `credit` comes in (a return, a top-up). */
  readonly direction: 'debit' | 'credit';
  readonly amount: Money;
  readonly bookedAt: Date;
  /**
   * The bank calls it the reversal of an earlier booking: a credit takes a debit back, so the payment did not stay
   * out; a debit takes a credit back, so the money is out again.
   */
  readonly reversal?: boolean;
  /** Set on a credit that gives a payment back. */
  readonly returnReason?: BankReason;
  readonly bankReference?: string;
}

export interface StatementPage {
  /** Identifies the statement as a whole; the same over its pages. */
  readonly statementId: string;
  readonly opening: Money;
  readonly closing: Money;
  readonly entries: readonly StatementEntry[];
}
