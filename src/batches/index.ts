export type { LineAccount } from './account-state.read.js';
export {
  ACCOUNT_STATES,
  isChecked,
  type AccountCount,
  type AccountState,
  type ProposedAccounts,
} from './account-state.rules.js';
export { AssembleBatch, type Assembled, type AssembleOrder } from './assemble-batch.js';
export { AssembleFollowUp } from './assemble-follow-up.js';
export { BatchGate, type ProposedBatch } from './batch-gate.js';
export { batchLifecycle, type BatchState } from './batch.lifecycle.js';
export { ACCOUNT_STATE_TEXTS, EXCLUSION_REASONS, type OutdatedLine } from './batches.errors.js';
export type { BatchDetail, BatchEvent, BatchSummary } from './batch.read.js';
export { BatchesModule } from './batches.module.js';
export { CancelBatch } from './cancel-batch.js';
export type { ExclusionView, LineView, SharedAccount } from './line.read.js';
export type { NamedPart, NamedParts } from './named-totals.js';
export type { LineSinceReturn, ProposedRound } from './round-history.read.js';
export { ViewBatches, type AccountChecks, type BatchConcerns } from './view-batches.js';
export {
  BatchDigest,
  batchDigest,
  canonicalHeader,
  canonicalLine,
  lineDigest,
  type BatchHeader,
  type SignedLine,
} from './canonical-form.js';
export { ProposeBatch, type Proposed } from './propose-batch.js';
export { RebuildBatch } from './rebuild-batch.js';
export { RemoveLines } from './remove-lines.js';
export { RequestChecks } from './request-checks.js';
export type { LineChanges } from './returned-line.store.js';
export {
  CHANGES,
  type Basis,
  type Change,
  type ChangeCounts,
  type ChangedPerson,
} from './changes.read.js';
export { SignedChanges, type Signed } from './signed-changes.js';
export { SignedLines, type Verified } from './signed-lines.js';
