/** Shorter numbers could be the end of somebody else's. */
const TAIL_MIN = 8;
/** Behind the number, with or without a blank. */
const CURRENCY = /VND\s*$/i;

/**
 * Our account as the settings write it, however the bank does: with its BIC or BIN before a slash, as an IBAN, with
 * blanks, without leading zeros, with the currency behind it; undefined when it is none of ours.
 */
export function ourAccount(written: string, accounts: readonly string[]): string | undefined {
  // As it stands first: a number may end in these letters itself.
  return (
    accountOf(written, accounts) ??
    (CURRENCY.test(written) ? accountOf(written.replace(CURRENCY, ''), accounts) : undefined)
  );
}

function accountOf(written: string, accounts: readonly string[]): string | undefined {
  const parts = [written, ...written.split('/')].map(plain).filter((part) => part !== '');
  const same = accounts.find((account) =>
    parts.some((part) => part === plain(account) || unpadded(part) === unpadded(account)),
  );
  if (same !== undefined) return same;
  const whole = plain(written);
  return accounts.find(
    (account) =>
      account.length >= TAIL_MIN && /^[A-Z]{2}\d\d/.test(whole) && whole.endsWith(plain(account)),
  );
}

const plain = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '');
const unpadded = (text: string): string => plain(text).replace(/^0+(?=.)/, '');
