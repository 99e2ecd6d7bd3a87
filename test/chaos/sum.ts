import type { ChaosResult } from './chaos-run.js';

/** The last line of the command: one object, over all backends that were run. */
export function inSum(results: readonly ChaosResult[], seed: number): Record<string, unknown> {
  const sum = (of: (result: ChaosResult) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  const found = (of: (found: ChaosResult['told']['findings']) => number) =>
    sum(({ told }) => of(told.findings));
  const byDeed: Record<string, number> = {};
  for (const { planned } of results.flatMap(({ told }) => told.strikes)) {
    byDeed[planned.deed] = (byDeed[planned.deed] ?? 0) + 1;
  }
  return {
    backend: results.map(({ backend }) => backend).join('+'),
    seed,
    payments: sum(({ told }) => told.signed),
    strikes: sum(({ told }) => told.strikes.length),
    byDeed,
    strikesUnderWay: sum(
      ({ told }) => told.strikes.filter(({ ended, payments }) => ended < payments).length,
    ),
    ended: found(({ figures }) => figures.ended),
    settled: found(({ figures }) => figures.settled),
    rejected: found(({ figures }) => figures.rejected),
    returned: found(({ figures }) => figures.returned),
    cancelled: found(({ figures }) => figures.cancelled),
    unknown: found(({ figures }) => figures.unknown),
    bankCredits: found(({ books }) => books.bankCredits),
    bankReturns: found(({ books }) => books.bankReturns),
    paidTwice: found(({ books }) => books.paidTwice),
    lost: found(({ books }) => books.lost + books.strangers),
    disagreements: found(({ books }) => books.disagreements),
    sentAgain: found(({ books }) => books.sentAgain),
    ledgerOk: results.every(({ told }) => told.findings.ledgerOk),
    auditOk: results.every(({ told }) => told.findings.auditOk),
    brokenRequests: sum(({ told }) => told.brokenRequests),
    unaskedEnds: sum(({ told }) => told.unasked),
    slowestRecoverySeconds: Math.max(
      0,
      ...results.flatMap(({ told }) => told.strikes.map((s) => s.movingSeconds ?? Infinity)),
    ),
    ok: results.every(({ ok }) => ok),
    seconds: Math.round(sum(({ told }) => told.seconds)),
  };
}
