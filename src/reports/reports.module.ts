import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/index.js';
import { ApprovalsModule } from '../approvals/index.js';
import { AuditModule } from '../audit/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { AppConfig } from '../platform/config/index.js';
import { MonthMoneyRead } from './month-money.read.js';
import { ReportSettings } from './report.settings.js';
import { TakeExport } from './take-export.js';
import { ViewHome } from './view-home.js';
import { WaitingForYou } from './waiting-for-you.js';
import { WaitingRead } from './waiting.read.js';

/** Questions across the pipeline; reads only. */
@Module({
  imports: [AlertsModule, ApprovalsModule, AuditModule, OrganisationModule],
  providers: [
    MonthMoneyRead,
    TakeExport,
    ViewHome,
    WaitingForYou,
    WaitingRead,
    {
      provide: ReportSettings,
      inject: [AppConfig],
      useFactory: (config: AppConfig) => ReportSettings.load(config),
    },
  ],
  exports: [ReportSettings, TakeExport, ViewHome, WaitingForYou],
})
export class ReportsModule {}
