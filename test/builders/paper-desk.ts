import { MakeTreasuryPaper } from '../../src/approvals/make-treasury-paper.js';
import { SignedPaper } from '../../src/approvals/signed-paper.js';
import { AuditTrail } from '../../src/audit/index.js';
import { BatchGate, SignedChanges, SignedLines } from '../../src/batches/index.js';
import type { Clock } from '../../src/kernel/index.js';
import type { Database } from '../../src/platform/database/index.js';
import { repositoryReference } from './reference.js';

/** Makes the treasury's papers, on a real database, by the repository's own files. */
export function paperDesk(database: Database, clock: Clock): MakeTreasuryPaper {
  const { directory, programmes, funds, offices, forms } = repositoryReference();
  const signed = new SignedPaper(
    new BatchGate(),
    new SignedLines(),
    new SignedChanges(),
    directory,
    programmes,
    funds,
    offices,
    forms,
  );
  return new MakeTreasuryPaper(database, signed, new AuditTrail(clock));
}
