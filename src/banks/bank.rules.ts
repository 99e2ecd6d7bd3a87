import type { BankFile, BankSettings } from './bank.settings.js';

/** Doubling beyond this many attempts would only overflow; the cap has long been reached. */
const MOST_DOUBLINGS = 30;

/**
 * Exponential backoff with jitter: how long to wait before a payment that was surely not sent is tried again.
 * The jitter only shortens, so `capMs` is never passed, and never by more than its share, so that a bank in
 * trouble is not asked at once by everybody.
 * @param attempt how many times it was tried already, 1 or more.
 * @param random a number from 0 up to 1, given by the caller so that a test can hold it.
 * @returns milliseconds; at least what the bank's own Retry-After asked for.
 */
export function retryDelayMs(given: {
  attempt: number;
  settings: Pick<BankSettings, 'retry'>;
  random: number;
  retryAfterMs?: number;
}): number {
  const { baseMs, capMs, jitter } = given.settings.retry;
  const doublings = Math.min(Math.max(given.attempt - 1, 0), MOST_DOUBLINGS);
  const full = Math.min(baseMs * 2 ** doublings, capMs);
  const wait = Math.round(full * (1 - jitter * given.random));
  return Math.max(wait, given.retryAfterMs ?? 0);
}

/**
 * How long to wait before the next enquiry of a payment in doubt. The last interval repeats for ever:
 * a doubt ends with the bank's word or a person's, never by age.
 * @param asked how many enquiries were made already, 0 or more.
 */
export function enquiryDelayMs(given: {
  asked: number;
  settings: { enquiry: Pick<BankSettings['enquiry'], 'intervalsMs'> };
}): number {
  const { intervalsMs } = given.settings.enquiry;
  const last = intervalsMs[intervalsMs.length - 1] ?? 0;
  return intervalsMs[given.asked] ?? last;
}

/**
 * "Not found" is not "never happened" until the bank's own window has passed since the last sending.
 */
export function notFoundIsProof(given: {
  lastSentAt: Date;
  now: Date;
  settings: { enquiry: Pick<BankSettings['enquiry'], 'notFoundWindowMs'> };
}): boolean {
  const waitedMs = given.now.getTime() - given.lastSentAt.getTime();
  return waitedMs >= given.settings.enquiry.notFoundWindowMs;
}

/** Which bank pays to which payee bank. A named BIN goes before `*`. */
export interface Routing {
  readonly byBin: ReadonlyMap<string, string>;
  readonly everywhere: string | null;
}

/** @returns the table, and what is ambiguous in it: two banks for one BIN would be two rails for one payment. */
export function routingOf(files: readonly Pick<BankFile, 'code' | 'receives'>[]): {
  routing: Routing;
  problems: string[];
} {
  const byBin = new Map<string, string>();
  const problems: string[] = [];
  let everywhere: string | null = null;
  for (const { code, receives } of files) {
    if (receives === '*') {
      if (everywhere !== null)
        problems.push(`receives: '*' is claimed by ${everywhere} and ${code}`);
      everywhere = code;
      continue;
    }
    for (const bin of receives) {
      const other = byBin.get(bin);
      if (other !== undefined) problems.push(`receives: ${bin} is claimed by ${other} and ${code}`);
      byBin.set(bin, code);
    }
  }
  return { routing: { byBin, everywhere }, problems };
}

export function routeTo(routing: Routing, bankBin: string): string | null {
  return routing.byBin.get(bankBin) ?? routing.everywhere;
}
