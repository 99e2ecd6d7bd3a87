import { Module } from '@nestjs/common';
import { HomePages } from './home/home.controller.js';
import { LiveStreams, Viewers } from './kit/index.js';
import { SessionPages } from './session/session.controller.js';
import { UnknownPages } from './session/unknown.controller.js';

/** The officers' pages. Stands above all modules; `UnknownPages` answers what nobody else does, and comes last. */
@Module({
  controllers: [SessionPages, HomePages, UnknownPages],
  providers: [Viewers, LiveStreams],
})
export class ConsoleModule {}
