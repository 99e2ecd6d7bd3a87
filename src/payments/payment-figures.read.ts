import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/index.js';

/** Counts for the monitoring screens. */
@Injectable()
export class PaymentFigures {
  byState(
    tx: Tx,
    changedSince: Date,
  ): Promise<{ bankCode: string; state: string; count: number }[]> {
    return rows(
      tx,
      `select p.bank_code as "bankCode", p.state, count(*)::int as count
         from payment p join payment_run r on r.id = p.run_id
        where r.state <> 'finished' or r.finished_at >= $1
        group by 1, 2`,
      [changedSince],
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
