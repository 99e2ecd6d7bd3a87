import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import { Sweeper } from '../../platform/queue/index.js';
import { ApplyNotices } from '../apply-notices.js';
import { banksLeftWaiting } from '../notice.store.js';

/** A notice that waits longer has lost its ring. */
const LEFT_AFTER_MS = 5_000;

/** Applies notices whose ring was lost, whose job died, or that were put off until now. */
@Sweeper({ name: 'settlements.notices' })
@Injectable()
export class SweepNotices {
  constructor(
    private readonly database: Database,
    private readonly notices: ApplyNotices,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<void> {
    const now = this.clock.now();
    const receivedBefore = new Date(now.getTime() - LEFT_AFTER_MS);
    for (const bank of await banksLeftWaiting(this.database.reader, { now, receivedBefore })) {
      await this.notices.apply(bank);
    }
  }
}
