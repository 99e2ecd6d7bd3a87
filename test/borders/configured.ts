import { AlertSettings } from '../../src/alerts/alert.settings.js';
import { ApprovalChains } from '../../src/approvals/approval-chains.js';
import { BankRegistry } from '../../src/banks/index.js';
import { BatchSettings } from '../../src/batches/batch.settings.js';
import { SystemClock } from '../../src/kernel/index.js';
import {
  AllowanceRates,
  BankDirectory,
  Calendar,
  Funds,
  Offices,
  PaymentStatuses,
  Places,
  Programmes,
  ReasonCodes,
  TreasuryForms,
} from '../../src/organisation/index.js';

import { AppConfig, readSettings } from '../../src/platform/config/index.js';
import { ReportSettings } from '../../src/reports/index.js';
import { NO_BANK } from '../setup/compiled-program.js';

/** The configuration of a folder, in an environment that has all that bank files ask for. */
export const configOf = (folder: string): AppConfig =>
  new AppConfig(readSettings({ NODE_ENV: 'test', CONFIG_DIR: folder }), NO_BANK, 'postgres://none');

/** Everything that is read from YAML at the start. */
export function loadYamlFiles(config: AppConfig): void {
  const funds = Funds.load(config);
  const programmes = Programmes.load(config, funds);
  Calendar.load(config);
  Offices.load(config, funds);
  ApprovalChains.load(config, programmes);
  BatchSettings.load(config);
  ReportSettings.load(config);
  AlertSettings.load(config);
  BankRegistry.load(config, new SystemClock());
}

/** Every reference file, by its name in `config/reference/`. */
export const REFERENCE: Readonly<Record<string, (config: AppConfig) => unknown>> = {
  'allowance-rates.json': (config) => AllowanceRates.load(config),
  'banks.json': (config) => BankDirectory.load(config),
  'communes.json': (config) => Places.load(config),
  'forms.json': (config) => TreasuryForms.load(config),
  'payment-status-codes.json': (config) => PaymentStatuses.load(config),
  'reason-codes.json': (config) => ReasonCodes.load(config),
};
