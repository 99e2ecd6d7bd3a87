import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import type { Receiver } from './alert-file.schema.js';
import { channelsOf, fits, heldUntil, type Channel, type Routable } from './alert.routes.js';
import { AlertSettings } from './alert.settings.js';
import { insertDeliveries, type DeliveredEvent, type PlannedDelivery } from './delivery.store.js';

/** Something that happened to an alert and is to be told. */
export interface Tell {
  readonly alert: Routable & { readonly id: string };
  readonly happened: DeliveredEvent;
  /** Names of receivers; whom its routes name, when absent. */
  readonly to?: readonly string[];
}

/** Writes down who is to be told of what, in the transaction in which it happened. */
@Injectable()
export class PlanDeliveries {
  constructor(private readonly settings: AlertSettings) {}

  /** E-mails of one round to one receiver are one message. */
  async plan(tx: Tx, tells: readonly Tell[], at: Date): Promise<void> {
    const messages = new Map<string, string>();
    const messageOf = (receiver: string, dueAt: Date): string => {
      const key = `${receiver} ${dueAt.toISOString()}`;
      const id = messages.get(key) ?? newId();
      messages.set(key, id);
      return id;
    };
    const planned = tells.flatMap(({ alert, happened, to }) => {
      const dueAt = heldUntil(this.settings.quietHours, alert.severity, at) ?? at;
      return this.receivers(alert, to).flatMap((receiver) =>
        channelsFor(alert, receiver).map((channel): PlannedDelivery => {
          const messageId = channel === 'email' ? messageOf(receiver.name, dueAt) : null;
          const { name } = receiver;
          return {
            id: newId(),
            alertId: alert.id,
            happened,
            receiver: name,
            channel,
            dueAt,
            messageId,
          };
        }),
      );
    });
    await insertDeliveries(tx, planned, at);
  }

  private receivers(alert: Routable, to: readonly string[] | undefined) {
    const names =
      to ?? this.settings.routes.filter((r) => fits(r, alert)).flatMap((r) => r.receivers);
    return [...new Set(names)]
      .map((name) => this.settings.receiver(name))
      .filter((receiver) => receiver !== null);
  }
}

/** What Alertmanager told us it is not told back. */
function channelsFor({ rule }: Routable, receiver: Receiver): Channel[] {
  return channelsOf(receiver).filter((one) => one !== 'alertmanager' || rule !== 'external');
}
