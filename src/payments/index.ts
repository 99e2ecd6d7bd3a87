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
export { DoubtAfterRestore, type RestoredRun } from './doubt-after-restore.js';
export {
  DoubtReads,
  type DoubtAge,
  type DoubtRow,
  type EnquiryEntry,
  type RulingOfPayment,
  type SendingEntry,
} from './doubt.read.js';
export {
  mayBeRuledFor,
  MOST_PAYMENTS_OF_A_RULING,
  rejectableFrom,
  type RulingOutcome,
} from './doubt.rules.js';
export { EVIDENCE_MAX_BYTES, EVIDENCE_TYPES } from './evidence.rules.js';
export type { FailedCause } from './failed-cause.rules.js';
export type { FailedChoice } from './failed-choice.read.js';
export {
  FailedPaymentReads,
  type FailedPlace,
  type FailedRow,
  type WithheldRow,
} from './failed-payment.read.js';
export { HandOverAlarms } from './hand-over-alarms.js';
export { HandOverList, type HandedOver } from './hand-over-list.js';
export {
  HAND_OVER_STATES,
  HandOverReads,
  TO_CARRY,
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
export { paymentLifecycle, type PaymentState, UNFINISHED_STATES } from './payment.lifecycle.js';
export {
  PaymentReads,
  type PaymentRow,
  type AttemptEntry,
  type HistoryEntry,
} from './payment.read.js';
export { paymentsOfPerson, totalsOfPerson, type PersonPayment } from './payments-of-person.read.js';
export {
  FOUND_COUNT_MOST,
  LISTED_COUNT_MOST,
  PaymentList,
  type ListedPayment,
  type PaymentListFilter,
} from './payment-list.read.js';
export { paymentNotFound, runNotFound } from './payments.errors.js';
export { paymentsFailed } from './payments.events.js';
export { waitText } from './wait.texts.js';
export { PostedPayments, type PostedPayment } from './posted.read.js';
export { PaymentsModule } from './payments.module.js';
export { PAYMENTS_BY_MONTH } from './payments.partitions.js';
export { ProposeRuling, type RulingOrder } from './propose-ruling.js';
export { PaymentRates, type FailureRate, type LateSettlements } from './rate-alarms.read.js';
export { RecordOutcomes, type OutcomeItem, type RecordedOutcome } from './record-outcomes.js';
export { RefuseRuling } from './refuse-ruling.js';
export {
  ReissueOrderReads,
  type ReissuedInto,
  type ReissueOrderRow,
  type StayedRow,
} from './reissue-order.read.js';
export { ReissuePayments, type Reissued } from './reissue-payments.js';
export type { NotYet } from './reissue.rules.js';
export { MOST_REISSUED, ReissueSelected, type SelectedOrder } from './reissue-selected.js';
export { rulingLifecycle, type RulingState } from './ruling.lifecycle.js';
export {
  RulingReads,
  type RulingEvent,
  type RulingItem,
  type RulingSummary,
} from './ruling.read.js';
export { runLifecycle, type RunState } from './run.lifecycle.js';
export { standingOf, type RunPart, type RunStanding } from './run-figures.rules.js';
export {
  RunReads,
  type RunEvent,
  type RunSummary,
  type StateFigures,
  type WaitingGroup,
} from './run.read.js';
export { SignRuling, type SignedRuling } from './sign-ruling.js';
export { SubmissionRings } from './submission-rings.js';
export { VerifyBooks, type BooksFault } from './verify-books.read.js';
export { WithdrawList } from './withdraw-list.js';
export { WithdrawRuling } from './withdraw-ruling.js';
export {
  BankWorkReads,
  COUNTED_MOST,
  TALLIED_CALLS,
  type BankCallRow,
  type BankWork,
  type CallKey,
  type CallTally,
} from './bank-work.read.js';
