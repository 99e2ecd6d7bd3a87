import { SettingsError } from '../../../platform/config/index.js';
import type { BankFile } from '../../bank.settings.js';
import { BankListAdapter } from './bank-list.adapter.js';
import type { BankListOptions } from './options.js';

export { bankListOptionsSchema } from './options.js';

/** @throws SettingsError when a column names the payee's bank and a bank that is paid to has no name. */
export function createBankListAdapter(
  options: BankListOptions,
  { bank }: { bank: BankFile },
): BankListAdapter {
  const named = options.columns.some(({ value }) => value.includes('{bankName}'));
  if (named && bank.receives !== '*') {
    const nameless = bank.receives.filter((bin) => !(bin in options.bankNames));
    if (nameless.length > 0) {
      throw new SettingsError(
        nameless.map((bin) => `banks/${bank.code}.yaml: options.bankNames: ${bin} has no name`),
      );
    }
  }
  return new BankListAdapter(options);
}
