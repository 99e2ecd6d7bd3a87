import { Injectable } from '@nestjs/common';
import { AppConfig } from '../platform/config/index.js';
import { letterOf } from './alert-letter.js';
import type { AlertRow } from './alert.read.js';
import { AlertSettings } from './alert.settings.js';
import { AlertWriter } from './alert-writer.js';
import { Alertmanager } from './channels/prometheus.js';
import type { ChannelAnswer } from './channels/answer.js';
import { written } from './channels/letter.js';
import { Mailer } from './channels/mailer.js';
import { Webhook } from './channels/webhook.js';
import type { ClaimedDelivery, DeliveredEvent } from './delivery.store.js';

export interface Tidings {
  readonly happened: DeliveredEvent;
  readonly alert: AlertRow;
}

/** Carries a message to its receiver by its channel, as the alerts stand now. Never throws for what others do. */
@Injectable()
export class TellReceiver {
  constructor(
    private readonly settings: AlertSettings,
    private readonly config: AppConfig,
    private readonly writer: AlertWriter,
    private readonly mailer: Mailer,
    private readonly webhook: Webhook,
    private readonly alertmanager: Alertmanager,
  ) {}

  async tell(
    to: Pick<ClaimedDelivery, 'receiver' | 'channel' | 'message'>,
    told: readonly Tidings[],
    at: Date,
  ): Promise<ChannelAnswer> {
    const receiver = this.settings.receiver(to.receiver);
    const [first] = told;
    if (!first) return nobody('the alert is gone');
    const { emails, webhook, alertmanager } = receiver ?? {};
    if (to.channel === 'email' && emails) {
      const shown = told.map(({ happened, alert }) => ({
        happened,
        alert: this.writer.shown(alert),
      }));
      const letter = letterOf(shown, this.config.settings.PUBLIC_URL);
      const mail = written(letter, receiver?.language ?? 'vi');
      return this.mailer.send({ id: to.message, to: emails, ...mail });
    }
    if (to.channel === 'webhook' && webhook) {
      const body = JSON.stringify(this.writer.message(first.happened, first.alert, at));
      return this.webhook.send(webhook, { id: to.message, at, body });
    }
    if (to.channel === 'alertmanager' && alertmanager) {
      const shown = told.map(({ alert }) => this.writer.shown(alert));
      return this.alertmanager.send(alertmanager, shown, at);
    }
    return nobody('the receiver or its channel is no longer in alerts.yaml');
  }
}

function nobody(failure: string): ChannelAnswer {
  return { taken: false, status: null, failure, durationMs: 0 };
}
