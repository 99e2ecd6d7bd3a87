import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../platform/config/index.js';
import type { ShownAlert } from '../alert-writer.js';
import type { ChannelAnswer } from './answer.js';
import { HttpPost } from './http-post.js';

/** Told again every minute, so Alertmanager may forget what it has not heard of for longer. */
const FIRES_FOR_MS = 5 * 60_000;
/** By this label our own alerts are known when Alertmanager sends them back. */
export const OWN_LABEL = 'chitra_alert';

/** Prometheus' Alertmanager, API v2. */
@Injectable()
export class Alertmanager {
  constructor(
    private readonly http: HttpPost,
    private readonly config: AppConfig,
  ) {}

  send(
    to: { url: string; token?: string | undefined },
    alerts: readonly ShownAlert[],
    at: Date,
  ): Promise<ChannelAnswer> {
    const url = `${to.url.replace(/\/$/, '')}/api/v2/alerts`;
    const body = JSON.stringify(alerts.map((alert) => this.entryOf(alert, at)));
    return this.http.send(url, {
      headers: to.token ? { authorization: `Bearer ${to.token}` } : {},
      body,
    });
  }

  private entryOf(alert: ShownAlert, at: Date) {
    const { id, rule, severity, bank, title, nextStep, openedAt, resolvedAt } = alert;
    const base = this.config.settings.PUBLIC_URL;
    const endsAt = resolvedAt ?? new Date(at.getTime() + FIRES_FOR_MS);
    return {
      labels: {
        alertname: rule,
        // Alertmanager knows an alert by its labels: what changes while it lasts is not among them.
        [OWN_LABEL]: id,
        service: 'chitra',
        ...(bank !== null && { bank }),
      },
      annotations: {
        severity,
        summary: title.vi,
        summary_en: title.en,
        description: nextStep.vi,
        description_en: nextStep.en,
      },
      startsAt: openedAt.toISOString(),
      endsAt: endsAt.toISOString(),
      ...(base && { generatorURL: new URL(`/alerts/${id}`, base).toString() }),
    };
  }
}
