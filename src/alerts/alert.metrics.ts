import { Injectable } from '@nestjs/common';
import { Metrics } from '../platform/metrics/index.js';
import type { Channel } from './alert.routes.js';
import { AlertRead } from './alert.read.js';

@Injectable()
export class AlertMetrics {
  private readonly deliveries;

  constructor(metrics: Metrics, alerts: AlertRead) {
    const open = metrics.gauge({
      name: 'chitra_alerts_open',
      help: 'Alerts that are open or acknowledged, by severity and rule',
      labelNames: ['severity', 'rule'],
      // Asked at each scrape: whichever process is scraped tells the same truth.
      collect: async () => {
        const living = await alerts.living();
        open.reset();
        for (const { severity, rule, count } of living) open.set({ severity, rule }, count);
      },
    });
    this.deliveries = metrics.counter({
      name: 'chitra_alert_deliveries_total',
      help: 'Tries to tell receivers of alerts, by channel and result (delivered, failed, given-up)',
      labelNames: ['channel', 'result'],
    });
  }

  delivered(channel: Channel, result: 'delivered' | 'failed' | 'given-up'): void {
    this.deliveries.inc({ channel, result });
  }
}
