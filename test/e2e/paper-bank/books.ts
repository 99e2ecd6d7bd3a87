import { PLAIN, STORIES, type Story, type Word } from './stories.js';

export interface Order {
  readonly reference: string;
  readonly amount: string;
  readonly currency: string;
  readonly creditor: {
    readonly bankBin: string;
    readonly accountNumber: string;
    readonly accountName: string;
  };
  readonly narrative: string;
}

export type Change = Word & { readonly at: string };

export interface Booking {
  readonly order: Order;
  readonly story: Story;
  readonly changes: Change[];
}

interface Entry {
  readonly entryId: string;
  readonly reference: string;
  readonly direction: 'debit' | 'credit';
  readonly amount: string;
  readonly bookedAt: string;
  readonly returnReasonCode?: string;
}

const OPENING = 1_000_000_000n;

/** The bank's own books, in memory: a payment by its reference, and what moved on its client's account. */
export class Books {
  readonly bookings = new Map<string, Booking>();
  readonly entries: Entry[] = [];
  private readonly arrivals = new Map<string, number>();

  /** How often this order has arrived, this time included. */
  arrived(reference: string): number {
    const times = (this.arrivals.get(reference) ?? 0) + 1;
    this.arrivals.set(reference, times);
    return times;
  }

  storyOf(order: Order): Story {
    return STORIES[order.creditor.accountNumber.slice(-4)] ?? PLAIN;
  }

  /** The booking of this reference, made now if there is none; null when the reference was another order's. */
  book(order: Order): Booking | null {
    const known = this.bookings.get(order.reference);
    if (known) return sameOrder(known.order, order) ? known : null;
    const booking: Booking = { order, story: this.storyOf(order), changes: [] };
    this.bookings.set(order.reference, booking);
    for (const word of booking.story.first) this.change(booking, word);
    return booking;
  }

  change(booking: Booking, word: Word): Change {
    const change = { ...word, at: new Date().toISOString() };
    booking.changes.push(change);
    const { reference, amount } = booking.order;
    const moved = {
      entryId: `E${this.entries.length + 1}`,
      reference,
      amount,
      bookedAt: change.at,
    };
    if (word.status === 'ACCC') this.entries.push({ ...moved, direction: 'debit' });
    if (word.status === 'RTRN') {
      this.entries.push({ ...moved, direction: 'credit', returnReasonCode: word.reasonCode });
    }
    return change;
  }

  /** How often money was credited to each account. */
  creditsByAccount(): Map<string, number> {
    const credits = new Map<string, number>();
    for (const { order, changes } of this.bookings.values()) {
      const { accountNumber } = order.creditor;
      const times = changes.filter(({ status }) => status === 'ACCC').length;
      credits.set(accountNumber, (credits.get(accountNumber) ?? 0) + times);
    }
    return credits;
  }

  statement(page: number, size: number) {
    const moved = this.entries.reduce(
      (sum, { direction, amount }) => sum + (direction === 'credit' ? 1n : -1n) * BigInt(amount),
      0n,
    );
    const entries = this.entries.slice(page * size, (page + 1) * size);
    const more = (page + 1) * size < this.entries.length;
    return {
      statementId: `ST${this.entries.length}`,
      currency: 'VND',
      opening: OPENING.toString(),
      closing: (OPENING + moved).toString(),
      entries,
      ...(more && { nextCursor: String(page + 1) }),
    };
  }
}

/** The status of a payment after its `nth` change, as the paper words it, with fields that the paper does not know. */
export function statusOf(booking: Booking, nth = booking.changes.length): Record<string, unknown> {
  const { order, story, changes } = booking;
  const change = changes[nth - 1];
  return {
    reference: order.reference,
    status: change?.status,
    reasonCode: change?.reasonCode ?? null,
    amount: order.amount,
    currency: order.currency,
    at: change?.at,
    ...(story.unnumbered ? {} : { sequence: nth }),
    branch: { code: '001', lines: [1, 2, 3] },
    'x-unheard-of': true,
  };
}

function sameOrder(one: Order, other: Order): boolean {
  const content = ({ amount, currency, creditor, narrative }: Order) =>
    [
      amount,
      currency,
      creditor.bankBin,
      creditor.accountNumber,
      creditor.accountName,
      narrative,
    ].join('|');
  return content(one) === content(other);
}
