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
  /** Of unfinished runs, and of those that finished since: out of one index, however many payments there are. */
  byState(tx: Tx, finishedSince: Date): Promise<PaymentShare[]> {
    return rows<PaymentShare>(
      tx,
      `select p.bank_code as "bankCode", p.rail, p.state, count(*)::int as count, sum(p.amount)::text as total,
              min(r.started_at) filter (where r.state <> 'finished') as "runningSince"
         from payment p join payment_run r on r.id = p.run_id
        where r.state <> 'finished' or r.finished_at >= $1
        group by 1, 2, 3`,
      [finishedSince],
    );
  }

  oldestUnknown(tx: Tx): Promise<{ bankCode: string; oldest: Date }[]> {
    return rows(
      tx,
      `select bank_code as "bankCode", min(unknown_since) as oldest
         from payment where state = 'unknown' group by 1`,
    );
  }
}
