import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/index.js';

/** What shows that one payment was made: our reference, the bank's, and the line of its statement. */
export interface PaymentProof {
  readonly paymentId: string;
  readonly reference: string;
  readonly bankReference: string | null;
  readonly firstSentAt: Date | null;
  readonly settledAt: Date | null;
  /** The bank's own id of the debit that proves it; null while no statement does. */
  readonly entryId: string | null;
  readonly bookedAt: Date | null;
  readonly reconciledAt: Date | null;
}

/** Proofs of payments, for lists that leave the house. */
@Injectable()
export class PaymentProofs {
  async of(tx: Tx, paymentIds: readonly string[]): Promise<ReadonlyMap<string, PaymentProof>> {
    const found = await rows<PaymentProof>(
      tx,
      `select p.payment_id as "paymentId", p.reference, p.bank_reference as "bankReference",
              p.first_sent_at as "firstSentAt", p.settled_at as "settledAt", e.entry_id as "entryId",
              e.booked_at as "bookedAt", m.reconciled_at as "reconciledAt"
         from payment_view p
         left join payment_match_view m using (payment_id)
         left join statement_entry_view e on e.entry_row = m.entry_id
        where p.payment_id = any($1::uuid[])`,
      [paymentIds],
    );
    return new Map(found.map((proof) => [proof.paymentId, proof]));
  }
}
