import { Module } from '@nestjs/common';
import { BeneficiariesModule } from '../beneficiaries/index.js';
import { EntitlementsModule } from '../entitlements/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { AppConfig } from '../platform/config/index.js';
import { AssembleBatch } from './assemble-batch.js';
import { AssembleFollowUp } from './assemble-follow-up.js';
import { BatchGate } from './batch-gate.js';
import { BatchSettings } from './batch.settings.js';
import { CancelBatch } from './cancel-batch.js';
import { FillDraft } from './fill-draft.js';
import { BatchAccountChecksController } from './http/batch-account-checks.controller.js';
import { BatchLinesController } from './http/batch-lines.controller.js';
import { BatchesController } from './http/batches.controller.js';
import { LookAtAccounts } from './look-at-accounts.js';
import { NamedTotals } from './named-totals.js';
import { ProposeBatch } from './propose-batch.js';
import { RebuildBatch } from './rebuild-batch.js';
import { RemoveLines } from './remove-lines.js';
import { RequestChecks } from './request-checks.js';
import { SignedChanges } from './signed-changes.js';
import { SignedLines } from './signed-lines.js';
import { ViewBatches } from './view-batches.js';

const PUBLISHED = [
  AssembleBatch,
  AssembleFollowUp,
  BatchGate,
  CancelBatch,
  ProposeBatch,
  RebuildBatch,
  RemoveLines,
  RequestChecks,
  SignedChanges,
  SignedLines,
  ViewBatches,
];

@Module({
  imports: [BeneficiariesModule, EntitlementsModule, OrganisationModule],
  controllers: [BatchesController, BatchLinesController, BatchAccountChecksController],
  providers: [
    ...PUBLISHED,
    FillDraft,
    LookAtAccounts,
    NamedTotals,
    {
      provide: BatchSettings,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => BatchSettings.load(config),
    },
  ],
  exports: PUBLISHED,
})
export class BatchesModule {}
