import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { AlertMetrics } from './alert.metrics.js';
import { AlertRead } from './alert.read.js';
import { deliverAgainAt } from './alert.rules.js';
import { CHANNEL_TIMEOUT_MS, type ChannelAnswer } from './channels/answer.js';
import {
  claimDeliveries,
  endDeliveries,
  giveUpForsaken,
  insertAttempts,
  putOffDeliveries,
  type ClaimedDelivery,
} from './delivery.store.js';
import { TellReceiver } from './tell-receiver.js';

/** Messages under way at the same time. */
const AT_ONCE = 8;
/** A try whose process died is made again after this. An e-mail waits for more than one answer. */
const LEASE_MS = CHANNEL_TIMEOUT_MS * 6;
const ROUNDS = 100;

const log = logger('alerts');

/** Deliveries that go as one. */
type Message = readonly [ClaimedDelivery, ...ClaimedDelivery[]];

/**
 * Tells receivers of alerts, in the three steps of anything that leaves the house: write the try, call, write the
 * answer. A message's id stays the same over all tries, so that the receiver can tell a repetition.
 */
@Injectable()
export class DeliverAlerts {
  constructor(
    private readonly database: Database,
    private readonly alerts: AlertRead,
    private readonly receivers: TellReceiver,
    private readonly clock: Clock,
    private readonly metrics: AlertMetrics,
  ) {}

  /** Delivers what is due and tells how many messages were taken. */
  async deliver(): Promise<number> {
    let delivered = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const claimed = await this.claim();
      if (claimed.length === 0) break;
      const ends = await Promise.all(messagesOf(claimed).map((each) => this.deliverOne(each)));
      delivered += ends.filter((taken) => taken).length;
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

  private async deliverOne(message: Message): Promise<boolean> {
    const at = this.clock.now();
    const found = await this.alerts.byIds(message.map(({ alertId }) => alertId));
    const told = message.flatMap(({ happened, alertId }) => {
      const alert = found.get(alertId);
      return alert ? [{ happened, alert }] : [];
    });
    const answer = await this.receivers.tell(message[0], told, at);
    await this.record(message, answer, at);
    return answer.taken;
  }

  private async record(message: Message, answer: ChannelAnswer, at: Date): Promise<void> {
    const [{ receiver, channel }] = message;
    const { taken, ...said } = answer;
    const tries = Math.max(...message.map((one) => one.tries));
    const ids = message.map(({ id }) => id);
    const now = this.clock.now();
    const until = taken ? null : deliverAgainAt(tries, now);
    await this.database.transaction(async (tx) => {
      await insertAttempts(tx, { deliveryIds: ids, try: tries, at, ...said });
      if (until) await putOffDeliveries(tx, { ids, until });
      else await endDeliveries(tx, { ids, state: taken ? 'delivered' : 'given_up', at: now });
    });
    this.metrics.delivered(channel, taken ? 'delivered' : until ? 'failed' : 'given-up');
    if (!taken) {
      const { status, failure } = answer;
      log.warn({ receiver, channel, ids, tries, status, failure, until }, 'alert not delivered');
    }
  }
}

function messagesOf(claimed: readonly ClaimedDelivery[]): Message[] {
  const messages = new Map<string, [ClaimedDelivery, ...ClaimedDelivery[]]>();
  for (const one of claimed) {
    const message = messages.get(one.message);
    if (message) message.push(one);
    else messages.set(one.message, [one]);
  }
  return [...messages.values()];
}
