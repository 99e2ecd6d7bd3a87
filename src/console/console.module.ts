import { Module } from '@nestjs/common';
import { HomePages } from './home/home.controller.js';
import { BeneficiariesModule } from '../beneficiaries/index.js';
import { PaymentsModule } from '../payments/index.js';
import { PeoplePages } from './beneficiaries/people.controller.js';
import { PersonActs } from './beneficiaries/person.controller.js';
import { EntitlementPages } from './entitlements/entitlement.controller.js';
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
  imports: [
    BeneficiariesModule,
    EntitlementsModule,
    OrganisationModule,
    PaymentsModule,
    ReportsModule,
  ],
  controllers: [
    SessionPages,
    HomePages,
    ImportListPages,
    ImportPages,
    ImportCellPages,
    EntitlementPages,
    PeoplePages,
    PersonActs,
    UnknownPages,
  ],
  providers: [Viewers, Names, LiveStreams],
})
export class ConsoleModule {}
