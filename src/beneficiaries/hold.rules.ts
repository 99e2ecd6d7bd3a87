/**
 * When a bank says that the account holder died (MD07) or that the account is closed (AC04, which often means the
 * same), nothing else is paid to that person until somebody has looked (domain rule of the office).
 */
const DECEASED = 'MD07';

/** Reasons of a bank that hold every other payment of the person. */
export const HOLDING_REASONS: ReadonlySet<string> = new Set([DECEASED, 'AC04', 'AC07']);

/** The bank may have paid after all (ISO 20022 DUPL). */
const PAID_AFTER_ALL = 'DUPL';
/** Holds that are dealt with by a new account, and released without a look at the money. */
const ABOUT_THE_ACCOUNT = ['AC04', 'AC07'];

/**
 * Which present hold a new reason may take the place of: a reported death outranks all; money that may be out twice
 * outranks a closed account; the others none.
 */
export function mayReplace(reason: string): 'any' | readonly string[] {
  if (reason === DECEASED) return 'any';
  return reason === PAID_AFTER_ALL ? ABOUT_THE_ACCOUNT : [];
}
