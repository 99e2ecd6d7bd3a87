import { Injectable } from '@nestjs/common';
import { StatementUnreadable } from '../banks/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { FetchStatement } from './fetch-statement.js';
import { MatchEntries } from './match-entries.js';
import { fetchAgainAt } from './span.rules.js';
import { FindUnproven } from './find-unproven.js';
import { ReconciliationMetrics } from './reconciliation.metrics.js';
import { reconciliationEnded } from './reconciliation.events.js';
import {
  claimReconciliation,
  endReconciliation,
  putOff,
  type Claimed,
} from './reconciliation.store.js';

/** Longer than a statement may take: whoever comes after it finds that the first has died. */
const LEASE_MS = 15 * 60_000;

const log = logger('reconciliation');

/** Fetches the statement that was asked for and matches its entries. Running it twice changes nothing. */
@Injectable()
export class RunReconciliation {
  constructor(
    private readonly database: Database,
    private readonly statements: FetchStatement,
    private readonly entries: MatchEntries,
    private readonly unproven: FindUnproven,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly metrics: ReconciliationMetrics,
  ) {}

  /** @returns whether it was this call that worked on it. */
  async run(reconciliationId: string): Promise<boolean> {
    const now = this.clock.now();
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    const claimed = await this.database.transaction((tx) =>
      claimReconciliation(tx, { id: reconciliationId, now, leaseUntil }),
    );
    if (!claimed) return false;
    try {
      const fetched = await this.statementOf(claimed);
      await this.entries.match(claimed.bank, claimed.id);
      await this.unproven.find();
      await this.end(claimed, { ...fetched, failure: null });
    } catch (error) {
      const expected = error instanceof StatementUnreadable;
      await this.tryAgainOrFail(claimed, expected ? error.message : 'a fault of the system');
      if (!expected) throw error;
    }
    return true;
  }

  /** What came as a file is there already; else the bank is asked. */
  private async statementOf({
    id,
    bank,
    from,
    to,
    statementRow,
    newEntries,
  }: Claimed): Promise<{ statementRow: string; newEntries: number | null }> {
    if (statementRow !== null) return { statementRow, newEntries };
    return this.statements.fetch({ bank, from, to, reconciliationId: id });
  }

  private async tryAgainOrFail(claimed: Claimed, why: string): Promise<void> {
    const until = fetchAgainAt(claimed.tries, this.clock.now());
    log.warn({ reconciliationId: claimed.id, bank: claimed.bank, why, until }, 'no statement yet');
    if (until) {
      await this.database.transaction((tx) => putOff(tx, { id: claimed.id, until }));
      return;
    }
    await this.end(claimed, { statementRow: null, newEntries: null, failure: why });
  }

  private async end(
    claimed: Claimed,
    end: { statementRow: string | null; newEntries: number | null; failure: string | null },
  ): Promise<void> {
    const { statementRow, newEntries, failure } = end;
    const ended = await this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const moved = await endReconciliation(tx, {
        id: claimed.id,
        at,
        statementRow,
        newEntries,
        failure,
      });
      if (moved)
        await this.outbox.publish(tx, reconciliationEnded, { reconciliationId: claimed.id });
      return moved;
    });
    if (ended) this.metrics.ended(claimed.bank, failure === null ? 'finished' : 'failed');
  }
}
