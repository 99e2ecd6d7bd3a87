import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, newId } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { endBeat, forgetOldBeats, leaveBeat } from './worker.store.js';

/** This process says that it works, again and again, and that it ends in good order. */
@Injectable()
export class LeaveBeat implements OnModuleDestroy {
  private readonly id = newId();
  private began = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async leave(): Promise<void> {
    const at = this.clock.now();
    await this.database.transaction(async (tx) => {
      if (!this.began) await forgetOldBeats(tx, at);
      await leaveBeat(tx, { id: this.id, at });
    });
    this.began = true;
  }

  async onModuleDestroy(): Promise<void> {
    if (!this.began) return;
    await this.database.transaction((tx) => endBeat(tx, { id: this.id, at: this.clock.now() }));
  }
}
