import { Money } from '../../../kernel/index.js';
import { identityOf, signed, type Booking } from './booking.js';

/** Whether bookings that are alike in all that identifies them are so many bookings, or one that is told again. */
export type Alike = 'each' | 'once' | 'by-number';

/**
 * Sums up what one statement books. Where it holds bookings that are alike, its own balances tell whether they are
 * really so many; where they tell neither, those with the bank's number are one, and those without it so many.
 */
export class Tally {
  /** What each moved, in plain digits: kept so that pages can be summed up together. */
  private readonly seen = new Map<string, string>();
  private all = Money.zero();
  private once = Money.zero();
  private firstAt: Date | null = null;

  add(booking: Booking): void {
    this.addKnown({ identity: identityOf(booking), moved: signed(booking), at: booking.bookedAt });
  }

  addKnown({ identity, moved, at }: { identity: string; moved: Money; at: Date }): void {
    this.all = this.all.plus(moved);
    this.see(identity, moved);
    this.begin(at);
  }

  /** The sum of a statement whose pages were summed up one by one. */
  static of(pages: readonly Tally[]): Tally {
    const [only, ...others] = pages;
    if (only && others.length === 0) return only;
    const whole = new Tally();
    for (const page of pages) {
      whole.all = whole.all.plus(page.all);
      for (const [identity, moved] of page.seen) whole.see(identity, Money.of(moved));
      if (page.firstAt) whole.begin(page.firstAt);
    }
    return whole;
  }

  private see(identity: string, moved: Money): void {
    if (this.seen.has(identity)) return;
    this.seen.set(identity, moved.toString());
    this.once = this.once.plus(moved);
  }

  private begin(at: Date): void {
    if (!this.firstAt || at < this.firstAt) this.firstAt = at;
  }

  /** When the earliest was booked. */
  get first(): Date | null {
    return this.firstAt;
  }

  alike({ opening, closing }: { opening: Money; closing: Money }): Alike {
    const moved = closing.minus(opening);
    if (this.all.equals(moved)) return 'each';
    return this.once.equals(moved) ? 'once' : 'by-number';
  }
}

/** Gives the bookings of one statement their ids: the same in every statement that tells of them. */
export class EntryIds {
  private readonly counts = new Map<string, number>();

  constructor(private readonly alike: Alike) {}

  of(booking: Booking): string {
    const identity = identityOf(booking);
    const told = this.counts.get(identity) ?? 0;
    const isAgain =
      this.alike === 'once' || (this.alike === 'by-number' && booking.bookingNumber !== undefined);
    const ordinal = isAgain ? 1 : told + 1;
    this.counts.set(identity, ordinal);
    return ordinal === 1 ? identity : `${identity}-${ordinal}`;
  }
}
