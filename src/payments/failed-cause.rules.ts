import { Money } from '../kernel/index.js';
import type { RetryKind } from '../organisation/index.js';
import { reissuable, type NotYet } from './reissue.rules.js';

/** Failed payments that stand alike. */
export interface FailedShare {
  readonly reasonCode: string;
  readonly state: 'rejected' | 'returned' | 'cancelled';
  readonly entitlementState: 'open' | 'in_batch';
  readonly held: boolean;
  readonly deceased: boolean;
  readonly paidAfterAll: boolean;
  readonly hasNoAccount: boolean;
  readonly mended: boolean;
  readonly count: number;
  /** Decimal digits in đồng. */
  readonly total: string;
  readonly oldest: Date;
}

/** All that failed for one reason. */
export interface FailedCause {
  readonly code: string;
  /** What waits for somebody. */
  readonly count: number;
  readonly total: string;
  readonly oldest: Date | null;
  /** How many of them came back after they had been credited. */
  readonly returned: number;
  /** Of what waits: what can be paid again as it stands. */
  readonly ready: number;
  readonly readyTotal: string;
  /** What hinders the rest. */
  readonly notYet: readonly { readonly why: NotYet; readonly count: number }[];
  /** In a follow-up batch that is not sent yet. */
  readonly inBatch: number;
  readonly inBatchTotal: string;
}

/** Each share is judged once for all that are in it; the cause that most wait for comes first. */
export function causesOf(
  shares: readonly FailedShare[],
  retryOf: (code: string) => RetryKind,
): FailedCause[] {
  const codes = [...new Set(shares.map(({ reasonCode }) => reasonCode))];
  return codes
    .map((code) =>
      causeOf(
        code,
        shares.filter(({ reasonCode }) => reasonCode === code),
        retryOf(code),
      ),
    )
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

function causeOf(code: string, shares: readonly FailedShare[], retry: RetryKind): FailedCause {
  const judged = shares.map((share) => ({ ...share, why: judge(share, retry) }));
  const waiting = judged.filter(({ entitlementState }) => entitlementState === 'open');
  const ready = waiting.filter(({ why }) => why === null);
  const inBatch = judged.filter(({ entitlementState }) => entitlementState === 'in_batch');
  const times = waiting.map(({ oldest }) => oldest.getTime());
  return {
    code,
    count: countOf(waiting),
    total: totalOf(waiting),
    oldest: times.length > 0 ? new Date(Math.min(...times)) : null,
    returned: countOf(waiting.filter(({ state }) => state === 'returned')),
    ready: countOf(ready),
    readyTotal: totalOf(ready),
    notYet: hindrancesOf(waiting),
    inBatch: countOf(inBatch),
    inBatchTotal: totalOf(inBatch),
  };
}

/** The ids stand for "has one" and "another one than the payment went to". */
function judge(share: FailedShare, retry: RetryKind): NotYet | null {
  const now = share.mended ? 'another' : 'the same';
  return reissuable(
    {
      ...share,
      paymentId: '',
      entitlementId: '',
      accountId: 'the same',
      currentAccountId: share.hasNoAccount ? null : now,
    },
    { retry, sameAccountBecause: null, paidAfterAllBecause: null },
  );
}

function hindrancesOf(
  waiting: readonly { why: NotYet | null; count: number }[],
): { why: NotYet; count: number }[] {
  const counts = new Map<NotYet, number>();
  for (const { why, count } of waiting) {
    if (why !== null) counts.set(why, (counts.get(why) ?? 0) + count);
  }
  return [...counts].map(([why, count]) => ({ why, count })).sort((a, b) => b.count - a.count);
}

function countOf(shares: readonly { count: number }[]): number {
  return shares.reduce((sum, { count }) => sum + count, 0);
}

function totalOf(shares: readonly { total: string }[]): string {
  return Money.sum(shares.map(({ total }) => Money.of(total))).toString();
}
