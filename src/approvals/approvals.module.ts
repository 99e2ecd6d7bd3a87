import { Module } from '@nestjs/common';
import { BatchesModule } from '../batches/index.js';
import { OrganisationModule, Programmes } from '../organisation/index.js';
import { AppConfig } from '../platform/config/index.js';
import { ApprovalChains } from './approval-chains.js';
import { ReturnBatch } from './return-batch.js';
import { SignBatch } from './sign-batch.js';
import { SigningDesk } from './signing-desk.js';

const PUBLISHED = [SignBatch, ReturnBatch];

@Module({
  imports: [BatchesModule, OrganisationModule],
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
