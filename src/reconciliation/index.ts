export { CloseReconciliation } from './close-reconciliation.js';
export {
  ExceptionRead,
  type ExceptionFilter,
  type ExceptionHistoryRow,
  type ExceptionRow,
  type KindCount,
  type NoteRow,
  type OpenOfKind,
} from './exception.read.js';
export {
  EXCEPTION_KINDS,
  EXCEPTION_STATES,
  LEAST_WORDS,
  MOST_AT_ONCE,
  wantsEvidence,
  type ExceptionKind,
  type ExceptionState,
} from './exception.rules.js';
export { BUCKET_TEXTS, EXCEPTION_TEXTS, type ExceptionText } from './exception.texts.js';
export { ExplainExceptions, type Which } from './explain-exceptions.js';
export { FetchStatement } from './fetch-statement.js';
export {
  FileEffects,
  type ReportEffect,
  type StatementEffect,
  type UnreadPlace,
} from './file-effects.read.js';
export { FindUnproven } from './find-unproven.js';
export { MatchEntries } from './match-entries.js';
export { NoteException } from './note-exception.js';
export { OwnException } from './own-exception.js';
export { BUCKETS, QUIET_BUCKETS, type Bucket } from './matching.rules.js';
export { ProofRead, type StatementProof } from './proof.read.js';
export { ReceiveStatement, type ReceivedStatement } from './receive-statement.js';
export { fileMissing } from './reconciliation.errors.js';
export { reconciliationEnded, reconciliationRequested } from './reconciliation.events.js';
export { ReconciliationModule } from './reconciliation.module.js';
export {
  ReconciliationDays,
  type DayExceptions,
  type DayFigures,
  type RunOfDays,
} from './reconciliation-days.read.js';
export { RECONCILIATION_STATES, type ReconciliationState } from './reconciliation.lifecycle.js';
export {
  ReconciliationRead,
  type BucketTotal,
  type EntryRow,
  type ReconciliationRow,
  type StatementRow,
} from './reconciliation.read.js';
export { LONGEST_SPAN_DAYS } from './span.rules.js';
export { StatementRead, type KnownStatementRow } from './statement.read.js';
export { RequestReconciliation } from './request-reconciliation.js';
export { RunReconciliation } from './run-reconciliation.js';
export type { FetchedStatement } from './take-over-statement.js';
