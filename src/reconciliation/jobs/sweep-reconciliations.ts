import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import { Sweeper } from '../../platform/queue/index.js';
import { dueReconciliations } from '../reconciliation.store.js';
import { RunReconciliation } from '../run-reconciliation.js';
import { breakForsaken } from '../statement.store.js';

const FORSAKEN_AFTER_MS = 3600_000;

/** Takes up reconciliations whose job died or whose bank gave no statement the last time. */
@Sweeper({ name: 'reconciliation', everyMs: 5_000 })
@Injectable()
export class SweepReconciliations {
  constructor(
    private readonly database: Database,
    private readonly reconciliation: RunReconciliation,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<void> {
    const at = this.clock.now();
    const startedBefore = new Date(at.getTime() - FORSAKEN_AFTER_MS);
    await this.database.transaction((tx) => breakForsaken(tx, { startedBefore, at }));
    for (const id of await dueReconciliations(this.database.reader, at)) {
      await this.reconciliation.run(id);
    }
  }
}
