import { Injectable } from '@nestjs/common';
import { Clock, newId } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { AlertSettings } from './alert.settings.js';
import { changeOf } from './alert.rules.js';
import {
  appendHistory,
  openAlerts,
  resolveGone,
  takeTurn,
  updateAlerts,
  type Told,
} from './alert.store.js';
import { Causes } from './causes.read.js';
import { PlanDeliveries, type Tell } from './plan-deliveries.js';

const log = logger('alerts');

/** What one evaluation did. */
export interface Evaluation {
  readonly opened: readonly Told[];
  readonly worsened: readonly Told[];
  readonly resolved: readonly Told[];
}

const NOTHING: Evaluation = { opened: [], worsened: [], resolved: [] };

/**
 * Compares what should be alarmed now with the alerts that live: opens, updates and resolves. Level-triggered, so
 * a lost event loses no alert, and running it a hundred times is the same as running it once.
 */
@Injectable()
export class EvaluateAlerts {
  constructor(
    private readonly database: Database,
    private readonly causes: Causes,
    private readonly settings: AlertSettings,
    private readonly planning: PlanDeliveries,
    private readonly clock: Clock,
  ) {}

  async evaluate(): Promise<Evaluation> {
    const evaluation = await this.database.transaction((tx) => this.evaluateIn(tx));
    for (const [happened, alerts] of Object.entries(evaluation) as [string, Told[]][]) {
      for (const { id: alertId, ...alert } of alerts) {
        log.warn({ alertId, happened, ...alert }, 'alert');
      }
    }
    return evaluation;
  }

  private async evaluateIn(tx: Tx): Promise<Evaluation> {
    // Whoever holds the turn sees what we would have seen, or the next sweep does.
    if (!(await takeTurn(tx))) return NOTHING;
    const at = this.clock.now();
    const causes = await this.causes.all(tx, at, this.settings);
    const fingerprints = causes.map(({ fingerprint }) => fingerprint);
    const resolved = await resolveGone(tx, { fingerprints, at });
    const changed = await updateAlerts(tx, { causes, at });
    const opened = await openAlerts(tx, {
      causes: causes.map((cause) => ({ ...cause, id: newId() })),
      at,
    });
    const worsened = changed.filter((a) => changeOf(a.before, a.severity) === 'worsened');
    const eased = changed.filter((a) => changeOf(a.before, a.severity) === 'eased');
    await appendHistory(tx, { alerts: opened, happened: 'opened', at });
    await appendHistory(tx, { alerts: worsened, happened: 'worsened', at });
    await appendHistory(tx, { alerts: eased, happened: 'eased', at });
    const told = { opened, worsened, resolved };
    await this.deliver(tx, told, at);
    return told;
  }

  private async deliver(
    tx: Tx,
    { opened, worsened, resolved }: Evaluation,
    at: Date,
  ): Promise<void> {
    const tells: Tell[] = [
      ...opened.map((alert) => ({ alert, happened: 'opened' as const })),
      ...worsened.map((alert) => ({ alert, happened: 'worsened' as const })),
      ...resolved.map((alert) => ({ alert, happened: 'resolved' as const })),
    ];
    await this.planning.plan(tx, tells, at);
  }
}
