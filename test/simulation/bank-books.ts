import type {
  BankReason,
  EnquiryAnswer,
  PaymentOrder,
  StatementEntry,
} from '../../src/banks/index.js';
import { Money } from '../../src/kernel/index.js';
import type { Surroundings } from './surroundings.js';

export interface Booking {
  readonly reference: string;
  readonly order: PaymentOrder;
  state: 'accepted' | 'settled' | 'rejected' | 'returned';
  reason: BankReason | null;
  sequence: number;
  at: Date;
  /** How often the money left, and how often it came back. */
  credits: number;
  returns: number;
}

/** A message that the bank has taken in and not booked yet; after `bookBy` (world's time) it never will. */
export interface Slow {
  readonly order: PaymentOrder;
  readonly bookBy: number;
}

export interface PostedNotice {
  readonly nth: number;
  readonly id: string;
  readonly body: Buffer;
  delivered: number;
}

type Entry = StatementEntry & { readonly visibleFrom: number };

const FEE = Money.of('1100');

/** What the bank itself knows: the truth that our books are measured by. */
export class BankBooks {
  readonly bookings = new Map<string, Booking>();
  readonly slow: Slow[] = [];
  readonly postbox: PostedNotice[] = [];
  readonly entries: Entry[] = [];
  private notices = 0;

  constructor(
    readonly code: string,
    private readonly idempotent: boolean,
    /** Whether it numbers what happens to a payment. */
    private readonly numbers: boolean,
    private readonly around: Surroundings,
  ) {}

  book(order: PaymentOrder, to: 'accepted' | 'settled' | 'rejected', reason?: BankReason): void {
    const known = this.bookings.get(order.reference);
    if (known && this.idempotent) return;
    const booking: Booking = known ?? {
      reference: order.reference,
      order,
      state: to,
      reason: null,
      sequence: 0,
      at: this.now(),
      credits: 0,
      returns: 0,
    };
    this.bookings.set(order.reference, booking);
    this.change(booking, to, reason ?? null);
  }

  change(booking: Booking, to: Booking['state'], reason: BankReason | null): void {
    Object.assign(booking, { state: to, reason, at: this.now(), sequence: booking.sequence + 1 });
    if (to === 'settled') booking.credits += 1;
    if (to === 'returned') booking.returns += 1;
    const name = this.around.nameOf(booking.reference);
    const code = reason ? ` (${reason.code})` : '';
    this.around.tell(`${this.code} books payment ${name} as ${to}${code}`);
    if (to === 'settled' || to === 'returned') this.enter(booking);
    this.post(booking);
  }

  /** Takes a message in that it will book later, or never. */
  takeIn(order: PaymentOrder, windowMs: number): void {
    const known =
      this.bookings.has(order.reference) ||
      this.slow.some((slow) => slow.order.reference === order.reference);
    if (known && this.idempotent) return;
    this.slow.push({ order, bookBy: this.around.clock.world + windowMs });
  }

  /** Whether the bank keeps this reference busy: it will not forget what it has taken in. */
  tell(reference: string): EnquiryAnswer {
    const booking = this.bookings.get(reference);
    if (!booking) {
      const isOnItsWay = this.slow.some((slow) => slow.order.reference === reference);
      if (isOnItsWay) this.around.fault('not found, and booked later');
      return { kind: 'not-found' };
    }
    const fact = this.factOf(booking);
    return booking.state === 'accepted' || booking.state === 'settled'
      ? { kind: booking.state, ...fact }
      : { kind: booking.state, reason: booking.reason ?? { code: 'NARR' }, ...fact };
  }

  /** Credits less returns, by reference. */
  net(reference: string): number {
    const booking = this.bookings.get(reference);
    return booking ? booking.credits - booking.returns : 0;
  }

  private factOf(booking: Booking) {
    return {
      bankReference: `B${booking.reference.slice(-8)}`,
      at: booking.at,
      ...(this.numbers && { sequence: booking.sequence }),
    };
  }

  private enter(booking: Booking): void {
    const { reference, order, state, reason } = booking;
    const nth = this.entries.length + 1;
    const key = `entry(${this.around.nameOf(reference)} ${state}#${nth})`;
    const late = this.around.aside(
      key,
      (random) => (random.chance(0.12 * this.around.trouble.statements) ? 'late' : 'at once'),
      'at once',
    );
    if (late === 'late') this.around.fault('statement entry missing at first');
    const dayMs = 86_400_000;
    this.entries.push({
      entryId: `${this.code}-${nth}`,
      reference,
      direction: state === 'settled' ? 'debit' : 'credit',
      amount: order.amount,
      bookedAt: this.now(),
      bankReference: `B${reference.slice(-8)}`,
      ...(state === 'returned' && reason && { returnReason: reason }),
      visibleFrom: this.around.clock.world + (late === 'late' ? 2 * dayMs : 0),
    });
  }

  /** The bank charges a fee and books it under our reference: a debit that proves nothing of the payment. */
  charge(booking: Booking): void {
    this.entries.push({
      entryId: `${this.code}-fee-${this.entries.length + 1}`,
      reference: booking.reference,
      direction: 'debit',
      amount: FEE,
      bookedAt: this.now(),
      visibleFrom: this.around.clock.world,
    });
  }

  private post(booking: Booking): void {
    const { reference, state } = booking;
    const key = `posts(${this.around.nameOf(reference)} ${state}#${booking.sequence})`;
    const posts = this.around.aside(
      key,
      (random) => (random.chance(0.2) ? 'nothing' : 'a notice'),
      'a notice',
    );
    if (posts === 'nothing') return;
    this.notices += 1;
    const item = {
      reference,
      fact: this.tell(reference),
      amount: booking.order.amount.toString(),
    };
    const nth = this.notices;
    const id = `${this.code}-notice-${nth}`;
    const body = JSON.stringify({ id, sentAt: this.now(), items: [item] });
    this.postbox.push({ nth, id, body: Buffer.from(body), delivered: 0 });
  }

  private now(): Date {
    return new Date(this.around.clock.world);
  }
}
