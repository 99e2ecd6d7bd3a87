import type { AccountCheckRule } from '../organisation/index.js';

/**
 * What is known of a line's account on the day it is asked. `exact` is a bank's word under the very name we hold,
 * not older than the programme allows; `confirmed` a person's with a paper. Nothing else is a checked account:
 * `outdated` was answered too long ago, `unchecked` never, and what is only `close` is not paid by itself.
 */
export const ACCOUNT_STATES = [
  'exact',
  'confirmed',
  'close',
  'different',
  'no-such-account',
  'cannot-tell',
  'outdated',
  'unchecked',
] as const;

export type AccountState = (typeof ACCOUNT_STATES)[number];

/** Lines whose accounts are in one state, and what they come to. */
export interface AccountCount {
  readonly state: AccountState;
  readonly lines: number;
  readonly amount: string;
}

/** What was known of a batch's accounts when it was proposed. */
export interface ProposedAccounts {
  readonly mode: 'warn' | 'block';
  readonly freshForDays: number;
  readonly counts: readonly AccountCount[];
}

const CHECKED: ReadonlySet<AccountState> = new Set<AccountState>(['exact', 'confirmed']);
/** A bank asked again may say more. */
export const UNANSWERED: readonly AccountState[] = ['cannot-tell', 'outdated', 'unchecked'];

export function isChecked(state: AccountState): boolean {
  return CHECKED.has(state);
}

export const UNCHECKED_STATES = ACCOUNT_STATES.filter((state) => !isChecked(state));

export function notChecked(counts: readonly AccountCount[]): AccountCount[] {
  return counts.filter(({ state, lines }) => !isChecked(state) && lines > 0);
}

const DAY_MS = 24 * 3600 * 1000;

/** Answers of before this moment count no more. */
export function freshSince(rule: AccountCheckRule, now: Date): Date {
  return new Date(now.getTime() - rule.freshForDays * DAY_MS);
}
