import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import type { AuditRecord } from './audit-record.js';
import { appendEntry } from './audit.store.js';

export type { AuditRecord } from './audit-record.js';

/** The one door of the trail. Written in the use case's own transaction: the act and its trace stand or fall together. */
@Injectable()
export class AuditTrail {
  constructor(private readonly clock: Clock) {}

  async record(tx: Tx, record: AuditRecord): Promise<void> {
    await appendEntry(tx, this.clock.now(), record);
  }
}
