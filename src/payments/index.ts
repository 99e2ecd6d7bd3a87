export {
  PaymentAlarms,
  type ConflictGroup,
  type FailedGroup,
  type LateRun,
  type MissingRail,
  type MissingRun,
  type StoppedRun,
  type UnknownGroup,
  type UntakenWork,
} from './alarm.read.js';
export { bankQueueName, bankQueueSpec } from './bank-queue.js';
export {
  BankWorkReads,
  COUNTED_MOST,
  TALLIED_CALLS,
  type BankCallRow,
  type BankWork,
  type CallKey,
  type CallTally,
} from './bank-work.read.js';
export { DoubtReads, type DoubtRow, type EnquiryEntry } from './doubt.read.js';
export { HandOverAlarms } from './hand-over-alarms.js';
export { HandOverList } from './hand-over-list.js';
export {
  HAND_OVER_STATES,
  HandOverReads,
  type HandOverRow,
  type HandOverState,
  type WaitingLists,
} from './hand-over.read.js';
export { isCarriedByPeople } from './hand-over.rules.js';
export {
  HeldBanks,
  type PausedBank,
  type SwitchedOffBank,
  type UnreachableBank,
} from './held-banks.read.js';
export { OperateRun } from './operate-run.js';
export { paymentLifecycle, type PaymentState } from './payment.lifecycle.js';
export { PaymentReads, type PaymentRow } from './payment.read.js';
export { paymentsFailed } from './payments.events.js';
export { waitText } from './wait.texts.js';
export { PostedPayments, type PostedPayment } from './posted.read.js';
export { PaymentsModule } from './payments.module.js';
export { ProposeRuling, type RulingOrder } from './propose-ruling.js';
export { RecordOutcomes, type OutcomeItem, type RecordedOutcome } from './record-outcomes.js';
export { RefuseRuling } from './refuse-ruling.js';
export { ReissuePayments, type Reissued } from './reissue-payments.js';
export { rulingLifecycle, type RulingState } from './ruling.lifecycle.js';
export { RulingReads, type RulingItem, type RulingSummary } from './ruling.read.js';
export { runLifecycle, type RunState } from './run.lifecycle.js';
export { RunReads, type RunSummary, type StateFigures } from './run.read.js';
export { SignRuling, type SignedRuling } from './sign-ruling.js';
export { VerifyBooks, type BooksFault } from './verify-books.read.js';
export { WithdrawList } from './withdraw-list.js';
export { WithdrawRuling } from './withdraw-ruling.js';
