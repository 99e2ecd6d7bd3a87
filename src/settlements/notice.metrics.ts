import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import { logger } from '../platform/logging/index.js';
import { Metrics } from '../platform/metrics/index.js';
import type { ItemResult } from './notice.rules.js';

/** One line per bank and fault in this time: a flood of forged notices must not become a flood of log lines. */
const LOG_REFUSALS_EVERY_MS = 60_000;

const log = logger('settlements');

/** Counts what banks send. Refusals live here and in the log only: nothing of an unsigned message is stored. */
@Injectable()
export class NoticeMetrics {
  private readonly notices;
  private readonly items;
  private readonly lastLogged = new Map<string, { at: number; silent: number }>();

  constructor(
    metrics: Metrics,
    private readonly clock: Clock,
  ) {
    this.notices = metrics.counter({
      name: 'chitra_notices_total',
      help: 'Notices of banks by what was done with them: received, repeated, conflict, or refused with the fault',
      labelNames: ['bank', 'result'],
    });
    this.items = metrics.counter({
      name: 'chitra_notice_items_total',
      help: 'Items of applied notices by bank and result',
      labelNames: ['bank', 'result'],
    });
  }

  arrived(bank: string, result: 'received' | 'repeated' | 'conflict'): void {
    this.notices.inc({ bank, result });
    if (result === 'conflict') log.warn({ bank }, 'a notice id came again with another body');
  }

  refused(bank: string, fault: string): void {
    this.notices.inc({ bank, result: `refused-${fault}` });
    const key = `${bank} ${fault}`;
    const now = this.clock.now().getTime();
    const last = this.lastLogged.get(key);
    if (last && now - last.at < LOG_REFUSALS_EVERY_MS) {
      last.silent += 1;
      return;
    }
    this.lastLogged.set(key, { at: now, silent: 0 });
    log.warn({ bank, fault, moreSinceLastLine: last?.silent ?? 0 }, 'a notice was refused');
  }

  applied(bank: string, items: readonly { readonly result: ItemResult }[]): void {
    for (const { result } of items) this.items.inc({ bank, result });
  }
}
