import { Injectable } from '@nestjs/common';
import { Sweeper } from '../../platform/queue/index.js';
import { EvaluateAlerts } from '../evaluate-alerts.js';

/** Looks again and again at what should be alarmed: ages and deadlines have no event. */
@Sweeper({ name: 'alerts', everyMs: 2_000 })
@Injectable()
export class SweepAlerts {
  constructor(private readonly alerts: EvaluateAlerts) {}

  async sweep(): Promise<void> {
    await this.alerts.evaluate();
  }
}
