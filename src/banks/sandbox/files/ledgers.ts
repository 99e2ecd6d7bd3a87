/*
 * A file bank has several accounts that pay, each with books of its own: the ledger of an account is named by the
 * bank and its number. A bank that takes no files has one ledger, named as itself.
 */

export const ledgerOf = (bank: string, account: string): string => `${bank}/${account}`;

export function partsOf(ledger: string): { bank: string; account: string } {
  const [bank = '', account = ''] = ledger.split('/');
  return { bank, account };
}
