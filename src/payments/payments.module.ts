import { Module } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { AuditModule } from '../audit/index.js';
import { BankFilesModule } from '../banks/index.js';
import { BatchesModule } from '../batches/index.js';
import { BeneficiariesModule } from '../beneficiaries/index.js';
import { EntitlementsModule } from '../entitlements/index.js';
import { LedgerModule } from '../ledger/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { PaymentAlarms } from './alarm.read.js';
import { BankWorkReads } from './bank-work.read.js';
import { CheckHandOut } from './check-hand-out.js';
import { ClaimSubmissions } from './claim-submissions.js';
import { CheckSigned } from './check-signed.js';
import { CreateRun } from './create-run.js';
import { DoubtAfterRestore } from './doubt-after-restore.js';
import { DoubtReads } from './doubt.read.js';
import { AskAfterAccepted } from './ask-after-accepted.js';
import { EnquirePayments } from './enquire-payments.js';
import { EVIDENCE_MAX_BYTES } from './evidence.rules.js';
import { FailedPaymentReads } from './failed-payment.read.js';
import { HandOverAlarms } from './hand-over-alarms.js';
import { HandOverList } from './hand-over-list.js';
import { HandOverReads } from './hand-over.read.js';
import { HeldBanks } from './held-banks.read.js';
import { DoubtRulingsController } from './http/doubt-rulings.controller.js';
import { DoubtsController } from './http/doubts.controller.js';
import { HandOversController } from './http/hand-overs.controller.js';
import { PaymentsController } from './http/payments.controller.js';
import { RunsController } from './http/runs.controller.js';
import { SweepPayments } from './jobs/sweep-payments.js';
import { OperateRun } from './operate-run.js';
import { OutcomeMetrics } from './outcome.metrics.js';
import { PaymentBooks } from './payment-books.js';
import { PaymentFigures } from './payment-figures.read.js';
import { PaymentMetrics } from './payment.metrics.js';
import { PaymentList } from './payment-list.read.js';
import { PaymentReads } from './payment.read.js';
import { PostedPayments } from './posted.read.js';
import { ProposeRuling } from './propose-ruling.js';
import { RecordAttempt } from './record-attempt.js';
import { PaymentRates } from './rate-alarms.read.js';
import { RecordOutcomes } from './record-outcomes.js';
import { RefuseRuling } from './refuse-ruling.js';
import { RailGate } from './rail-gate.js';
import { ReissuePayments } from './reissue-payments.js';
import { ReissueOrderReads } from './reissue-order.read.js';
import { ReissueSelected } from './reissue-selected.js';
import { RulingReads } from './ruling.read.js';
import { RunReads } from './run.read.js';
import { SendSubmission } from './send-submission.js';
import { SignRuling } from './sign-ruling.js';
import { SubmissionRings } from './submission-rings.js';
import { VerifyBooks } from './verify-books.read.js';
import { WithdrawList } from './withdraw-list.js';
import { WithdrawRuling } from './withdraw-ruling.js';

/** Payments born of approved lines, carried to the banks exactly once, followed to their end. */
@Module({
  imports: [
    AuditModule,
    BankFilesModule,
    LedgerModule,
    OrganisationModule,
    BeneficiariesModule,
    EntitlementsModule,
    BatchesModule,
    // Evidence is small: it is held in memory, in one part, and never touches the disk.
    MulterModule.register({
      defParamCharset: 'utf8',
      limits: { fileSize: EVIDENCE_MAX_BYTES, files: 1, fields: 10 },
    }),
  ],
  controllers: [
    RunsController,
    PaymentsController,
    DoubtsController,
    DoubtRulingsController,
    HandOversController,
  ],
  providers: [
    BankWorkReads,
    CheckHandOut,
    CheckSigned,
    CreateRun,
    DoubtAfterRestore,
    DoubtReads,
    AskAfterAccepted,
    EnquirePayments,
    FailedPaymentReads,
    HandOverAlarms,
    HandOverList,
    HandOverReads,
    HeldBanks,
    OperateRun,
    OutcomeMetrics,
    PaymentAlarms,
    PaymentBooks,
    PaymentFigures,
    PaymentList,
    PaymentMetrics,
    PaymentRates,
    PaymentReads,
    PostedPayments,
    ProposeRuling,
    RailGate,
    RecordAttempt,
    RecordOutcomes,
    RefuseRuling,
    ReissueOrderReads,
    ReissuePayments,
    ReissueSelected,
    RulingReads,
    RunReads,
    ClaimSubmissions,
    SendSubmission,
    SignRuling,
    SubmissionRings,
    SweepPayments,
    VerifyBooks,
    WithdrawList,
    WithdrawRuling,
  ],
  exports: [
    BankWorkReads,
    DoubtAfterRestore,
    DoubtReads,
    FailedPaymentReads,
    HandOverAlarms,
    HandOverList,
    HandOverReads,
    HeldBanks,
    OperateRun,
    PaymentAlarms,
    PaymentList,
    PaymentRates,
    PaymentReads,
    PostedPayments,
    ProposeRuling,
    RecordOutcomes,
    RefuseRuling,
    ReissueOrderReads,
    ReissuePayments,
    ReissueSelected,
    RulingReads,
    RunReads,
    SignRuling,
    SubmissionRings,
    VerifyBooks,
    WithdrawList,
    WithdrawRuling,
  ],
})
export class PaymentsModule {}
