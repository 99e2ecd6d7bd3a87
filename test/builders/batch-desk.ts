import { resolve } from 'node:path';
import { AuditTrail } from '../../src/audit/index.js';
import { AssembleBatch } from '../../src/batches/assemble-batch.js';
import { AssembleFollowUp } from '../../src/batches/assemble-follow-up.js';
import { BatchGate } from '../../src/batches/batch-gate.js';
import { BatchSettings } from '../../src/batches/batch.settings.js';
import { CancelBatch } from '../../src/batches/cancel-batch.js';
import { FillDraft } from '../../src/batches/fill-draft.js';
import { ProposeBatch } from '../../src/batches/propose-batch.js';
import { RebuildBatch } from '../../src/batches/rebuild-batch.js';
import { RemoveLines } from '../../src/batches/remove-lines.js';
import { SignedLines } from '../../src/batches/signed-lines.js';
import { EntitlementMoves } from '../../src/entitlements/index.js';
import type { Clock } from '../../src/kernel/index.js';
import { BankDirectory, Funds, Places, Programmes } from '../../src/organisation/index.js';
import { testBanks } from './banks.js';
import type { Database } from '../../src/platform/database/index.js';

/** The configuration of the repository, without environment variables. */
export const repositoryConfig = {
  configDir: resolve('config'),
  variable: (): undefined => undefined,
};

/** Everything a preparer does with batches, on a real database. */
export function batchDesk(database: Database, clock: Clock, banks = testBanks(clock)) {
  const funds = Funds.load(repositoryConfig);
  const programmes = Programmes.load(repositoryConfig, funds);
  const directory = BankDirectory.load(repositoryConfig);
  const places = Places.load(repositoryConfig);
  const audit = new AuditTrail(clock);
  const moves = new EntitlementMoves();
  const fill = new FillDraft(moves, programmes, BatchSettings.load(repositoryConfig), banks);
  return {
    assembling: new AssembleBatch(
      database,
      clock,
      programmes,
      funds,
      directory,
      places,
      fill,
      audit,
    ),
    followUps: new AssembleFollowUp(clock, fill, audit),
    removing: new RemoveLines(database, clock, moves, audit),
    rebuilding: new RebuildBatch(database, clock, moves, fill, audit),
    proposing: new ProposeBatch(database, clock, audit),
    cancelling: new CancelBatch(database, clock, moves, audit),
    gate: new BatchGate(),
    signedLines: new SignedLines(),
  };
}

export type BatchDesk = ReturnType<typeof batchDesk>;
