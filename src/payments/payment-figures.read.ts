import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/index.js';
import type { PaymentState } from './payment.lifecycle.js';

/** Payments that stand alike. */
export interface PaymentShare {
  readonly bankCode: string;
  readonly rail: string;
  readonly state: PaymentState;
  readonly count: number;
  /** Decimal digits in đồng. */
  readonly total: string;
  /** When the first of their runs was started; null before its day, and when all have finished. */
  readonly runningSince: Date | null;
}

/** Counts for the monitoring screens. */
@Injectable()
export class PaymentFigures {
  /** Of unfinished runs, and of those that finished since: from what every move has added up. */
  byState(tx: Tx, finishedSince: Date): Promise<PaymentShare[]> {
    return rows<PaymentShare>(
      tx,
      `select t.bank_code as "bankCode", t.rail, t.state, sum(t.payments)::int as count, sum(t.total)::text as total,
              min(r.started_at) filter (where r.state <> 'finished') as "runningSince"
         from payment_tally t join payment_run r on r.id = t.run_id
        where r.state <> 'finished' or r.finished_at >= $1
        group by 1, 2, 3 having sum(t.payments) > 0`,
      [finishedSince],
    );
  }

  oldestUnknown(tx: Tx): Promise<{ bankCode: string; oldest: Date }[]> {
    return rows(
      tx,
      `select bank_code as "bankCode", min(unknown_since) as oldest
         from payment where aside = 'unknown' group by 1`,
    );
  }
}
