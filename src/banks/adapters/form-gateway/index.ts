import type { Clock } from '../../../kernel/index.js';
import type { BankFile } from '../../bank.settings.js';
import { FormGatewayAdapter } from './form-gateway.adapter.js';
import type { FormGatewayOptions } from './options.js';

export { formGatewayOptionsSchema } from './options.js';

export function createFormGateway(
  options: FormGatewayOptions,
  given: { bank: BankFile; clock: Clock },
): FormGatewayAdapter {
  return new FormGatewayAdapter(options, given.bank, given.clock);
}
