import type { RetryKind } from '../organisation/index.js';

/** A payment that finally failed, and how things stand with its entitlement and its person now. */
export interface FailedPayment {
  readonly paymentId: string;
  readonly entitlementId: string;
  readonly reasonCode: string;
  readonly accountId: string;
  /** open, in_batch, paid or ended. */
  readonly entitlementState: string;
  readonly currentAccountId: string | null;
  readonly held: boolean;
  readonly deceased: boolean;
  /** The bank said after the failure that the money goes, or went, out. */
  readonly paidAfterAll: boolean;
}

/** Why a failed payment is not paid again yet. */
export type NotYet =
  | 'entitlement_not_open'
  | 'deceased'
  | 'held'
  | 'paid_after_all'
  | 'no_account'
  | 'account_not_mended';

/**
 * Whether a failed payment may be paid again. After a failure of the account or the name, only to another account,
 * or when the officer says in writing why the same one will do (the bank unblocked it, the holder renewed the
 * papers). After a failure that had nothing to do with the payee (no funds, past the cut-off), as it is.
 * Where the bank said afterwards that it paid, never without a reason in writing: a hold that was released, for
 * whatever reason, does not say that the money did not go out.
 */
export function reissuable(
  failed: FailedPayment,
  given: {
    retry: RetryKind;
    sameAccountBecause: string | null;
    paidAfterAllBecause: string | null;
  },
): NotYet | null {
  if (failed.entitlementState !== 'open') return 'entitlement_not_open';
  if (failed.deceased) return 'deceased';
  if (failed.held) return 'held';
  if (failed.paidAfterAll && given.paidAfterAllBecause === null) return 'paid_after_all';
  if (failed.currentAccountId === null) return 'no_account';
  const mended = failed.currentAccountId !== failed.accountId;
  if (mended || isNotThePayees(given.retry) || given.sameAccountBecause !== null) return null;
  return 'account_not_mended';
}

/** Whether a failure had nothing to do with the payee or the account, so that nothing is to be mended. */
export function isNotThePayees(retry: RetryKind): boolean {
  return retry === 'auto' || retry === 'later';
}
