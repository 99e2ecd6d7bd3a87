import { Clock } from '../../kernel/index.js';
import { Database } from '../../platform/database/index.js';
import { Sweeper, type SweepRunner } from '../../platform/queue/index.js';
import { forgetAttempts } from '../login-attempt.store.js';
import { FORGET_AFTER_MS } from '../throttle.rules.js';

/** Attempts that no longer count are deleted, so that strangers cannot fill the table for ever. */
@Sweeper({ name: 'identity.forget-attempts', everyMs: 3_600_000 })
export class ForgetAttempts implements SweepRunner {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async sweep(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - FORGET_AFTER_MS);
    await forgetAttempts(this.database.reader, before);
  }
}
