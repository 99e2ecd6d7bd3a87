import { Injectable } from '@nestjs/common';
import { Sweeper } from '../../platform/queue/index.js';
import { RefreshAlertmanager } from '../refresh-prometheus.js';

@Sweeper({ name: 'alertmanager', everyMs: 60_000 })
@Injectable()
export class SweepAlertmanager {
  constructor(private readonly refreshing: RefreshAlertmanager) {}

  async sweep(): Promise<void> {
    await this.refreshing.refresh();
  }
}
