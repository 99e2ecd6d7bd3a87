import { Module } from '@nestjs/common';
import { BeneficiariesModule } from '../beneficiaries/index.js';
import { OrganisationModule } from '../organisation/index.js';
import { PaymentsModule } from '../payments/index.js';
import { ReportsModule } from '../reports/index.js';
import { DoubtPages } from './doubts/doubts.controller.js';
import { RulingPages } from './doubts/rulings.controller.js';
import { HomePages } from './home/home.controller.js';
import { LiveStreams, Names, Viewers } from './kit/index.js';
import { MendOnePages } from './mending/mend-one.controller.js';
import { MendingPages } from './mending/mending.controller.js';
import { CodeNames } from './naming/code-names.js';
import { SessionPages } from './session/session.controller.js';
import { UnknownPages } from './session/unknown.controller.js';

/** The officers' pages. Stands above all modules; `UnknownPages` answers what nobody else does, and comes last. */
@Module({
  imports: [BeneficiariesModule, OrganisationModule, PaymentsModule, ReportsModule],
  controllers: [
    SessionPages,
    HomePages,
    MendOnePages,
    MendingPages,
    RulingPages,
    DoubtPages,
    UnknownPages,
  ],
  providers: [Viewers, Names, CodeNames, LiveStreams],
})
export class ConsoleModule {}
