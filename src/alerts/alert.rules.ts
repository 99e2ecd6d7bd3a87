import type {
  FailedGroup,
  LateRun,
  MissingRun,
  StoppedRun,
  UntakenWork,
} from '../payments/index.js';

export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const ALERT_RULES = [
  'payments-failed',
  'payments-returned',
  'payments-withheld',
  'payments-unknown',
  'payments-contradicted',
  'run-late',
  'run-stopped',
  'run-missing',
  'rail-missing',
  'bank-unreachable',
  'bank-off',
  'bank-paused',
  'work-untaken',
  'hand-over-waiting',
  'notices-unmatched',
  'notices-contradicting',
  'notices-stuck',
  'statement-difference',
  'statement-entries',
  'statement-gap',
  'payments-unproven',
  'exceptions-old',
  'statement-missing',
  'bank-file-quarantined',
  'bank-file-uncertain',
  'bank-files-uncollected',
  'failure-rate',
  'settlement-late',
  'funds-short',
  'notices-refused',
  'worker-silent',
  'audit-broken',
  'list-refused',
  'external',
] as const;
export type AlertRule = (typeof ALERT_RULES)[number];

/** Ids, codes, figures, an officer's login and reason, that the texts are made of; never the name of a payee. */
export type Particulars = Readonly<Record<string, string | number>>;

