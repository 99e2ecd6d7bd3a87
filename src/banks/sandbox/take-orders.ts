import type { Clock } from '../../kernel/index.js';
import { decide, type Message, type Taken } from './booking.rules.js';
import {
  bookPayments,
  countArrivals,
  knownIn,
  lockAccount,
  type Books,
  type BooksStore,
  type NewPayment,
} from './books.store.js';
import type { Conduct } from './conduct.js';

interface Waiting {
  readonly message: Message;
  readonly answer: (taken: Taken) => void;
  readonly fail: (error: unknown) => void;
}

/** Orders that one transaction books at most, unless a single message brings more. */
const ORDERS_AT_ONCE = 2000;

/**
 * Takes in the orders of a message, once per reference for ever: an order that came before is answered with
 * what became of it, and an order under a used reference refuses its message.
 *
 * A bank's bookings come one after the other. Messages that arrive while a booking is being written wait and
 * are booked together in the next transaction, so that an instant rail is not bound to one disk write for
 * each payment.
 */
export class TakeOrders {
  private readonly waiting = new Map<string, Waiting[]>();
  private readonly busy = new Set<string>();
  private messages = 0;

  constructor(
    private readonly store: BooksStore,
    private readonly clock: Clock,
  ) {}

  async take(message: Message, conduct: Conduct): Promise<Taken> {
    const taken = await new Promise<Taken>((answer, fail) => {
      const queue = this.waiting.get(message.bank) ?? [];
      queue.push({ message, answer, fail });
      this.waiting.set(message.bank, queue);
      void this.work(message.bank, conduct);
    });
    if (taken.kind !== 'booked') return taken;
    this.messages += 1;
    const lost = conduct.loseEveryNth > 0 && this.messages % conduct.loseEveryNth === 0;
    return lost ? { ...taken, mishap: 'lost' } : taken;
  }

  private async work(bank: string, conduct: Conduct): Promise<void> {
    if (this.busy.has(bank)) return;
    this.busy.add(bank);
    for (let batch = this.next(bank); batch.length > 0; batch = this.next(bank)) {
      try {
        const messages = batch.map((each) => each.message);
        const taken = await this.store.transaction((books) =>
          this.book(books, { bank, messages, conduct }),
        );
        batch.forEach((each, index) => each.answer(taken[index] as Taken));
      } catch (error) {
        for (const each of batch) each.fail(error);
      }
    }
    this.busy.delete(bank);
  }

  /** The messages that wait, as long as no reference is in two of them: the second must see the first. */
  private next(bank: string): Waiting[] {
    const queue = this.waiting.get(bank) ?? [];
    const references = new Set<string>();
    let take = 0;
    for (const { message } of queue) {
      const doubled = message.orders.some((order) => references.has(order.reference));
      if (doubled || (take > 0 && references.size + message.orders.length > ORDERS_AT_ONCE)) break;
      for (const order of message.orders) references.add(order.reference);
      take += 1;
    }
    return queue.splice(0, take);
  }

  private async book(
    books: Books,
    given: { bank: string; messages: readonly Message[]; conduct: Conduct },
  ): Promise<Taken[]> {
    const { bank, conduct } = given;
    const references = given.messages.flatMap((each) =>
      each.orders.map((order) => order.reference),
    );
    let available = await lockAccount(books, bank);
    const known = await knownIn(books, { bank, references });
    const arrivals = await countArrivals(books, { bank, references });
    const at = this.clock.now();
    const payments: NewPayment[] = [];
    const taken = given.messages.map((message) => {
      const decided = decide(message, { known, arrivals, available, conduct, at });
      available = decided.available;
      payments.push(...decided.payments);
      return decided.taken;
    });
    if (payments.length > 0) await bookPayments(books, { bank, payments, at });
    return taken;
  }
}
