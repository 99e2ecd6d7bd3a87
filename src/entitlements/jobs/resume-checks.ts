import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { Sweeper } from '../../platform/queue/index.js';
import { CHECK_SILENT_MS } from '../check.store.js';
import { importReceived } from '../entitlements.events.js';
import { silentChecks } from '../import.read.js';

const SWEEP_EVERY_MS = 30_000;
const IMPORTS_PER_SWEEP = 20;

/** Tells again of lists whose check has died with its process. */
@Sweeper({ name: 'entitlements.resume-checks', everyMs: SWEEP_EVERY_MS })
@Injectable()
export class ResumeChecks {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<void> {
    await this.database.transaction(async (tx) => {
      const since = new Date(this.clock.now().getTime() - CHECK_SILENT_MS);
      const silent = await silentChecks(tx, { since, limit: IMPORTS_PER_SWEEP });
      for (const importId of silent) await this.outbox.publish(tx, importReceived, { importId });
    });
  }
}
