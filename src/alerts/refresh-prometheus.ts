import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { logger } from '../platform/logging/index.js';
import { AlertMetrics } from './alert.metrics.js';
import { AlertRead } from './alert.read.js';
import { fits } from './alert.routes.js';
import { AlertSettings } from './alert.settings.js';
import { AlertWriter } from './alert-writer.js';
import { Alertmanager } from './channels/prometheus.js';

/** Living alerts told to one Alertmanager at a time. */
const MOST = 1_000;
const log = logger('alerts');

/** Alertmanager forgets what it does not hear of: what lives is told to it again. Only failures are noted. */
@Injectable()
export class RefreshAlertmanager {
  constructor(
    private readonly settings: AlertSettings,
    private readonly alerts: AlertRead,
    private readonly writer: AlertWriter,
    private readonly alertmanager: Alertmanager,
    private readonly clock: Clock,
    private readonly metrics: AlertMetrics,
  ) {}

  async refresh(): Promise<void> {
    const receivers = this.settings.alertmanagers();
    if (receivers.length === 0) return;
    const living = await this.alerts.list({ living: true, before: null, limit: MOST });
    for (const { name, alertmanager } of receivers) {
      const routes = this.settings.routes.filter((route) => route.receivers.includes(name));
      const told = living.filter(
        (alert) => alert.rule !== 'external' && routes.some((route) => fits(route, alert)),
      );
      if (told.length === 0) continue;
      const shown = told.map((alert) => this.writer.shown(alert));
      const answer = await this.alertmanager.send(alertmanager, shown, this.clock.now());
      if (answer.taken) continue;
      const { status, failure } = answer;
      this.metrics.delivered('alertmanager', 'failed');
      log.warn({ receiver: name, status, failure }, 'alertmanager not told again');
    }
  }
}
