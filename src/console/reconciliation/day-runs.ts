import type { RunOfDays } from '../../reconciliation/index.js';

/** Days on one page. */
const DAYS = 14;
const DAY_MS = 86_400_000;

/** A page of days, ISO 8601, the latest first. */
export function daysUntil(until: string): string[] {
  return Array.from({ length: DAYS }, (_, back) => dayBefore(until, back));
}

export function dayBefore(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * What stands for a bank's day: of several runs over one account the closed one, or else the latest that did not fail.
 */
export function runsOfDay(
  all: readonly RunOfDays[],
  { day, bank }: { day: string; bank: string },
): RunOfDays[] {
  const runs = all.filter((run) => run.bank === bank && run.from <= day && run.to >= day);
  const accounts = [...new Set(runs.map(({ account }) => account))];
  const rank = { closed: 0, finished: 1, requested: 2, failed: 3 } as const;
  const best = accounts.flatMap((account) => {
    const [first] = runs
      .filter((run) => run.account === account)
      .toSorted((a, b) => rank[a.state] - rank[b.state]);
    return first ? [first] : [];
  });
  // A run that failed has no statement and so no account; it matters only where nothing else is.
  const whole = best.filter(({ state }) => state === 'closed' || state === 'finished');
  return whole.length > 0 ? whole : best;
}
