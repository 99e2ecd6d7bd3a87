import type { BankSettings } from './bank.settings.js';
import type { BreakerState } from './breaker.lifecycle.js';
import type { EnquiryAnswer, PayAnswer } from './contract.js';

/** A silence so long ago is another outage than today's. */
const ANOTHER_OUTAGE_AFTER_MS = 24 * 3_600_000;
/** A pause that would end less than this later is the same pause: one call in many need write it. */
const SAME_PAUSE_MS = 1_000;
/** Doubling beyond this would only overflow; the cap has long been reached. */
const MOST_DOUBLINGS = 30;

/** How a bank fares, as all workers share it. */
export interface BankHealth {
  readonly bankCode: string;
  readonly state: BreakerState;
  /** Calls in a row that were not answered, none too long after the one before. */
  readonly failures: number;
  /** No call that began since then was answered. */
  readonly failingSince: Date | null;
  readonly lastFailedAt: Date | null;
  readonly lastWhy: string | null;
  readonly openedAt: Date | null;
  /** Probes of this outage that were not answered. */
  readonly probes: number;
  readonly nextProbeAt: Date | null;
  readonly probeId: string | null;
  readonly probeUntil: Date | null;
  readonly pausedUntil: Date | null;
  readonly switchedOffAt: Date | null;
  /** When the breaker last moved. */
  readonly movedAt: Date | null;
  readonly version: number;
}

export type HealthHappening =
  | 'opened'
  | 'probing'
  | 'probe-withdrawn'
  | 'reopened'
  | 'closed'
  | 'paused'
  | 'switched-off'
  | 'switched-on';

/** A bank that has never given cause to write anything. */
export const soundBank = (bankCode: string): BankHealth => ({
  bankCode,
  state: 'closed',
  failures: 0,
  failingSince: null,
  lastFailedAt: null,
  lastWhy: null,
  openedAt: null,
  probes: 0,
  nextProbeAt: null,
  probeId: null,
  probeUntil: null,
  pausedUntil: null,
  switchedOffAt: null,
  movedAt: null,
  version: 1,
});

/** What a call as a whole shows of the bank: whether it is there. What it says of each payment is another matter. */
export interface CallEnd {
  /**
   * `answered`: it said something of at least one payment, a refusal included. `busy`: it is there and asks for fewer
   * calls. `silent`: nothing was answered (no connection, a time-out, HTTP 500 or 503, nonsense).
   */
  readonly kind: 'answered' | 'busy' | 'silent';
  readonly why: string | null;
  readonly retryAfterMs: number;
}

export function callEndOf(answers: Iterable<PayAnswer | EnquiryAnswer>): CallEnd {
  let kind: CallEnd['kind'] = 'silent';
  let why: string | null = null;
  let retryAfterMs = 0;
  for (const answer of answers) {
    const isSilent = answer.kind === 'not-sent' || answer.kind === 'unknown';
    // A file that surely lies before the bank was taken in, and is answered later.
    if (!isSilent || ('delivered' in answer && answer.delivered)) {
      kind = 'answered';
      continue;
    }
    why ??= answer.why;
    retryAfterMs = Math.max(retryAfterMs, answer.retryAfterMs ?? 0);
    if (answer.busy && kind === 'silent') kind = 'busy';
  }
  return { kind, why, retryAfterMs };
}

export type Admission = 'go' | 'probe' | 'hold';

/**
 * Whether the bank may be called now, to send and to ask. A bank that an officer has switched off is sent nothing;
 * it is asked on, because doubts must end. `probe`: one call may go, if it wins the probe.
 */
export function admissionOf(
  health: Pick<
    BankHealth,
    'state' | 'nextProbeAt' | 'probeUntil' | 'pausedUntil' | 'switchedOffAt'
  >,
  at: Date,
): { sending: Admission; asking: Admission } {
  const asking = isPaused(health, at) ? 'hold' : breakerAdmits(health, at);
  return { sending: health.switchedOffAt === null ? asking : 'hold', asking };
}

function breakerAdmits(
  { state, nextProbeAt, probeUntil }: Pick<BankHealth, 'state' | 'nextProbeAt' | 'probeUntil'>,
  at: Date,
): Admission {
  if (state === 'closed') return 'go';
  // A prober that did not come back within its lease leaves the probe to another.
  const dueAt = state === 'open' ? nextProbeAt : probeUntil;
  return dueAt !== null && dueAt <= at ? 'probe' : 'hold';
}

const isPaused = ({ pausedUntil }: Pick<BankHealth, 'pausedUntil'>, at: Date): boolean =>
  pausedUntil !== null && pausedUntil > at;

/**
 * What the next probe should be. An enquiry moves no money, so it goes first; but one that the bank never answers must
 * not keep it closed for ever, so after an enquiry comes a payment, where payments may be sent.
 */
