import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/index.js';
import { ApprovalsModule } from '../approvals/index.js';
import { AuditModule } from '../audit/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { PaymentsModule } from '../payments/index.js';
import { AppConfig } from '../platform/config/index.js';
import { CashlessRead } from './cashless.read.js';
import { StreamController } from './http/stream.controller.js';
import { LiveEvents } from './live-events.js';
import { MonthMoneyRead } from './month-money.read.js';
import { PaymentProofs } from './payment-proofs.read.js';
import { PaymentsReportRead } from './payments-report.read.js';
import { ReportSettings } from './report.settings.js';
import { SweepDigests } from './jobs/sweep-digests.js';
import { ReturnedRead } from './returned.read.js';
import { TakeExport } from './take-export.js';
import { UnpaidRead } from './unpaid.read.js';
import { ViewCashless } from './view-cashless.js';
import { ViewHome } from './view-home.js';
import { ViewPaymentsReport } from './view-payments-report.js';
import { ViewUnpaid } from './view-unpaid.js';
import { WriteDigests } from './write-digests.js';
import { WaitingForYou } from './waiting-for-you.js';
import { WaitingRead } from './waiting.read.js';

const PUBLISHED = [
  PaymentProofs,
  TakeExport,
  ViewCashless,
  ViewHome,
  ViewPaymentsReport,
  ViewUnpaid,
  WaitingForYou,
];

/** Questions across the pipeline; reads only. */
@Module({
  imports: [AlertsModule, ApprovalsModule, AuditModule, OrganisationModule, PaymentsModule],
  controllers: [StreamController],
  providers: [
    ...PUBLISHED,
    CashlessRead,
    LiveEvents,
    MonthMoneyRead,
    ReturnedRead,
    SweepDigests,
    WriteDigests,
    PaymentsReportRead,
    UnpaidRead,
    WaitingRead,
    {
      provide: ReportSettings,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => ReportSettings.load(config),
    },
  ],
  exports: [...PUBLISHED, ReportSettings],
})
export class ReportsModule {}
