import { Injectable } from '@nestjs/common';
import { Clock, newId } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { changeOf } from './alert.rules.js';
import { appendHistory, openAlerts, resolveExternal, updateAlerts } from './alert.store.js';
import {
  externalCause,
  externalFingerprint,
  isOurs,
  isOver,
  type AlertmanagerMessage,
} from './external.rules.js';
import { PlanDeliveries } from './plan-deliveries.js';

/** Takes what Alertmanager watches into the same inbox. The same message twice changes nothing. */
@Injectable()
export class TakeExternal {
  constructor(
    private readonly database: Database,
    private readonly planning: PlanDeliveries,
    private readonly clock: Clock,
  ) {}

  async take({ alerts }: AlertmanagerMessage): Promise<{ opened: number; resolved: number }> {
    const at = this.clock.now();
    const others = alerts.filter((alert) => !isOurs(alert));
    const ended = others.filter((alert) => isOver(alert, at)).map(externalFingerprint);
    const firing = others.filter((alert) => !isOver(alert, at)).map(externalCause);
    // One statement writes a row once: of a fingerprint that stands there twice the last counts.
    const causes = [...new Map(firing.map((cause) => [cause.fingerprint, cause])).values()];
    return this.database.transaction(async (tx) => {
      const resolved = await resolveExternal(tx, { fingerprints: ended, at });
      const changed = await updateAlerts(tx, { causes, at });
      const fresh = causes.map((cause) => ({ ...cause, id: newId() }));
      const opened = await openAlerts(tx, { causes: fresh, at });
      const worsened = changed.filter((a) => changeOf(a.before, a.severity) === 'worsened');
      const eased = changed.filter((a) => changeOf(a.before, a.severity) === 'eased');
      await appendHistory(tx, { alerts: opened, happened: 'opened', at });
      await appendHistory(tx, { alerts: worsened, happened: 'worsened', at });
      await appendHistory(tx, { alerts: eased, happened: 'eased', at });
      const tells = [
        ...opened.map((alert) => ({ alert, happened: 'opened' as const })),
        ...worsened.map((alert) => ({ alert, happened: 'worsened' as const })),
        ...resolved.map((alert) => ({ alert, happened: 'resolved' as const })),
      ];
      await this.planning.plan(tx, tells, at);
      return { opened: opened.length, resolved: resolved.length };
    });
  }
}
