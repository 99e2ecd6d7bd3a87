import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { AppConfig } from '../platform/config/index.js';
import { logger } from '../platform/logging/index.js';
import { AlertMetrics } from './alert.metrics.js';
import { AlertRead } from './alert.read.js';
import { deliverAgainAt } from './alert.rules.js';
import { AlertWriter } from './alert-writer.js';
import {
  claimDeliveries,
  endDelivery,
  giveUpForsaken,
  insertAttempt,
  putOffDelivery,
  type ClaimedDelivery,
} from './delivery.store.js';
import { Webhook, WEBHOOK_TIMEOUT_MS, type WebhookAnswer } from './webhook.js';

/** Deliveries under way at the same time. */
const AT_ONCE = 8;
/** A try whose process died is made again after this. */
const LEASE_MS = WEBHOOK_TIMEOUT_MS * 3;
const ROUNDS = 100;

const log = logger('alerts');

/**
 * Tells the receiver of alerts, in the three steps of anything that leaves the house: write the try, call, write
 * the answer. The id stays the same over all tries, so that the receiver can tell a repetition.
 */
@Injectable()
export class DeliverAlerts {
  constructor(
    private readonly database: Database,
    private readonly alerts: AlertRead,
    private readonly writer: AlertWriter,
    private readonly webhook: Webhook,
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly metrics: AlertMetrics,
  ) {}

  /** Delivers what is due and tells how many receivers' answers were good. */
  async deliver(): Promise<number> {
    const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret } = this.config.settings;
    if (!url || !secret) return 0;
    let delivered = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const claimed = await this.claim();
      if (claimed.length === 0) break;
      const ends = await Promise.all(claimed.map((each) => this.deliverOne(each, { url, secret })));
      delivered += ends.filter((good) => good).length;
    }
    return delivered;
  }

  private claim(): Promise<ClaimedDelivery[]> {
    const now = this.clock.now();
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    return this.database.transaction(async (tx) => {
      await giveUpForsaken(tx, now);
      return claimDeliveries(tx, { now, leaseUntil, limit: AT_ONCE });
    });
  }

  private async deliverOne(
    claimed: ClaimedDelivery,
    to: { url: string; secret: string },
  ): Promise<boolean> {
    const at = this.clock.now();
    const alert = await this.alerts.find(claimed.alertId);
    const answer: WebhookAnswer = alert
      ? await this.webhook.send(to, {
          id: claimed.id,
          at,
          body: JSON.stringify(this.writer.message(claimed.happened, alert, at)),
        })
      : { status: null, failure: 'the alert is gone', durationMs: 0 };
    const good = answer.failure === null;
    await this.record(claimed, { ...answer, at, good });
    return good;
  }

  private async record(
    { id, alertId, tries }: ClaimedDelivery,
    { good, at, ...answer }: WebhookAnswer & { good: boolean; at: Date },
  ): Promise<void> {
    const now = this.clock.now();
    const until = good ? null : deliverAgainAt(tries, now);
    await this.database.transaction(async (tx) => {
      await insertAttempt(tx, { deliveryId: id, try: tries, at, ...answer });
      if (until) await putOffDelivery(tx, { id, until });
      else await endDelivery(tx, { id, state: good ? 'delivered' : 'given_up', at: now });
    });
    this.metrics.delivered(good ? 'delivered' : until ? 'failed' : 'given-up');
    if (!good) {
      const { status, failure } = answer;
      log.warn({ alertId, deliveryId: id, tries, status, failure, until }, 'alert not delivered');
    }
  }
}
