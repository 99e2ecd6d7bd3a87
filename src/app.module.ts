import { Module, type DynamicModule } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AuditModule } from './audit/index.js';
import { BankFilesModule, BanksModule, type BankRegistry } from './banks/index.js';
import { AccountChecksModule, BeneficiariesModule } from './beneficiaries/index.js';
import { ENTITLEMENTS_BY_MONTH, EntitlementsModule } from './entitlements/index.js';
import { BatchesModule } from './batches/index.js';
import { ApprovalsModule } from './approvals/index.js';
import { PAYMENTS_BY_MONTH, PaymentsModule, bankQueueSpec } from './payments/index.js';
import { SETTLEMENTS_BY_MONTH, SettlementsModule } from './settlements/index.js';
import { ReconciliationModule } from './reconciliation/index.js';
import { AlertsModule } from './alerts/index.js';
import { ConsoleModule } from './console/index.js';
import { ReportsModule } from './reports/index.js';
import { IdentityModule } from './identity/index.js';
import type { Clock } from './kernel/index.js';
import { LedgerModule } from './ledger/index.js';
import { OrganisationModule } from './organisation/index.js';
import type { AppConfig } from './platform/config/index.js';
import { HealthModule } from './platform/health/index.js';
import { HttpModule } from './platform/http/index.js';
import { PartitionsModule } from './platform/partitions/index.js';
import { PlatformModule } from './platform/platform.module.js';
import { QueueModule, type QueueBackend } from './platform/queue/index.js';

/** What must be open before Nest puts the program together. */
export interface AppParts {
  readonly config: AppConfig;
  readonly source: DataSource;
  readonly clock: Clock;
  readonly banks: BankRegistry;
  readonly queueBackend: QueueBackend;
}

/** The whole program, in the order the money walks. Every role has all of it; roles differ in what they run. */
@Module({})
export class AppModule {
  static register(parts: AppParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        // Out of order: banks knock thousands of times a second, and routes are looked through as they stand here.
        SettlementsModule,
        PlatformModule.register(parts),
        QueueModule.register({
          backend: parts.queueBackend,
          specs: parts.banks.all().map(bankQueueSpec),
        }),
        PartitionsModule.register([
          ...PAYMENTS_BY_MONTH,
          ...ENTITLEMENTS_BY_MONTH,
          ...SETTLEMENTS_BY_MONTH,
        ]),
        HttpModule,
        HealthModule,
        AuditModule,
        IdentityModule,
        OrganisationModule,
        LedgerModule,
        BanksModule.register(parts.banks),
        BankFilesModule,
        BeneficiariesModule,
        AccountChecksModule,
        EntitlementsModule,
        BatchesModule,
        ApprovalsModule,
        PaymentsModule,
        ReconciliationModule,
        AlertsModule,
        ReportsModule,
        ConsoleModule,
      ],
    };
  }
}
