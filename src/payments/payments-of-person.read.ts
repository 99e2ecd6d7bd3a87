import { rows, type Tx } from '../platform/database/index.js';
import type { PaymentState } from './payment.lifecycle.js';

/** A payment as the file of its person shows it. */
export interface PersonPayment {
  readonly id: string;
  readonly reference: string;
  readonly runId: string;
  readonly programme: string;
  readonly period: string;
  readonly amount: string;
  readonly state: PaymentState;
  readonly bankBin: string;
  readonly accountNumber: string;
  readonly reasonCode: string | null;
  readonly settledAt: Date | null;
  readonly createdAt: Date;
  readonly reissueOf: string | null;
}

/** Every payment that was ever made for one person, the newest first; `before` is the id of the last one seen. */
export function paymentsOfPerson(
  tx: Tx,
  page: { beneficiaryId: string; before: string | null; limit: number },
): Promise<PersonPayment[]> {
  return rows<PersonPayment>(
    tx,
    `select id, reference, run_id as "runId", programme, period, amount::text as amount, state,
            bank_bin as "bankBin", account_number as "accountNumber", reason_code as "reasonCode",
            settled_at as "settledAt", created_at as "createdAt", reissue_of as "reissueOf"
       from payment
      where beneficiary_id = $1 and ($2::uuid is null or id < $2::uuid)
      order by id desc limit $3`,
    [page.beneficiaryId, page.before, page.limit + 1],
  );
}

/** How many of them stand where, and how much that is. */
export function totalsOfPerson(
  tx: Tx,
  beneficiaryId: string,
): Promise<{ state: PaymentState; count: number; amount: string }[]> {
  return rows(
    tx,
    `select state, count(*)::int as count, sum(amount)::text as amount
       from payment where beneficiary_id = $1 group by state order by state`,
    [beneficiaryId],
  );
}
