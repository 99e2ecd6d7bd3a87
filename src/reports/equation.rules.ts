import { Money } from '../kernel/index.js';
import type { PaymentState } from '../payments/index.js';

/** So many, and so much in đồng. */
export interface Figure {
  readonly count: number;
  readonly total: string;
}

/** Where the money of a payment is, as people ask for it. Every state has its one place. */
export const TERMS = ['paid', 'failed', 'returned', 'inFlight', 'unknown', 'cancelled'] as const;
export type Term = (typeof TERMS)[number];

const TERM_OF: Readonly<Record<PaymentState, Term>> = {
  settled: 'paid',
  rejected: 'failed',
  returned: 'returned',
  ready: 'inFlight',
  sending: 'inFlight',
  accepted: 'inFlight',
  unknown: 'unknown',
  cancelled: 'cancelled',
};

export const termOf = (state: PaymentState): Term => TERM_OF[state];

export const statesOf = (term: Term): PaymentState[] =>
  (Object.keys(TERM_OF) as PaymentState[]).filter((state) => TERM_OF[state] === term);

/**
 * approved = paid + failed + returned + in flight + unknown + cancelled. The left side is what was signed, the right
 * side what the payments say: nothing but right books makes them equal.
 */
export interface Equation {
  readonly approved: Figure;
  readonly terms: Readonly<Record<Term, Figure>>;
  readonly holds: boolean;
  /** Approved less all terms; of a right month zero. */
  readonly difference: Figure;
}

export function equationOf(
  approved: Figure,
  parts: readonly ({ readonly term: Term } & Figure)[],
): Equation {
  const terms = Object.fromEntries(
    TERMS.map((term) => [term, summed(parts.filter((part) => part.term === term))]),
  ) as Record<Term, Figure>;
  const all = summed(parts);
  const difference = {
    count: approved.count - all.count,
    total: Money.of(approved.total).minus(Money.of(all.total)).toString(),
  };
  const holds = difference.count === 0 && Money.of(difference.total).isZero();
  return { approved, terms, holds, difference };
}

export function summed(figures: readonly Figure[]): Figure {
  return {
    count: figures.reduce((sum, { count }) => sum + count, 0),
    total: Money.sum(figures.map(({ total }) => Money.of(total))).toString(),
  };
}
