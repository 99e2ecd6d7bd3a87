import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { PaymentsModule } from '../payments/index.js';
import { FetchStatement } from './fetch-statement.js';
import { ReconciliationController } from './http/reconciliation.controller.js';
import { RunRequestedReconciliation } from './jobs/run-requested-reconciliation.js';
import { SweepReconciliations } from './jobs/sweep-reconciliations.js';
import { MatchEntries } from './match-entries.js';
import { ReconciliationMetrics } from './reconciliation.metrics.js';
import { ReconciliationRead } from './reconciliation.read.js';
import { RequestReconciliation } from './request-reconciliation.js';
import { RunReconciliation } from './run-reconciliation.js';

/** Our books against the banks' statements. */
@Module({
  imports: [AuditModule, PaymentsModule],
  controllers: [ReconciliationController],
  providers: [
    FetchStatement,
    MatchEntries,
    RequestReconciliation,
    RunReconciliation,
    ReconciliationRead,
    ReconciliationMetrics,
    RunRequestedReconciliation,
    SweepReconciliations,
  ],
  exports: [
    FetchStatement,
    MatchEntries,
    RequestReconciliation,
    RunReconciliation,
    ReconciliationRead,
  ],
})
export class ReconciliationModule {}
