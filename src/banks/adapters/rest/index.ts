import type { Clock } from '../../../kernel/index.js';
import type { BankFile } from '../../bank.settings.js';
import type { RestOptions } from './options.js';
import { RestAdapter } from './rest.adapter.js';

export { restOptionsSchema } from './options.js';

export function createRestAdapter(
  options: RestOptions,
  given: { bank: BankFile; clock: Clock },
): RestAdapter {
  return new RestAdapter(options, given.bank, given.clock);
}
