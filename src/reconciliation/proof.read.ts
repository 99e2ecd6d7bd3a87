import { Injectable } from '@nestjs/common';
import { Database, rows } from '../platform/database/index.js';
import type { Bucket } from './matching.rules.js';

/** A line of a bank's statement that speaks of a payment, and where it stands. */
export interface StatementProof {
  readonly entryRow: string;
  readonly entryId: string;
  readonly direction: 'debit' | 'credit';
  readonly amount: string;
  readonly currency: string;
  readonly bookedAt: Date;
  readonly bucket: Bucket | null;
  readonly reversal: boolean;
  readonly returnCode: string | null;
  readonly returnText: string | null;
  readonly bankReference: string | null;
  /** This very debit proves the payment, amount included. */
  readonly proves: boolean;
  readonly bank: string;
  readonly statementId: string;
  readonly statementRow: string;
  /** ISO 8601 dates. */
  readonly from: string;
  readonly to: string;
  readonly reconciliationId: string | null;
}

/** More lines about one payment are not shown. */
const LINES_SHOWN = 50;

/** What statements say about single payments. */
@Injectable()
export class ProofRead {
  constructor(private readonly database: Database) {}

  /** In the order of booking. */
  ofPayment(paymentId: string): Promise<StatementProof[]> {
    return rows<StatementProof>(
      this.database.reader,
      `select e.id as "entryRow", e.entry_id as "entryId", e.direction, e.amount, e.currency,
              e.booked_at as "bookedAt", e.bucket, e.reversal, e.return_code as "returnCode",
              e.return_text as "returnText", e.bank_reference as "bankReference", m.payment_id is not null as proves,
              e.bank, s.statement_id as "statementId", s.id as "statementRow",
              to_char(s.from_date, 'YYYY-MM-DD') as "from", to_char(s.to_date, 'YYYY-MM-DD') as "to",
              (select r.id from reconciliation r where r.statement_row = s.id order by r.id limit 1)
                as "reconciliationId"
         from statement_entry e
         join statement s on s.id = e.statement_row
         left join payment_match m on m.entry_id = e.id
        where e.payment_id = $1
        order by e.booked_at, e.id limit ${LINES_SHOWN}`,
      [paymentId],
    );
  }
}
