export { AllotFunds, type AllotOrder } from './allot-funds.js';
export { FundControl, type FundNeed, type FundStanding } from './fund-control.js';
export {
  FundMovements,
  type MovementFilter,
  type MovementRow,
  type PostingDetail,
} from './fund-movements.read.js';
export { FundPositions, type AllotmentRow, type FundPosition } from './fund-positions.read.js';
export { Ledger } from './ledger.js';
export { addsUp } from './position.rules.js';
export { noSuchAllotment, noSuchFund, noSuchPosting } from './ledger.errors.js';
export { monthsPromised } from './ledger.store.js';
export { LedgerModule } from './ledger.module.js';
export { STAGES, type Movement, type Stage } from './stages.js';
export { VerifyLedger, type LedgerFault } from './verify-ledger.read.js';
