import { resolve } from 'node:path';
import { ApprovalChains } from '../../src/approvals/approval-chains.js';
import { BatchSettings } from '../../src/batches/batch.settings.js';
import {
  BankDirectory,
  Calendar,
  Funds,
  Offices,
  Places,
  Programmes,
  ReasonCodes,
  TreasuryForms,
} from '../../src/organisation/index.js';

/** The configuration of the repository, without environment variables. */
export const repositoryConfig = {
  configDir: resolve('config'),
  variable: (): undefined => undefined,
};

function load() {
  const funds = Funds.load(repositoryConfig);
  const programmes = Programmes.load(repositoryConfig, funds);
  return {
    funds,
    programmes,
    calendar: Calendar.load(repositoryConfig),
    directory: BankDirectory.load(repositoryConfig),
    places: Places.load(repositoryConfig),
    offices: Offices.load(repositoryConfig, funds),
    forms: TreasuryForms.load(repositoryConfig),
    reasons: ReasonCodes.load(repositoryConfig),
    chains: ApprovalChains.load(repositoryConfig, programmes),
    batchSettings: BatchSettings.load(repositoryConfig),
  };
}

let loaded: ReturnType<typeof load> | undefined;

/** What the repository's files say, read once: nobody changes it, and reading it takes longer than most tests. */
export function repositoryReference(): ReturnType<typeof load> {
  loaded ??= load();
  return loaded;
}
