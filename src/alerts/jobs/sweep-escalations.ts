import { Injectable } from '@nestjs/common';
import { Sweeper } from '../../platform/queue/index.js';
import { EscalateAlerts } from '../escalate-alerts.js';

@Sweeper({ name: 'alert-escalations', everyMs: 10_000 })
@Injectable()
export class SweepEscalations {
  constructor(private readonly escalating: EscalateAlerts) {}

  async sweep(): Promise<void> {
    await this.escalating.escalate();
  }
}
