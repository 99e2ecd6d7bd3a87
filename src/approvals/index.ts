export type { ChainStep } from './approval-chains.js';
export { ApprovalsModule } from './approvals.module.js';
export { batchApproved } from './approvals.events.js';
export { MakeTreasuryPaper, type MadePaper, type PaperFormat } from './make-treasury-paper.js';
export { ReturnBatch } from './return-batch.js';
export { SignBatch, type Seen, type SignOrder, type SignResult } from './sign-batch.js';
export type { GivenApproval, GivenSignature, SignableBatch } from './round.read.js';
export { ViewRounds, type Competence, type RoundDetail, type RoundView } from './view-rounds.js';
export { ViewFunds, type BatchFunds } from './view-funds.js';
