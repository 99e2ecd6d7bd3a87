import { Module } from '@nestjs/common';
import { BatchesModule } from '../batches/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OrganisationModule, Programmes } from '../organisation/index.js';
import { AppConfig } from '../platform/config/index.js';
import { ApprovalChains } from './approval-chains.js';
import { ApprovalsController } from './http/approvals.controller.js';
import { TreasuryPaperController } from './http/treasury-paper.controller.js';
import { MakeTreasuryPaper } from './make-treasury-paper.js';
import { ReturnBatch } from './return-batch.js';
import { SignBatch } from './sign-batch.js';
import { SignedPaper } from './signed-paper.js';
import { SigningDesk } from './signing-desk.js';
import { ViewFunds } from './view-funds.js';
import { ViewRounds } from './view-rounds.js';

const PUBLISHED = [SignBatch, ReturnBatch, MakeTreasuryPaper, ViewFunds, ViewRounds];

@Module({
  imports: [BatchesModule, LedgerModule, OrganisationModule],
  controllers: [ApprovalsController, TreasuryPaperController],
  providers: [
    ...PUBLISHED,
    SignedPaper,
    SigningDesk,
    {
      provide: ApprovalChains,
      inject: [AppConfig, Programmes],
      useFactory: (config: AppConfig, programmes: Programmes) =>
        ApprovalChains.load(config, programmes),
    },
  ],
  exports: PUBLISHED,
})
export class ApprovalsModule {}
