export {
  PaymentAlarms,
  type ConflictGroup,
  type FailedGroup,
  type LateRun,
  type MissingRun,
  type SilentBank,
  type StoppedRun,
  type UnknownGroup,
  type UntakenWork,
} from './alarm.read.js';
export { bankQueueName, bankQueueSpec } from './bank-queue.js';
export { OperateRun } from './operate-run.js';
export { paymentLifecycle, type PaymentState } from './payment.lifecycle.js';
export { PaymentReads, type PaymentRow } from './payment.read.js';
export { paymentsFailed } from './payments.events.js';
export { PaymentsModule } from './payments.module.js';
export { RecordOutcomes, type OutcomeItem, type RecordedOutcome } from './record-outcomes.js';
export { ReissuePayments, type Reissued } from './reissue-payments.js';
export { runLifecycle, type RunState } from './run.lifecycle.js';
export { RunReads, type RunSummary, type StateFigures } from './run.read.js';
export { VerifyBooks, type BooksFault } from './verify-books.js';
