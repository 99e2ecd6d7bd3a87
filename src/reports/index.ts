export type { Deadline } from './deadline.rules.js';
export { statesOf, TERMS, type Equation, type Figure, type Term } from './equation.rules.js';
export type { FailureRow, RunUnderWay } from './month-money.read.js';
export { ReportSettings, type Target } from './report.settings.js';
export { ReportsModule } from './reports.module.js';
export { TakeExport, type ExportOrder, type TakenExport } from './take-export.js';
export { ViewHome, type Home, type MoneyOf, type MonthMoney } from './view-home.js';
export {
  WAITING_KINDS,
  WaitingForYou,
  type WaitingItem,
  type WaitingKind,
} from './waiting-for-you.js';
