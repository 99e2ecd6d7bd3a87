import { Injectable } from '@nestjs/common';
import type { Bank } from '../banks/index.js';
import { Clock } from '../kernel/index.js';
import { Database } from '../platform/database/index.js';
import {
  askAfterAcceptedOf,
  askAfterAllAccepted,
  scanOf,
  storeScan,
} from './enquiry-scan.store.js';

/** A message is looked through within this share of the time after which a bank is asked, and within a minute. */
const STEP_SHARE = 0.1;
const STEP_MOST_MS = 60_000;
/** An answer that was noted by then may be committed later, or under a clock that goes a little behind. */
const OVERLAP_MS = 60_000;
/** Clocks can be set back by more: now and then the payments themselves are walked through. */
const WALK_EVERY_MS = 600_000;

/**
 * Plans the first enquiry about payments that a bank took in and said no more of. They are looked for by the messages that
 * carried them, once, when it is time to ask: most are settled by then, and a payment on its way need not say when
 * it is to be asked about.
 */
@Injectable()
export class AskAfterAccepted {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns how many payments will be asked about. */
  async plan({ code: bankCode, adapter, settings }: Bank): Promise<number> {
    // Where files tell, nobody is asked.
    if (!adapter.enquire || adapter.files) return 0;
    const { acceptedAfterMs } = settings.enquiry;
    const at = this.clock.now();
    const upTo = new Date(at.getTime() - acceptedAfterMs);
    const stepMs = Math.min(acceptedAfterMs * STEP_SHARE, STEP_MOST_MS);
    return this.database.transaction(async (tx) => {
      const { until, walkedAt } = await scanOf(tx, bankCode);
      const sinceWalkMs = Math.abs(at.getTime() - walkedAt.getTime());
      if (sinceWalkMs >= WALK_EVERY_MS) {
        const planned = await askAfterAllAccepted(tx, { bankCode, upTo, at });
        await storeScan(tx, { bankCode, until: upTo, walkedAt: at });
        return planned;
      }
      if (upTo.getTime() - until.getTime() < stepMs) return 0;
      const after = new Date(until.getTime() - OVERLAP_MS);
      const planned = await askAfterAcceptedOf(tx, { bankCode, after, upTo, at });
      await storeScan(tx, { bankCode, until: upTo, walkedAt });
      return planned;
    });
  }
}
