import { Module } from '@nestjs/common';
import { HomePages } from './home/home.controller.js';
import { OrganisationModule } from '../organisation/index.js';
import { ReportsModule } from '../reports/index.js';
import { LiveStreams, Names, Viewers } from './kit/index.js';
import { SessionPages } from './session/session.controller.js';
import { UnknownPages } from './session/unknown.controller.js';

/** The officers' pages. Stands above all modules; `UnknownPages` answers what nobody else does, and comes last. */
@Module({
  imports: [OrganisationModule, ReportsModule],
  controllers: [SessionPages, HomePages, UnknownPages],
  providers: [Viewers, Names, LiveStreams],
})
export class ConsoleModule {}
