import type { Clock } from '../../../kernel/index.js';
import type { BankFile } from '../../bank.settings.js';
import { Iso20022FileAdapter } from './iso20022-file.adapter.js';
import type { Iso20022FileOptions } from './options.js';

export { iso20022FileOptionsSchema } from './options.js';

export function createIso20022FileAdapter(
  options: Iso20022FileOptions,
  given: { bank: BankFile; clock: Clock },
): Iso20022FileAdapter {
  return new Iso20022FileAdapter(options, given.clock);
}
