import { Module } from '@nestjs/common';
import { HomePages } from './home/home.controller.js';
import { ImportCellPages } from './imports/import-cells.controller.js';
import { ImportListPages } from './imports/import-list.controller.js';
import { ImportPages } from './imports/import.controller.js';
import { EntitlementsModule } from '../entitlements/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { ReportsModule } from '../reports/index.js';
import { LiveStreams, Names, Viewers } from './kit/index.js';
import { SessionPages } from './session/session.controller.js';
import { UnknownPages } from './session/unknown.controller.js';

/** The officers' pages. Stands above all modules; `UnknownPages` answers what nobody else does, and comes last. */
@Module({
  imports: [EntitlementsModule, OrganisationModule, ReportsModule],
  controllers: [
    SessionPages,
    HomePages,
    ImportListPages,
    ImportPages,
    ImportCellPages,
    UnknownPages,
  ],
  providers: [Viewers, Names, LiveStreams],
})
export class ConsoleModule {}
