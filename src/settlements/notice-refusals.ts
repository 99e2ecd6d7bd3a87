import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import { logger } from '../platform/logging/index.js';
import { addRefusals, type RefusalFault } from './refusal.store.js';

/** So long refusals are gathered before they are written: a flood of them is one row, written now and then. */
const GATHERED_MS = 2_000;

const log = logger('settlements');

/** Counts by the hour what was refused at the banks' door, so that people see it, too. */
@Injectable()
export class NoticeRefusals implements BeforeApplicationShutdown {
  private pending = new Map<
    string,
    { bank: string; fault: RefusalFault; times: number; at: Date }
  >();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Only of banks that are known: whoever sends cannot make more rows than there are banks and faults. */
  note(bank: string, fault: RefusalFault): void {
    const key = `${bank} ${fault}`;
    const times = (this.pending.get(key)?.times ?? 0) + 1;
    this.pending.set(key, { bank, fault, times, at: this.clock.now() });
    this.timer ??= setTimeout(() => void this.flush(), GATHERED_MS).unref();
  }

  /** A figure that cannot be written is lost and said so; the refusal itself stands. */
  async flush(): Promise<void> {
    this.timer = null;
    const gathered = [...this.pending.values()];
    this.pending = new Map();
    if (gathered.length === 0) return;
    try {
      await this.database.transaction((tx) => addRefusals(tx, gathered));
    } catch (error) {
      const why = error instanceof Error ? error.message : 'an error';
      log.error({ why, refusals: gathered.length }, 'refused notices were not counted');
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    await this.flush();
  }
}
