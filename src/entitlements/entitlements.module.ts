import { tmpdir } from 'node:os';
import { Module } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { BeneficiariesModule } from '../beneficiaries/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { AppConfig } from '../platform/config/index.js';
import { ApplyImport } from './apply-import.js';
import { CheckImport } from './check-import.js';
import { CorrectCell } from './correct-cell.js';
import { EndEntitlement } from './end-entitlement.js';
import { EntitlementsController } from './http/entitlements.controller.js';
import { ImportResultsController } from './http/import-results.controller.js';
import { ImportsController } from './http/imports.controller.js';
import { CheckReceived } from './jobs/check-received.js';
import { ResumeChecks } from './jobs/resume-checks.js';
import { MapColumns } from './map-columns.js';
import { MarkList } from './mark-list.js';
import { EntitlementMoves } from './move-entitlements.js';
import { ReceiveImport } from './receive-import.js';
import { RefuseImport } from './refuse-import.js';
import { ShowHeadings } from './show-headings.js';

/** Who is owed what and by which decision. Needs the platform, audit and identity modules beside it. */
@Module({
  imports: [
    BeneficiariesModule,
    OrganisationModule,
    MulterModule.registerAsync({
      inject: [AppConfig],
      useFactory: (config: AppConfig) => ({
        dest: tmpdir(),
        // File names of Vietnamese offices come as UTF-8.
        defParamCharset: 'utf8',
        limits: { fileSize: config.settings.UPLOAD_MAX_BYTES, files: 1, fields: 20 },
      }),
    }),
  ],
  controllers: [ImportsController, ImportResultsController, EntitlementsController],
  providers: [
    ApplyImport,
    CheckImport,
    CheckReceived,
    CorrectCell,
    EndEntitlement,
    EntitlementMoves,
    MapColumns,
    MarkList,
    ReceiveImport,
    RefuseImport,
    ResumeChecks,
    ShowHeadings,
  ],
  exports: [
    ApplyImport,
    CheckImport,
    CorrectCell,
    EndEntitlement,
    EntitlementMoves,
    MapColumns,
    MarkList,
    ReceiveImport,
    RefuseImport,
    ShowHeadings,
  ],
})
export class EntitlementsModule {}
