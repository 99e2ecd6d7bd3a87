import { Injectable } from '@nestjs/common';
import { BankStandings, type BankStanding } from '../../banks/index.js';
import { Clock } from '../../kernel/index.js';
import { runNotFound, RunReads, standingOf } from '../../payments/index.js';
import { Database } from '../../platform/database/index.js';
import type { BankSeen, RunSeen } from './run-progress.js';

/** Many people watch one run; the database is asked once for all of them, and the less often the longer it takes. */
const SHARED_FOR_MS = 1_000;
const TIMES_ITS_COST = 10;

interface Shared {
  readonly seen: Promise<RunSeen>;
  until: number;
}

/** How a run stands now, for its page and for all who watch it live. */
@Injectable()
export class WatchRuns {
  private readonly shared = new Map<string, Shared>();

  constructor(
    private readonly reads: RunReads,
    private readonly standings: BankStandings,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `payments.run-not-found` */
  async look(runId: string): Promise<RunSeen> {
    const { reader } = this.database;
    const run = await this.reads.find(reader, runId);
    if (!run) throw runNotFound(runId);
    const figures = await this.reads.figures(reader, runId);
    return {
      run,
      standing: standingOf(run, figures),
      waiting: await this.reads.waiting(reader, { runId, now: this.clock.now() }),
      banks: (await this.standings.all()).map(bankSeen),
    };
  }

  /** The same, a moment old at most: what a live page shows. */
  lookTogether(runId: string): Promise<RunSeen> {
    const now = this.clock.now().getTime();
    for (const [id, { until }] of this.shared) if (until < now) this.shared.delete(id);
    const known = this.shared.get(runId);
    if (known) return known.seen;
    const seen = this.look(runId);
    const shared: Shared = { seen, until: Number.POSITIVE_INFINITY };
    this.shared.set(runId, shared);
    const release = (): void => {
      const took = this.clock.now().getTime() - now;
      shared.until = now + took + Math.max(SHARED_FOR_MS, took * TIMES_ITS_COST);
    };
    seen.then(release, () => this.shared.delete(runId));
    return seen;
  }
}

function bankSeen({ bank, health, standing }: BankStanding): BankSeen {
  const { nextProbeAt, pausedUntil, switchedOffBy, switchedOffReason } = health;
  const { code, name } = bank;
  return { code, name, standing, nextProbeAt, pausedUntil, switchedOffBy, switchedOffReason };
}
