import { Injectable } from '@nestjs/common';
import { VerifyAudit } from '../../audit/index.js';
import { Sweeper } from '../../platform/queue/index.js';

/** Recomputes the audit chain four times a day, so that an altered one alarms without being asked for. */
@Sweeper({ name: 'audit-chain', everyMs: 6 * 3_600_000 })
@Injectable()
export class SweepChain {
  constructor(private readonly audit: VerifyAudit) {}

  async sweep(): Promise<void> {
    await this.audit.verify();
  }
}
