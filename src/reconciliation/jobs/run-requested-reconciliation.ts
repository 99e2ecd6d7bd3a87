import { Injectable } from '@nestjs/common';
import { OnEvent } from '../../platform/queue/index.js';
import { reconciliationRequested } from '../reconciliation.events.js';
import { RunReconciliation } from '../run-reconciliation.js';

/** What was asked for begins at once. */
@OnEvent(reconciliationRequested, { subscriber: 'reconciliation.run' })
@Injectable()
export class RunRequestedReconciliation {
  constructor(private readonly reconciliation: RunReconciliation) {}

  async handle({ reconciliationId }: { reconciliationId: string }): Promise<void> {
    await this.reconciliation.run(reconciliationId);
  }
}