/** Something that should be alarmed now. Level-triggered: it is there as long as its cause is. */
export interface Cause {
  readonly rule: AlertRule;
  /** The cause in one text; the same cause has the same one, whatever its count. */
  readonly fingerprint: string;
  readonly severity: Severity;
  readonly bank: string | null;
  readonly batchId: string | null;
  readonly runId: string | null;
  readonly reasonCode: string | null;
  readonly particulars: Particulars;
  readonly count: number;
  /** Decimal digits in đồng, where the cause is money. */
  readonly amount: string | null;
  /** Address of the rows it is about. */
  readonly link: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** So many failures of one kind in one batch are more than people's mended accounts: something is broken. The default. */
export const MANY_FAILURES = 50;

/** What a cause is not about; each rule says what it is about. */
export const ABOUT_NOTHING = {
  bank: null,
  batchId: null,
  runId: null,
  reasonCode: null,
  amount: null,
};

const FAILURE_RULES = {
  rejected: 'payments-failed',
  returned: 'payments-returned',
  cancelled: 'payments-withheld',
} as const;

/** Failed, returned or withheld payments, one cause per batch and reason. */
export function failureCause(group: FailedGroup, criticalFrom: number): Cause {
  const { batchId, bankCode: bank, reasonCode } = group;
  return {
    ...ABOUT_NOTHING,
    rule: FAILURE_RULES[group.state],
    fingerprint: `${group.state} ${batchId} ${reasonCode}`,
    severity: group.count >= criticalFrom ? 'critical' : 'warning',
    bank,
    batchId,
    reasonCode,
    particulars: { batchNumber: group.batchNumber },
    count: group.count,
    amount: group.total,
    link: linkTo('payments', { batchId, state: group.state, reasonCode }),
    firstAt: group.oldest,
    lastAt: group.latest,
  };
}

export function lateRunCause(run: LateRun): Cause {
  return {
    ...ABOUT_NOTHING,
    rule: 'run-late',
    fingerprint: `late ${run.runId}`,
    severity: 'warning',
    batchId: run.batchId,
    runId: run.runId,
    particulars: { batchNumber: run.batchNumber },
    count: run.unfinished,
    link: `/api/v1/runs/${run.runId}`,
    firstAt: run.deadlineAt,
    lastAt: run.deadlineAt,
  };
}

export function stoppedRunCause(run: StoppedRun): Cause {
  return {
    ...ABOUT_NOTHING,
    rule: 'run-stopped',
    fingerprint: `stopped ${run.runId}`,
    severity: 'critical',
    batchId: run.batchId,
    runId: run.runId,
    particulars: { batchNumber: run.batchNumber },
    count: 1,
    link: `/api/v1/runs/${run.runId}`,
    firstAt: run.stoppedAt,
    lastAt: run.stoppedAt,
  };
}

/** Signed, and not being paid: the lines are not what was signed, or the configuration lacks a bank. */
export function missingRunCause(run: MissingRun): Cause {
  return {
    ...ABOUT_NOTHING,
    rule: 'run-missing',
    fingerprint: `missing ${run.batchId}`,
    severity: 'critical',
    batchId: run.batchId,
    particulars: { batchNumber: run.batchNumber },
    count: 1,
    link: `/api/v1/batches/${run.batchId}`,
    firstAt: run.approvedAt,
    lastAt: run.approvedAt,
  };
}

/** Payments wait for a bank and no worker takes them: lost rings are rung again, so the workers themselves are away. */
export function untakenWorkCause(work: UntakenWork): Cause {
  const bank = work.bankCode;
  return {
    ...ABOUT_NOTHING,
    rule: 'work-untaken',
    fingerprint: `untaken ${bank}`,
    severity: 'critical',
    bank,
    particulars: {},
    count: work.count,
    amount: work.total,
    link: linkTo('payments', { bankCode: bank, state: 'ready' }),
    firstAt: work.since,
    lastAt: work.since,
  };
}

/** What lies in one bank's notices or statements and does not fit our books. */
export interface Misfit {
  readonly kind:
    | 'unmatched'
    | 'contradicting'
    | 'stuck'
    | 'contradicted'
    | 'difference'
    | 'entries'
    | 'gap'
    | 'unproven'
    | 'old'
    | 'missing'
    | 'file-quarantined'
    | 'file-uncertain'
    | 'files-uncollected';
  readonly bank: string;
  readonly batchId: string | null;
  readonly batchNumber: string | null;
  readonly bucket: string | null;
  readonly count: number;
  readonly amount: string | null;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

const MISFITS: Readonly<Record<Misfit['kind'], { rule: AlertRule; severity: Severity }>> = {
  unmatched: { rule: 'notices-unmatched', severity: 'warning' },
  contradicting: { rule: 'notices-contradicting', severity: 'critical' },
  stuck: { rule: 'notices-stuck', severity: 'warning' },
  contradicted: { rule: 'payments-contradicted', severity: 'critical' },
  difference: { rule: 'statement-difference', severity: 'critical' },
  entries: { rule: 'statement-entries', severity: 'critical' },
  gap: { rule: 'statement-gap', severity: 'critical' },
  unproven: { rule: 'payments-unproven', severity: 'critical' },
  old: { rule: 'exceptions-old', severity: 'warning' },
  missing: { rule: 'statement-missing', severity: 'warning' },
  'file-quarantined': { rule: 'bank-file-quarantined', severity: 'warning' },
  'file-uncertain': { rule: 'bank-file-uncertain', severity: 'critical' },
  'files-uncollected': { rule: 'bank-files-uncollected', severity: 'critical' },
};

export function misfitCause(misfit: Misfit): Cause {
  const { kind, bank, batchId, bucket, count, amount, firstAt, lastAt } = misfit;
  return {
    ...ABOUT_NOTHING,
    ...MISFITS[kind],
    fingerprint: fingerprintOf(misfit),
    bank,
    batchId,
    particulars: {
      ...(bucket !== null && { bucket }),
      ...(misfit.batchNumber !== null && { batchNumber: misfit.batchNumber }),
    },
    count,
    amount,
    link: misfitLink(misfit),
    firstAt,
    lastAt,
  };
}

const EXCEPTIONS = 'reconciliation-exceptions';

/** The same text is built in SQL (causes.read.ts) to leave out what a person has dealt with. */
function fingerprintOf({ kind, bank, batchId, bucket }: Misfit): string {
  return [kind, bank, batchId ?? bucket].filter((part) => part !== null).join(' ');
}

function misfitLink({ kind, bank, batchId, bucket }: Misfit): string {
  switch (kind) {
    case 'unmatched':
      return linkTo('notices', { bank, result: 'unknown-reference' });
    case 'contradicting':
      return linkTo('notices', { bank, state: 'conflict' });
    case 'stuck':
      return linkTo('notices', { bank, state: 'received' });
    case 'contradicted':
      return linkTo('payments', { ...(batchId !== null && { batchId }), bankCode: bank });
    case 'difference':
      return linkTo(EXCEPTIONS, { bank, state: 'open', kind: 'statement-difference' });
    case 'gap':
      return linkTo(EXCEPTIONS, { bank, state: 'open', kind: 'statement-gap' });
    case 'entries':
    case 'unproven':
      return linkTo(EXCEPTIONS, { bank, state: 'open', ...(bucket !== null && { kind: bucket }) });
    case 'old':
      return linkTo(EXCEPTIONS, { bank, state: 'open' });
    case 'missing':
      return linkTo('reconciliations', { bank });
    case 'file-quarantined':
      return linkTo('bank-files', { bank, state: 'quarantined' });
    case 'file-uncertain':
      return linkTo('bank-files', { bank, state: 'uncertain' });
    case 'files-uncollected':
      return linkTo('bank-files', { bank, direction: 'in' });
  }
}

/** The address of the rows that a cause is about. */
export function linkTo(list: string, filters: Readonly<Record<string, string>>): string {
  return `/api/v1/${list}?${new URLSearchParams(filters).toString()}`;
}

/** How a change of severity is told. */
export function changeOf(from: Severity, to: Severity): 'worsened' | 'eased' | null {
  const step = SEVERITIES.indexOf(to) - SEVERITIES.indexOf(from);
  if (step === 0) return null;
  return step > 0 ? 'worsened' : 'eased';
}

/** Tries of one delivery before it is given up. */
export const MOST_TRIES = 10;
const TRY_AGAIN_AFTER_MS = 5_000;
const TRY_AGAIN_LONGEST_MS = 3_600_000;

/** When a failed delivery is tried again; null when it was tried often enough. */
export function deliverAgainAt(tries: number, now: Date): Date | null {
  if (tries >= MOST_TRIES) return null;
  const waitMs = Math.min(TRY_AGAIN_AFTER_MS * 2 ** (tries - 1), TRY_AGAIN_LONGEST_MS);
  return new Date(now.getTime() + waitMs);
}
