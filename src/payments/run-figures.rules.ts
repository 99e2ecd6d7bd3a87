import { Money } from '../kernel/index.js';
import { UNFINISHED_STATES, type PaymentState } from './payment.lifecycle.js';
import type { StateFigures } from './run.read.js';

export interface PartOfRun {
  readonly count: number;
  readonly total: Money;
}

/** What became of the payments of one bank, or of a whole run. */
export interface RunPart extends PartOfRun {
  readonly states: Readonly<Record<PaymentState, PartOfRun>>;
}

/** A run as an equation: what was signed is what its payments come to, whatever became of them. */
export interface RunStanding extends RunPart {
  readonly banks: readonly (RunPart & { readonly bankCode: string })[];
  /** Payments that have their end, or that the bank said it would pay. */
  readonly answered: number;
  readonly holds: boolean;
}

const STATES: readonly PaymentState[] = [
  'ready',
  'sending',
  'accepted',
  'settled',
  'rejected',
  'returned',
  'unknown',
  'cancelled',
];

/** @param run what was approved: count and sum in đồng. */
export function standingOf(
  run: { payments: number; total: string },
  figures: readonly StateFigures[],
): RunStanding {
  const whole = partOf(figures);
  const codes = [...new Set(figures.map(({ bankCode }) => bankCode))];
  const open = UNFINISHED_STATES.reduce((sum, state) => sum + whole.states[state].count, 0);
  return {
    ...whole,
    banks: codes.map((bankCode) => ({
      bankCode,
      ...partOf(figures.filter((figure) => figure.bankCode === bankCode)),
    })),
    answered: whole.count - open + whole.states.accepted.count,
    holds: whole.count === run.payments && whole.total.equals(Money.of(run.total)),
  };
}

function partOf(figures: readonly StateFigures[]): RunPart {
  const states = Object.fromEntries(
    STATES.map((state) => [state, summed(figures.filter((figure) => figure.state === state))]),
  ) as Record<PaymentState, PartOfRun>;
  return { ...summed(figures), states };
}

function summed(figures: readonly StateFigures[]): PartOfRun {
  return {
    count: figures.reduce((sum, { count }) => sum + count, 0),
    total: Money.sum(figures.map(({ total }) => Money.of(total))),
  };
}
