import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { Ending } from './ending.js';
import { HealthController } from './health.controller.js';

@Module({
  imports: [TerminusModule.forRoot({ logger: false })],
  controllers: [HealthController],
  providers: [Ending],
})
export class HealthModule {}
