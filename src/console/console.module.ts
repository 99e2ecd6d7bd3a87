import { tmpdir } from 'node:os';
import { Module } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { ApprovalsModule } from '../approvals/index.js';
import { BankFilesModule } from '../banks/index.js';
import { BatchesModule } from '../batches/index.js';
import { BeneficiariesModule } from '../beneficiaries/index.js';
import { EntitlementsModule } from '../entitlements/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { PaymentsModule } from '../payments/index.js';
import { ReconciliationModule } from '../reconciliation/index.js';
import { ReportsModule } from '../reports/index.js';
import { SettlementsModule } from '../settlements/index.js';
import { AppConfig } from '../platform/config/index.js';
import { ADMINISTRATION } from './administration.js';
import { BatchPartPages } from './batches/batch-parts.controller.js';
import { BatchPages } from './batches/batch.controller.js';
import { LineExports } from './batches/lines-export.controller.js';
import { ListExports } from './exports/list-exports.js';
import { FOLLOW_UP } from './follow-up.js';
import { HomePages } from './home/home.controller.js';
import { LiveStreams, Names, Viewers } from './kit/index.js';
import { LISTS_AND_PEOPLE } from './lists-and-people.js';
import { CodeNames } from './naming/code-names.js';
import { PaymentExports } from './payments/payment-export.controller.js';
import { PaymentPages } from './payments/payment.controller.js';
import { CashPeoplePages } from './reports/cash-people.controller.js';
import { CashlessPages } from './reports/cashless.controller.js';
import { PaymentsReportPages } from './reports/payments-report.controller.js';
import { ReportNames } from './reports/report-names.js';
import { ReportPages } from './reports/reports.controller.js';
import { UnpaidPages } from './reports/unpaid.controller.js';
import { RunPages } from './runs/run.controller.js';
import { WatchRuns } from './runs/watch-runs.js';
import { SessionPages } from './session/session.controller.js';
import { UnknownPages } from './session/unknown.controller.js';
import { SigningPages } from './signing/signing.controller.js';

/** The officers' pages. Stands above all modules; `UnknownPages` answers what nobody else does, and comes last. */
@Module({
  imports: [
    // Files go to disk, in one part; a route that takes smaller ones says so itself.
    MulterModule.registerAsync({
      inject: [AppConfig],
      useFactory: (config: AppConfig) => ({
        dest: tmpdir(),
        defParamCharset: 'utf8',
        limits: { fileSize: config.settings.UPLOAD_MAX_BYTES, files: 1, fields: 20 },
      }),
    }),
    ...ADMINISTRATION.imports,
    ...FOLLOW_UP.imports,
    ApprovalsModule,
    BankFilesModule,
    BatchesModule,
    BeneficiariesModule,
    EntitlementsModule,
    OrganisationModule,
    PaymentsModule,
    ReconciliationModule,
    ReportsModule,
    SettlementsModule,
  ],
  controllers: [
    SessionPages,
    HomePages,
    BatchPages,
    BatchPartPages,
    LineExports,
    SigningPages,
    RunPages,
    PaymentExports,
    PaymentPages,
    ReportPages,
    PaymentsReportPages,
    CashlessPages,
    CashPeoplePages,
    UnpaidPages,
    ...ADMINISTRATION.controllers,
    ...LISTS_AND_PEOPLE,
    ...FOLLOW_UP.controllers,
    UnknownPages,
  ],
  providers: [
    Viewers,
    Names,
    LiveStreams,
    ListExports,
    WatchRuns,
    CodeNames,
    ReportNames,
    ...ADMINISTRATION.providers,
  ],
})
export class ConsoleModule {}
