import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { assertMay, type Actor } from '../identity/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { ApplyNotices } from './apply-notices.js';
import { countWaiting, hasten, type WaitingChoice } from './notice.store.js';

export interface Replayed {
  /** Notices that waited, or were put off after a failure. */
  readonly found: number;
  readonly applied: number;
  /** What still cannot be applied; its reason stands beside each notice and in the log. */
  readonly waiting: number;
}

/**
 * Applies at once what waits or was put off, for a person who mended why it could not be. A notice leaves `received`
 * once, so that a second order, or a worker at the same moment, finds nothing and does no harm.
 */
@Injectable()
export class ReplayNotices {
  constructor(
    private readonly database: Database,
    private readonly notices: ApplyNotices,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async replay(actor: Actor, which: WaitingChoice): Promise<Replayed> {
    assertMay(actor, 'run.operate');
    const hastened = await this.database.transaction(async (tx) => {
      const banks = await hasten(tx, { ...which, now: this.clock.now() });
      for (const { bank, count } of banks) {
        await this.audit.record(tx, {
          actor: { kind: actor.kind, id: actor.id, name: actor.name },
          action: 'notices.replayed',
          subject: { type: 'bank', id: bank },
          detail: { bank, count },
        });
      }
      return banks;
    });
    let applied = 0;
    for (const { bank } of hastened) applied += await this.notices.apply(bank);
    const found = hastened.reduce((sum, { count }) => sum + count, 0);
    return { found, applied, waiting: await countWaiting(this.database.reader, which) };
  }
}
