/**
 * When a bank says that the account holder died (MD07) or that the account is closed (AC04, which often means the
 * same), nothing else is paid to that person until somebody has looked (domain rule of the office).
 */
const DECEASED = 'MD07';

/** Reasons of a bank that hold every other payment of the person. */
export const HOLDING_REASONS: ReadonlySet<string> = new Set([DECEASED, 'AC04', 'AC07']);

/** Which present hold a new reason may take the place of: a reported death outranks all, the others none. */
export function mayReplace(reason: string): 'any' | readonly string[] {
  return reason === DECEASED ? 'any' : [];
}
