import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Database, type Tx } from '../platform/database/index.js';
import { escalatesTo, heldUntil, repeatsTo } from './alert.routes.js';
import { AlertSettings } from './alert.settings.js';
import { appendHistory, lockUnclaimed, markTold } from './alert.store.js';
import { PlanDeliveries, type Tell } from './plan-deliveries.js';

/** What nobody takes on is told again to the same, and once to others. */
@Injectable()
export class EscalateAlerts {
  constructor(
    private readonly database: Database,
    private readonly settings: AlertSettings,
    private readonly planning: PlanDeliveries,
    private readonly clock: Clock,
  ) {}

  /** @returns ids of what was escalated. */
  escalate(): Promise<string[]> {
    return this.database.transaction((tx) => this.escalateIn(tx, this.clock.now()));
  }

  private async escalateIn(tx: Tx, at: Date): Promise<string[]> {
    const { routes, quietHours } = this.settings;
    const isPatient = routes.every((r) => !r.escalation && !r.repeatAfterMinutes);
    if (isPatient) return [];
    const unclaimed = await lockUnclaimed(tx);
    const escalated = unclaimed.flatMap((alert): Tell[] => {
      const to = escalatesTo(alert, routes, at);
      return to.length > 0 ? [{ alert, happened: 'escalated', to }] : [];
    });
    // Whoever sleeps is not told again of what was not worth waking them.
    const repeated = unclaimed.flatMap((alert): Tell[] => {
      const to = heldUntil(quietHours, alert.severity, at) ? [] : repeatsTo(alert, routes, at);
      return to.length > 0 ? [{ alert, happened: 'repeated', to }] : [];
    });
    const ids = escalated.map(({ alert }) => alert.id);
    await markTold(tx, { escalated: ids, repeated: repeated.map(({ alert }) => alert.id), at });
    await appendHistory(tx, { alerts: ids.map((id) => ({ id })), happened: 'escalated', at });
    await this.planning.plan(tx, [...escalated, ...repeated], at);
    return ids;
  }
}
