import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { AppConfig } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { AlertMetrics } from './alert.metrics.js';
import { deliverAgainAt } from './alert.rules.js';
import { AlertSettings } from './alert.settings.js';
import { CHANNEL_TIMEOUT_MS, type ChannelAnswer } from './channels/answer.js';
import { written, type Letter } from './channels/letter.js';
import { Mailer } from './channels/mailer.js';
import { digestDay } from './digest.rules.js';
import {
  claimDigests,
  giveUpForsakenDigests,
  insertDigestAttempt,
  insertDigests,
  moveDigest,
  type ClaimedDigest,
} from './digest.store.js';

export type DueDigest = ClaimedDigest;

const AT_ONCE = 8;
const LEASE_MS = CHANNEL_TIMEOUT_MS * 6;
const log = logger('alerts');

/** The weekly letter to each commune: when it is due, its tries, its end. What it says is written by reports. */
@Injectable()
export class KeepDigests {
  constructor(
    private readonly database: Database,
    private readonly settings: AlertSettings,
    private readonly config: AppConfig,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
    private readonly metrics: AlertMetrics,
  ) {}

  /** Digests that are to be written and sent now; each is taken by one process. */
  async take(): Promise<DueDigest[]> {
    const plan = this.settings.digest;
    if (!plan) return [];
    const now = this.clock.now();
    const day = digestDay(plan, now);
    const communes = plan.communes.map(({ commune }) => commune);
    const leaseUntil = new Date(now.getTime() + LEASE_MS);
    return this.database.transaction(async (tx) => {
      await giveUpForsakenDigests(tx, now);
      if (day) await insertDigests(tx, { day, communes, at: now });
      return claimDigests(tx, { now, leaseUntil, limit: AT_ONCE });
    });
  }

  /** Sends one and writes down how that went. */
  async send({ id, communeCode, tries }: DueDigest, letter: Letter): Promise<void> {
    const plan = this.settings.digest;
    const emails = plan?.communes.find(({ commune }) => commune === communeCode)?.emails;
    const answer: ChannelAnswer =
      plan && emails
        ? await this.mailer.send({ id, to: emails, ...written(letter, plan.language) })
        : { taken: false, status: null, failure: 'no longer in alerts.yaml', durationMs: 0 };
    const at = this.clock.now();
    const { taken, status, failure } = answer;
    const until = taken || !emails ? null : deliverAgainAt(tries, at);
    await this.database.transaction(async (tx) => {
      await insertDigestAttempt(tx, { id, try: tries, at, status, failure });
      const ended = taken ? 'delivered' : 'given_up';
      await moveDigest(tx, { id, state: until ? 'waiting' : ended, at: until ?? at });
    });
    this.metrics.delivered('email', taken ? 'delivered' : until ? 'failed' : 'given-up');
    if (!taken) log.warn({ digestId: id, communeCode, status, failure, until }, 'digest not sent');
  }

  /** An address of the console; absolute where PUBLIC_URL is set. */
  linkTo(path: string): string {
    const base = this.config.settings.PUBLIC_URL;
    return base ? new URL(path, base).toString() : path;
  }
}
