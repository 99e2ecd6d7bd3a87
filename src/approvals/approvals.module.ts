import { Module } from '@nestjs/common';
import { BatchesModule } from '../batches/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OrganisationModule, Programmes } from '../organisation/index.js';
import { AppConfig } from '../platform/config/index.js';
import { ApprovalChains } from './approval-chains.js';
import { ApprovalsController } from './http/approvals.controller.js';
import { ReturnBatch } from './return-batch.js';
import { SignBatch } from './sign-batch.js';
import { SigningDesk } from './signing-desk.js';
import { ViewFunds } from './view-funds.js';
import { ViewRounds } from './view-rounds.js';

const PUBLISHED = [SignBatch, ReturnBatch, ViewFunds, ViewRounds];

@Module({
  imports: [BatchesModule, LedgerModule, OrganisationModule],
  controllers: [ApprovalsController],
  providers: [
    ...PUBLISHED,
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
