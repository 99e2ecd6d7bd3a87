import type { CashlessCounts } from './cashless.read.js';
import type { Target } from './report.settings.js';

/*
 * How the share of people paid without cash is counted (a province's plan, 2025): of the people who are owed
 * something in a commune, who has an account, at least 85 in a hundred; whose account is proved, 80; who was paid
 * without cash, authorised recipients included, 70.
 */

export const MEASURES = ['account', 'verified', 'credited'] as const;
export type Measure = (typeof MEASURES)[number];

/** `85.3`: of hundred, cut after the first decimal and never rounded up, so that no target is reached on paper only. */
export function shareOf(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const tenths = Math.floor((part * 1000) / whole);
  return `${Math.floor(tenths / 10)}.${tenths % 10}`;
}

export interface CommuneShares extends CashlessCounts {
  readonly shares: Readonly<Record<Measure, string | null>>;
  /** Null without a target; else whether it is reached. */
  readonly reaches: Readonly<Record<Measure, boolean | null>>;
}

export function sharesOf(counts: CashlessCounts, target: Target | null): CommuneShares {
  const of = <T>(value: (measure: Measure) => T): Record<Measure, T> => ({
    account: value('account'),
    verified: value('verified'),
    credited: value('credited'),
  });
  return {
    ...counts,
    shares: of((measure) => shareOf(counts[measure], counts.people)),
    reaches: of((measure) =>
      target && counts.people > 0 ? counts[measure] * 100 >= target[measure] * counts.people : null,
    ),
  };
}

export function inAll(communes: readonly CashlessCounts[]): CashlessCounts {
  const sum = (value: (counts: CashlessCounts) => number): number =>
    communes.reduce((total, counts) => total + value(counts), 0);
  return {
    communeCode: '',
    people: sum(({ people }) => people),
    account: sum(({ account }) => account),
    verified: sum(({ verified }) => verified),
    credited: sum(({ credited }) => credited),
    byRecipient: sum(({ byRecipient }) => byRecipient),
    accountByRecipient: sum(({ accountByRecipient }) => accountByRecipient),
    creditedByRecipient: sum(({ creditedByRecipient }) => creditedByRecipient),
  };
}
