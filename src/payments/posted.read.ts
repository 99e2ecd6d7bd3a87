import { Injectable } from '@nestjs/common';
import { Database, one, rows } from '../platform/database/index.js';
import type { PaymentState } from './payment.lifecycle.js';

/** A payment whose money a posting of the ledger moved. */
export interface PostedPayment {
  /** Of the payment's history row: bigint, as text. */
  readonly id: string;
  readonly paymentId: string;
  readonly reference: string;
  readonly amount: string;
  readonly from: PaymentState | null;
  readonly to: PaymentState;
}

/** What stands behind a posting of the ledger. Reads only. */
@Injectable()
export class PostedPayments {
  constructor(private readonly database: Database) {}

  /** In the order in which they were written, after the given one. */
  list(of: { postingId: string; after: string | null; limit: number }): Promise<PostedPayment[]> {
    return rows<PostedPayment>(
      this.database.reader,
      `select h.id, h.payment_id as "paymentId", p.reference, p.amount::text as amount, h.from_state as "from",
              h.to_state as "to"
         from payment_history h join payment p on p.id = h.payment_id
        where h.posting_id = $1 and ($2::bigint is null or h.id > $2::bigint) order by h.id limit $3`,
      [of.postingId, of.after, of.limit],
    );
  }

  /** The batch that an approval's posting reserved money for. */
  batchOf(approvalId: string): Promise<{ batchId: string; batchNumber: string } | null> {
    return one(
      this.database.reader,
      `select batch_id as "batchId", batch_number as "batchNumber" from payment_run where approval_id = $1`,
      [approvalId],
    );
  }
}
