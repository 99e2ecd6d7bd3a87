export { PaymentProofs, type PaymentProof } from './payment-proofs.read.js';
export { upcoming, type Deadline } from './deadline.rules.js';
export { statesOf, TERMS, type Equation, type Figure, type Term } from './equation.rules.js';
export type { FailureRow, RunUnderWay } from './month-money.read.js';
export { DIMENSIONS, type Dimension, type PaymentsFilter } from './payments-report.read.js';
export { REASON_TEXTS } from './reason.texts.js';
export { ReportSettings, type Target } from './report.settings.js';
export { ReportsModule } from './reports.module.js';
export { TakeExport, type ExportOrder, type TakenExport } from './take-export.js';
export {
  UNPAID_REASONS,
  type UnpaidFilter,
  type UnpaidReason,
  type UnpaidRow,
} from './unpaid.read.js';
export { ViewCashless, type CashlessReport, type TrendPoint } from './view-cashless.js';
export { ViewHome, type Home, type MoneyOf, type MonthMoney } from './view-home.js';
export { ViewPaymentsReport, type PaymentsReport, type ReportRow } from './view-payments-report.js';
export { ViewUnpaid, type UnpaidByReason, type UnpaidTotals } from './view-unpaid.js';
export {
  WAITING_KINDS,
  WaitingForYou,
  type WaitingItem,
  type WaitingKind,
} from './waiting-for-you.js';
export {
  CASHLESS_GROUPS,
  type CashlessCounts,
  type CashlessFilter,
  type CashlessGroup,
  type CashPerson,
} from './cashless.read.js';
export { MEASURES, type CommuneShares, type Measure } from './cashless.rules.js';
