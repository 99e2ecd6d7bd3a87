import type { Bank } from '../banks/index.js';

/** A call begins within this after its attempt was written, or not at all. */
export const CALL_WITHIN_MS = 5_000;

/** What a sender may take beyond the bank's time-out before it is given up as lost. */
const LEASE_MARGIN_MS = 10_000;

/**
 * How long a sender or an asker may take before it is given up: longer than a call to this bank may last. Of each bank
 * its own: what is lost at a fast bank must not wait as long as a slow one may.
 */
export function leaseMs({ settings }: Bank): number {
  return LEASE_MARGIN_MS + settings.timeoutMs;
}

/** The last instant at which a sending that was written at `sentAt` can still have been under way here. */
export function callOverAt(sentAt: Date, bank: Bank): Date {
  return new Date(sentAt.getTime() + CALL_WITHIN_MS + bank.settings.timeoutMs);
}