export function probeFirst(health: Pick<BankHealth, 'probes'>): 'asking' | 'sending' {
  return health.probes % 2 === 0 ? 'asking' : 'sending';
}

/** How long an open breaker waits before its next probe. @param probes those that went unanswered, 0 or more. */
export function probeDelayMs(probes: number, { breaker }: Pick<BankSettings, 'breaker'>): number {
  return Math.min(breaker.openMs * 2 ** Math.min(probes, MOST_DOUBLINGS), breaker.maxOpenMs);
}

export interface EndedCall {
  /** Id of its attempt. */
  readonly callId: string;
  readonly startedAt: Date;
  readonly at: Date;
  readonly end: CallEnd;
}

export interface HealthMove {
  readonly next: BankHealth;
  /** What of it belongs into the history, in this order; nothing for a mere count. */
  readonly happened: readonly HealthHappening[];
}

/**
 * What a call that ended means for its bank; null when nothing, which is what nearly every call means.
 * Only the probe speaks while the breaker is not closed, and only calls that began after it last moved count: what was
 * under way when the bank went away or came back says nothing of how it is now. A Retry-After is obeyed whoever heard it.
 */
export function noteCall(
  health: BankHealth,
  call: EndedCall,
  settings: Pick<BankSettings, 'breaker'>,
): HealthMove | null {
  const { next, happened } = breakerAfter(health, call, settings);
  const pausedUntil = pauseAfter(health, call);
  const paused = pausedUntil !== null;
  if (next === health && !paused) return null;
  return {
    next: paused ? { ...next, pausedUntil } : next,
    happened: paused ? [...happened, 'paused'] : happened,
  };
}

function pauseAfter({ pausedUntil }: BankHealth, { at, end }: EndedCall): Date | null {
  if (end.retryAfterMs <= 0) return null;
  const until = new Date(at.getTime() + end.retryAfterMs);
  const known = pausedUntil?.getTime() ?? -Infinity;
  return until.getTime() >= known + SAME_PAUSE_MS ? until : null;
}

function breakerAfter(
  health: BankHealth,
  call: EndedCall,
  settings: Pick<BankSettings, 'breaker'>,
): HealthMove {
  const same: HealthMove = { next: health, happened: [] };
  if (health.state === 'probing' && health.probeId === call.callId) {
    return probeEnded(health, call, settings);
  }
  if (health.state !== 'closed') return same;
  if (health.movedAt !== null && call.startedAt < health.movedAt) return same;
  if (call.end.kind === 'silent') return countFailure(health, call, settings);
  if (health.failingSince === null) return same;
  return { next: { ...health, ...NO_FAILURE }, happened: [] };
}

const NO_FAILURE = { failures: 0, failingSince: null, lastFailedAt: null, lastWhy: null };
const NO_OUTAGE = { openedAt: null, probes: 0, nextProbeAt: null, probeId: null, probeUntil: null };

function probeEnded(
  health: BankHealth,
  { at, end }: EndedCall,
  settings: Pick<BankSettings, 'breaker'>,
): HealthMove {
  if (end.kind !== 'silent') {
    const next = { ...health, ...NO_FAILURE, ...NO_OUTAGE, state: 'closed' as const, movedAt: at };
    return { next, happened: ['closed'] };
  }
  const probes = health.probes + 1;
  return {
    next: {
      ...health,
      state: 'open',
      probes,
      lastFailedAt: at,
      lastWhy: end.why,
      probeId: null,
      probeUntil: null,
      nextProbeAt: new Date(at.getTime() + probeDelayMs(probes, settings)),
      movedAt: at,
    },
    happened: ['reopened'],
  };
}

function countFailure(
  health: BankHealth,
  { at, startedAt, end }: EndedCall,
  settings: Pick<BankSettings, 'breaker'>,
): HealthMove {
  const { breaker } = settings;
  const sinceLastMs = at.getTime() - (health.lastFailedAt?.getTime() ?? -Infinity);
  const failures = sinceLastMs <= breaker.forgetAfterMs ? health.failures + 1 : 1;
  const isSameOutage = sinceLastMs <= ANOTHER_OUTAGE_AFTER_MS;
  const counted = {
    ...health,
    failures,
    failingSince: (isSameOutage ? health.failingSince : null) ?? startedAt,
    lastFailedAt: at,
    lastWhy: end.why,
  };
  if (failures < breaker.failures) return { next: counted, happened: [] };
  return {
    next: {
      ...counted,
      state: 'open',
      openedAt: at,
      probes: 0,
      nextProbeAt: new Date(at.getTime() + probeDelayMs(0, settings)),
      movedAt: at,
    },
    happened: ['opened'],
  };
}
