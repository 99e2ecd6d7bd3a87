import { Injectable } from '@nestjs/common';
import { paymentsFailed } from '../../payments/index.js';
import { OnEvent } from '../../platform/queue/index.js';
import { DeliverAlerts } from '../deliver-alerts.js';
import { EvaluateAlerts } from '../evaluate-alerts.js';

/** A failed payment alarms within a moment, not at the next sweep. */
@OnEvent(paymentsFailed, { subscriber: 'alerts.on-failure' })
@Injectable()
export class EvaluateOnFailure {
  constructor(
    private readonly alerts: EvaluateAlerts,
    private readonly deliveries: DeliverAlerts,
  ) {}

  async handle(): Promise<void> {
    const { opened, worsened } = await this.alerts.evaluate();
    if (opened.length + worsened.length > 0) await this.deliveries.deliver();
  }
}
