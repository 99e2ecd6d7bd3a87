import { AuditTrail } from '../../src/audit/index.js';
import { AssembleBatch } from '../../src/batches/assemble-batch.js';
import { AssembleFollowUp } from '../../src/batches/assemble-follow-up.js';
import { BatchGate } from '../../src/batches/batch-gate.js';
import { CancelBatch } from '../../src/batches/cancel-batch.js';
import { FillDraft } from '../../src/batches/fill-draft.js';
import { LookAtAccounts } from '../../src/batches/look-at-accounts.js';
import { ProposeBatch } from '../../src/batches/propose-batch.js';
import { RebuildBatch } from '../../src/batches/rebuild-batch.js';
import { RemoveLines } from '../../src/batches/remove-lines.js';
import { SignedLines } from '../../src/batches/signed-lines.js';
import { EntitlementMoves } from '../../src/entitlements/index.js';
import type { Clock } from '../../src/kernel/index.js';
import type { Database } from '../../src/platform/database/index.js';
import { testBanks } from './banks.js';
import { repositoryReference } from './reference.js';

export { repositoryConfig } from './reference.js';

/** Everything a preparer does with batches, on a real database. */
export function batchDesk(database: Database, clock: Clock, banks = testBanks(clock)) {
  const { funds, programmes, directory, places, batchSettings } = repositoryReference();
  const audit = new AuditTrail(clock);
  const moves = new EntitlementMoves();
  const fill = new FillDraft(moves, programmes, batchSettings, banks);
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
    proposing: new ProposeBatch(database, clock, new LookAtAccounts(programmes), audit),
    cancelling: new CancelBatch(database, clock, moves, audit),
    gate: new BatchGate(),
    signedLines: new SignedLines(),
  };
}

export type BatchDesk = ReturnType<typeof batchDesk>;
