export { CloseReconciliation } from './close-reconciliation.js';
export { ExceptionRead, type ExceptionRow } from './exception.read.js';
export { EXCEPTION_KINDS, type ExceptionKind } from './exception.rules.js';
export { ExplainExceptions } from './explain-exceptions.js';
export { FetchStatement } from './fetch-statement.js';
export {
  FileEffects,
  type ReportEffect,
  type StatementEffect,
  type UnreadPlace,
} from './file-effects.read.js';
export { FindUnproven } from './find-unproven.js';
export { MatchEntries } from './match-entries.js';
export { BUCKETS, QUIET_BUCKETS, type Bucket } from './matching.rules.js';
export { ReceiveStatement, type ReceivedStatement } from './receive-statement.js';
export { fileMissing } from './reconciliation.errors.js';
export { reconciliationEnded, reconciliationRequested } from './reconciliation.events.js';
export { ReconciliationModule } from './reconciliation.module.js';
export { ReconciliationRead } from './reconciliation.read.js';
export { RequestReconciliation } from './request-reconciliation.js';
export { RunReconciliation } from './run-reconciliation.js';
export type { FetchedStatement } from './take-over-statement.js';
