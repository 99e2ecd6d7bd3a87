import { Injectable } from '@nestjs/common';
import { Sweeper } from '../../platform/queue/index.js';
import { DeliverAlerts } from '../deliver-alerts.js';

/** Delivers what is due; apart from the evaluation, so that a slow receiver delays no alert. */
@Sweeper({ name: 'alert-deliveries', everyMs: 2_000 })
@Injectable()
export class SweepDeliveries {
  constructor(private readonly deliveries: DeliverAlerts) {}

  async sweep(): Promise<void> {
    await this.deliveries.deliver();
  }
}
