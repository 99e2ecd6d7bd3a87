import type { BookedEntry } from '../books.read.js';

/** A span of days of one account, as every form of statement gives it. */
export interface AccountStatement {
  readonly id: string;
  readonly account: string;
  readonly from: string;
  readonly to: string;
  readonly opening: string;
  readonly closing: string;
  readonly entries: readonly BookedEntry[];
}

/** The bank's own number of an entry: the same in every statement and form, short enough for MT940. */
export const entryRef = (entryId: string): string => `SB${entryId.padStart(12, '0')}`;

/** At most 35 characters, the same for the same span and the same last entry. */
export function statementId(given: { account: string; from: string; to: string; last: string }) {
  const day = (iso: string) => iso.slice(2).replaceAll('-', '');
  return `ST${day(given.from)}-${day(given.to)}-${given.last}-${given.account.slice(-8)}`;
}
