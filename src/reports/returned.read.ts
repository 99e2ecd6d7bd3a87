import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/index.js';
import type { Figure } from './equation.rules.js';

export interface Failed extends Figure {
  readonly state: 'rejected' | 'returned';
}

/** What became of a commune's payments in a time. Reads only. */
@Injectable()
export class ReturnedRead {
  failedSince(tx: Tx, of: { commune: string; since: Date }): Promise<Failed[]> {
    return rows<Failed>(
      tx,
      `select state, count(*)::int as count, sum(amount)::text as total
         from payment_view
        where aside in ('rejected', 'returned') and commune_code = $1 and changed_at >= $2
        group by state order by state`,
      [of.commune, of.since],
    );
  }
}
