import type { Money } from '../kernel/index.js';

/**
 * How far the money of a fund has come. `allotted` is where it comes from (minus what was allotted) and
 * `given_back` the other side of `returned`; every other account holds what lies there, never below zero.
 */
export const STAGES = [
  'allotted',
  'available',
  'reserved',
  'in_transit',
  'paid',
  'returned',
  'given_back',
] as const;
export type Stage = (typeof STAGES)[number];

/** Money that goes from one account of a fund and budget month to another: one entry out, one in. */
export interface Movement {
  readonly fund: string;
  /** Budget month, `yyyy-mm`. */
  readonly month: string;
  /** Where the money comes from an earlier month of the year; the same month when absent. */
  readonly fromMonth?: string;
  readonly from: Stage;
  readonly to: Stage;
  /** More than zero. */
  readonly amount: Money;
}

export interface Entry {
  readonly fund: string;
  readonly month: string;
  readonly stage: Stage;
  /** Into the account when positive, out of it when negative. */
  readonly amount: Money;
}

/** The fewest entries that say the same: one per account that changes. They sum to zero. */
export function entriesOf(movements: readonly Movement[]): Entry[] {
  const accounts = new Map<string, Entry>();
  const add = (entry: Entry): void => {
    const key = `${entry.fund} ${entry.month} ${entry.stage}`;
    const before = accounts.get(key)?.amount;
    accounts.set(key, { ...entry, amount: before ? before.plus(entry.amount) : entry.amount });
  };
  for (const { fund, month, fromMonth = month, from, to, amount } of movements) {
    add({ fund, month: fromMonth, stage: from, amount: amount.minus(amount).minus(amount) });
    add({ fund, month, stage: to, amount });
  }
  return [...accounts.values()].filter(({ amount }) => !amount.isZero());
}
