import { tmpdir } from 'node:os';
import { Module } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { AuditModule } from '../audit/index.js';
import { BankFilesModule } from '../banks/index.js';
import { BeneficiariesModule } from '../beneficiaries/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { PaymentsModule } from '../payments/index.js';
import { CloseReconciliation } from './close-reconciliation.js';
import { DifferenceMetrics } from './difference.metrics.js';
import { DifferenceReads } from './difference.read.js';
import { ExceptionRead } from './exception.read.js';
import { ExplainExceptions } from './explain-exceptions.js';
import { FetchStatement } from './fetch-statement.js';
import { FileEffects } from './file-effects.read.js';
import { FindUnproven } from './find-unproven.js';
import { BankFilesController } from './http/bank-files.controller.js';
import { ExceptionsController } from './http/exceptions.controller.js';
import { ReconciliationController } from './http/reconciliation.controller.js';
import { StatementsController } from './http/statements.controller.js';
import { RunRequestedReconciliation } from './jobs/run-requested-reconciliation.js';
import { SweepReconciliations } from './jobs/sweep-reconciliations.js';
import { SweepUnproven } from './jobs/sweep-unproven.js';
import { MatchEntries } from './match-entries.js';
import { NoteException } from './note-exception.js';
import { OwnException } from './own-exception.js';
import { ProofRead } from './proof.read.js';
import { ReadStatementPages } from './read-statement-pages.js';
import { ReceiveStatement } from './receive-statement.js';
import { ReconciliationMetrics } from './reconciliation.metrics.js';
import { ReconciliationDays } from './reconciliation-days.read.js';
import { ReconciliationRead } from './reconciliation.read.js';
import { RequestReconciliation } from './request-reconciliation.js';
import { RunReconciliation } from './run-reconciliation.js';
import { StatementRead } from './statement.read.js';
import { TakeBankStatements } from './take-bank-statements.js';
import { TakeOverStatement } from './take-over-statement.js';

/** Our books against the banks' statements. */
@Module({
  imports: [
    AuditModule,
    BankFilesModule,
    BeneficiariesModule,
    OrganisationModule,
    PaymentsModule,
    MulterModule.register({ dest: tmpdir(), defParamCharset: 'utf8' }),
  ],
  controllers: [
    BankFilesController,
    ReconciliationController,
    StatementsController,
    ExceptionsController,
  ],
  providers: [
    CloseReconciliation,
    DifferenceMetrics,
    DifferenceReads,
    ExceptionRead,
    ExplainExceptions,
    FetchStatement,
    FileEffects,
    FindUnproven,
    MatchEntries,
    NoteException,
    OwnException,
    ProofRead,
    ReadStatementPages,
    ReceiveStatement,
    RequestReconciliation,
    RunReconciliation,
    ReconciliationDays,
    ReconciliationRead,
    ReconciliationMetrics,
    RunRequestedReconciliation,
    StatementRead,
    SweepReconciliations,
    SweepUnproven,
    TakeBankStatements,
    TakeOverStatement,
  ],
  exports: [
    CloseReconciliation,
    ExceptionRead,
    ExplainExceptions,
    FetchStatement,
    FileEffects,
    FindUnproven,
    MatchEntries,
    ProofRead,
    NoteException,
    OwnException,
    ReceiveStatement,
    RequestReconciliation,
    RunReconciliation,
    ReconciliationDays,
    ReconciliationRead,
    StatementRead,
  ],
})
export class ReconciliationModule {}
