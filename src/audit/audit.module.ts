import { Global, Module } from '@nestjs/common';
import { AuditReads } from './audit-list.read.js';
import { AuditTrail } from './audit-trail.js';
import { AuditController } from './http/audit.controller.js';
import { VerifyAudit } from './verify-audit.js';

/** Global: every module's use cases write the trail. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [AuditReads, AuditTrail, VerifyAudit],
  exports: [AuditReads, AuditTrail, VerifyAudit],
})
export class AuditModule {}
