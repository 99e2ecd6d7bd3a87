import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { BatchesModule } from '../batches/index.js';
import { BeneficiariesModule } from '../beneficiaries/index.js';
import { EntitlementsModule } from '../entitlements/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { PaymentAlarms } from './alarm.read.js';
import { CheckSigned } from './check-signed.js';
import { CreateRun } from './create-run.js';
import { EnquirePayments } from './enquire-payments.js';
import { PaymentsController } from './http/payments.controller.js';
import { RunsController } from './http/runs.controller.js';
import { SweepPayments } from './jobs/sweep-payments.js';
import { OperateRun } from './operate-run.js';
import { PaymentBooks } from './payment-books.js';
import { PaymentFigures } from './payment-figures.read.js';
import { PaymentMetrics } from './payment.metrics.js';
import { PaymentReads } from './payment.read.js';
import { RecordAttempt } from './record-attempt.js';
import { RecordOutcomes } from './record-outcomes.js';
import { ReissuePayments } from './reissue-payments.js';
import { RunReads } from './run.read.js';
import { SendSubmission } from './send-submission.js';
import { VerifyBooks } from './verify-books.js';

/** Payments born of approved lines, carried to the banks exactly once, followed to their end. */
@Module({
  imports: [
    AuditModule,
    LedgerModule,
    OrganisationModule,
    BeneficiariesModule,
    EntitlementsModule,
    BatchesModule,
  ],
  controllers: [RunsController, PaymentsController],
  providers: [
    CheckSigned,
    CreateRun,
    EnquirePayments,
    OperateRun,
    PaymentAlarms,
    PaymentBooks,
    PaymentFigures,
    PaymentMetrics,
    PaymentReads,
    RecordAttempt,
    RecordOutcomes,
    ReissuePayments,
    RunReads,
    SendSubmission,
    SweepPayments,
    VerifyBooks,
  ],
  exports: [
    OperateRun,
    PaymentAlarms,
    PaymentReads,
    RecordOutcomes,
    ReissuePayments,
    RunReads,
    VerifyBooks,
  ],
})
export class PaymentsModule {}
