import { Global, Module } from '@nestjs/common';
import { AuditTrail } from './audit-trail.js';

/** Global: every module's use cases write the trail. */
@Global()
@Module({ providers: [AuditTrail], exports: [AuditTrail] })
export class AuditModule {}
