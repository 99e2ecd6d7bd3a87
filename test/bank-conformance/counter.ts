import { newId } from '../../src/kernel/index.js';
import type { BankFact, BankReason, PaymentOrder } from '../../src/banks/index.js';

export interface LearntFact extends BankFact {
  readonly kind: 'accepted' | 'settled' | 'rejected' | 'returned';
  readonly reason?: BankReason;
}

/** What ChiTra does with a bank, in two movements: orders go in, and the truth is learnt, however it is told. */
export interface Counter {
  /** Hands orders in as one message; under the same message reference the message is the same. */
  handIn(orders: readonly PaymentOrder[], message?: string): Promise<void>;
  /** Learns what the bank says of these payments now. */
  learn(payments: readonly PaymentOrder[]): Promise<void>;
  /** The last fact about a payment: what comes later than it moves it on, and never back. */
  known(reference: string): LearntFact | undefined;
  /** Payments of which the bank said two things that cannot both be true. */
  readonly contradicted: ReadonlySet<string>;
}

const ONWARD: Readonly<Record<LearntFact['kind'], readonly LearntFact['kind'][]>> = {
  accepted: ['settled', 'rejected', 'returned'],
  settled: ['returned'],
  rejected: [],
  returned: [],
};
const BEFORE: Readonly<Record<LearntFact['kind'], readonly LearntFact['kind'][]>> = {
  accepted: [],
  settled: ['accepted'],
  rejected: ['accepted'],
  returned: ['accepted', 'settled'],
};

/** Facts by the lattice of states: late words of what was before change nothing. */
export class Facts {
  readonly contradicted = new Set<string>();
  private readonly last = new Map<string, LearntFact>();

  add(reference: string, fact: LearntFact): void {
    const known = this.last.get(reference);
    if (!known || ONWARD[known.kind].includes(fact.kind)) this.last.set(reference, fact);
    else if (known.kind !== fact.kind && !BEFORE[known.kind].includes(fact.kind)) {
      this.contradicted.add(reference);
    }
  }

  of(reference: string): LearntFact | undefined {
    return this.last.get(reference);
  }
}

export const messageReference = (): string => `CM${newId().replaceAll('-', '').toUpperCase()}`;
