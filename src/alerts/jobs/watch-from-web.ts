import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppConfig } from '../../platform/config/index.js';
import { logger } from '../../platform/logging/index.js';
import { DeliverAlerts } from '../deliver-alerts.js';
import { EvaluateAlerts } from '../evaluate-alerts.js';

const EVERY_MS = 30_000;
const log = logger('alerts');

/** Sweepers run in workers only. Without this nobody would tell that all of them are gone. */
@Injectable()
export class WatchFromWeb implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private underWay: Promise<void> | null = null;

  constructor(
    private readonly config: AppConfig,
    private readonly alerts: EvaluateAlerts,
    private readonly deliveries: DeliverAlerts,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.runsWorker) return;
    this.timer = setInterval(() => {
      this.underWay ??= this.watch().finally(() => {
        this.underWay = null;
      });
    }, EVERY_MS);
    this.timer.unref();
  }

  private async watch(): Promise<void> {
    try {
      await this.alerts.evaluate();
      await this.deliveries.deliver();
    } catch (error) {
      log.error({ why: String(error) }, 'watching from the web process failed');
    }
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    await this.underWay;
  }
}
