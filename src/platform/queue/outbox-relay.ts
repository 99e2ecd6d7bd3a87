import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import { AppConfig } from '../config/index.js';
import { Database, VANISHED } from '../database/index.js';
import { logger } from '../logging/index.js';
import { Outbox, type DueDelivery } from '../outbox/index.js';
import { Sweeper } from './decorators.js';
import { DELIVER_EVENT } from './deliver-event.js';
import { Doorbell } from './doorbell.js';
import { EVENTS_QUEUE } from './queue-spec.js';

const log = logger('outbox');
const PAGE = 500;
const RECONNECT_AFTER_MS = 2000;
/** While the queue is away its rings are tried again after so long, however often they failed. */
const PUT_BACK_FOR_MS = 2000;

/**
 * Rings for the outbox after commit: woken by PostgreSQL's NOTIFY, and by the sweeper where a notice was
 * missed. Several relays may run at once.
 */
@Sweeper({ name: 'outbox-relay' })
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnModuleDestroy {
  private listener: pg.Client | null = null;
  private relaying: Promise<void> | null = null;
  private again = false;
  private stopped = false;

  constructor(
    private readonly config: AppConfig,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly doorbell: Doorbell,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.runsWorker) await this.listen();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    await this.listener?.end().catch(() => undefined);
    // Its failure was told to whoever began it.
    await this.relaying?.catch(() => undefined);
  }

  async sweep(): Promise<void> {
    await this.relay();
  }

  /** Rings for everything that is due now; calls that come meanwhile make it look once more. */
  private relay(): Promise<void> {
    this.again = true;
    this.relaying ??= this.drain().finally(() => {
      this.relaying = null;
    });
    return this.relaying;
  }

  private async drain(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      const due = await this.database.transaction((tx) => this.outbox.claimDue(tx, PAGE));
      if (due.length === 0) continue;
      this.again = true;
      await this.ring(due);
    }
  }

  private async ring(due: readonly DueDelivery[]): Promise<void> {
    try {
      await this.doorbell.ring(
        EVENTS_QUEUE.name,
        due.map(({ eventId, subscriber, rings }) => ({
          name: DELIVER_EVENT,
          id: `${eventId}-${subscriber}-${rings}`,
          payload: { eventId, subscriber },
        })),
      );
    } catch (error) {
      await this.database.transaction((tx) => this.outbox.putBack(tx, due, PUT_BACK_FOR_MS));
      throw error;
    }
  }

  private async listen(): Promise<void> {
    if (this.stopped) return;
    const connectionString = this.config.databaseUrl;
    const client = new pg.Client({ connectionString, keepAlive: true, options: VANISHED });
    client.on('notification', () => {
      this.relay().catch((error: unknown) => log.warn({ error: String(error) }, 'relay'));
    });
    client.on('error', (error) => log.warn({ error: error.message }, 'outbox listener'));
    client.on('end', () => {
      if (!this.stopped)
        setTimeout(() => void this.listen().catch(() => undefined), RECONNECT_AFTER_MS);
    });
    this.listener = client;
    await client.connect();
    await client.query('listen chitra_outbox');
  }
}
