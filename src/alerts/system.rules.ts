import type { FailureRate, LateSettlements } from '../payments/index.js';
import { ABOUT_NOTHING, linkTo, type Cause } from './alert.rules.js';

const PERCENT = 100;

/** So large a share of what a bank was sent failed for one reason; null while it is less. */
export function failureRateCause(rate: FailureRate, percent: number): Cause | null {
  const { bankCode, reasonCode, count, sent, total, oldest, latest } = rate;
  if (count * PERCENT < percent * sent) return null;
  return {
    ...ABOUT_NOTHING,
    rule: 'failure-rate',
    fingerprint: `rate ${bankCode} ${reasonCode}`,
    severity: 'critical',
    bank: bankCode,
    reasonCode,
    particulars: { percent: Math.floor((count * PERCENT) / sent) },
    count,
    amount: total,
    link: linkTo('payments', { bankCode, reasonCode }),
    firstAt: oldest,
    lastAt: latest,
  };
}

/** A bank took payments and does not settle them. */
export function lateSettlementsCause(late: LateSettlements): Cause {
  const { bankCode, count, total, oldest, latest } = late;
  return {
    ...ABOUT_NOTHING,
    rule: 'settlement-late',
    fingerprint: `settlement ${bankCode}`,
    severity: 'warning',
    bank: bankCode,
    particulars: {},
    count,
    amount: total,
    link: linkTo('payments', { bankCode, state: 'accepted' }),
    firstAt: oldest,
    lastAt: latest,
  };
}

/** A batch that waits for signatures needs more of a fund than there is. */
export interface ShortBatch {
  readonly batchId: string;
  readonly batchNumber: string;
  readonly fund: string;
  readonly short: string;
  readonly proposedAt: Date;
}

export function shortFundsCause(batch: ShortBatch): Cause {
  return {
    ...ABOUT_NOTHING,
    rule: 'funds-short',
    fingerprint: `funds ${batch.batchId} ${batch.fund}`,
    severity: 'warning',
    batchId: batch.batchId,
    particulars: { batchNumber: batch.batchNumber, because: batch.fund },
    count: 1,
    amount: batch.short,
    link: `/api/v1/batches/${batch.batchId}`,
    firstAt: batch.proposedAt,
    lastAt: batch.proposedAt,
  };
}

export interface RefusedNotices {
  readonly bank: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** Messages that claim to be a bank's and are not signed by it: a changed key, or somebody who tries. */
export function refusedNoticesCause(refused: RefusedNotices): Cause {
  const { bank, count, firstAt, lastAt } = refused;
  return {
    ...ABOUT_NOTHING,
    rule: 'notices-refused',
    fingerprint: `refused ${bank}`,
    severity: 'warning',
    bank,
    particulars: {},
    count,
    link: linkTo('notices', { bank }),
    firstAt,
    lastAt,
  };
}

export interface Workers {
  /** Seen lately. */
  readonly living: number;
  /** Gone without a word, and none has begun in their place. */
  readonly lost: number;
  /** All that were ever seen. */
  readonly known: number;
  readonly lastSeenAt: Date | null;
}

/** Workers that went silent; critical when none is left. Null while all is well. */
export function silentWorkersCause(workers: Workers): Cause | null {
  const { living, lost, known, lastSeenAt } = workers;
  if (known === 0 || lastSeenAt === null) return null;
  if (living > 0 && lost === 0) return null;
  return {
    ...ABOUT_NOTHING,
    rule: 'worker-silent',
    fingerprint: 'workers',
    severity: living === 0 ? 'critical' : 'warning',
    particulars: { living },
    count: Math.max(lost, 1),
    link: '/readyz',
    firstAt: lastSeenAt,
    lastAt: lastSeenAt,
  };
}

export interface BrokenChain {
  readonly at: Date;
  readonly seq: string | null;
  readonly reason: string;
}

export function brokenChainCause({ at, seq, reason }: BrokenChain): Cause {
  return {
    ...ABOUT_NOTHING,
    rule: 'audit-broken',
    fingerprint: 'audit chain',
    severity: 'critical',
    particulars: { because: reason, ...(seq !== null && { seq }) },
    count: 1,
    link: '/api/v1/audit/verification',
    firstAt: at,
    lastAt: at,
  };
}

export interface RefusedLists {
  readonly sender: string;
  readonly count: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

export function refusedListsCause({ sender, count, firstAt, lastAt }: RefusedLists): Cause {
  return {
    ...ABOUT_NOTHING,
    rule: 'list-refused',
    fingerprint: `list ${sender}`,
    severity: 'warning',
    particulars: { by: sender },
    count,
    link: linkTo('imports', { state: 'refused' }),
    firstAt,
    lastAt,
  };
}
