import { Global, Module } from '@nestjs/common';
import { AuditTrail } from './audit-trail.js';
import { AuditController } from './http/audit.controller.js';
import { VerifyAudit } from './verify-audit.js';

/** Global: every module's use cases write the trail. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [AuditTrail, VerifyAudit],
  exports: [AuditTrail, VerifyAudit],
})
export class AuditModule {}
