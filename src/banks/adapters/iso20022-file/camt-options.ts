import { z } from 'zod';

const account = z.string().regex(/^[A-Za-z0-9]{4,34}$/, 'an account: 4–34 letters and digits');

/** What the YAML file of a bank says about its statements and notices (camt.053, camt.054, MT940). */
export const camtOptions = {
  /** Accounts of ours that statements tell of besides those that are debited: where returns are credited, say. */
  statementAccounts: z.array(account).max(50).default([]),
  /** The bank promises that a payment whose debit it notifies (camt.054) is credited: else the notice means accepted. */
  debitNoticeMeansSettled: z.boolean().default(false),
} as const;

/** What the readers of statements and notices have to know of a bank. */
export interface StatementOptions {
  /** All accounts of ours there. */
  readonly accounts: readonly string[];
  readonly debitNoticeMeansSettled: boolean;
  /** The bank's own reasons as codes of ISO 20022; '*' for all others. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** Every account that an order debits, or that statements tell of besides. */
export function statementOptionsOf(options: {
  readonly debtorAccounts: Readonly<Record<string, string>>;
  readonly statementAccounts: readonly string[];
  readonly debitNoticeMeansSettled: boolean;
  readonly reasons: Readonly<Record<string, string>>;
}): StatementOptions {
  const { debtorAccounts, statementAccounts, debitNoticeMeansSettled, reasons } = options;
  const accounts = [...new Set([...Object.values(debtorAccounts), ...statementAccounts])];
  return { accounts, debitNoticeMeansSettled, reasons };
}
