import { execute, rows, type Tx } from '../platform/database/index.js';
import {
  FAILED,
  FAILED_PARAMETERS,
  NOT_REISSUED,
  PAID_AFTER_ALL,
  parametersOf,
  type FailedChoice,
} from './failed-choice.read.js';
import type { FailedPayment } from './reissue.rules.js';

const COLUMNS = `
  p.id as "paymentId", p.entitlement_id as "entitlementId",
  coalesce(p.reason_code, e.failed_code) as "reasonCode",
  p.account_id as "accountId", e.state as "entitlementState", e.account_id as "currentAccountId",
  e.hold_reason is not null as held, e.deceased_on is not null as deceased, ${PAID_AFTER_ALL} as "paidAfterAll"`;

/** The failed payments of a batch that nothing has paid again, locked; all of them, or the ones named. */
export function lockFailed(
  tx: Tx,
  given: { batchId: string; paymentIds: readonly string[] | null },
): Promise<FailedPayment[]> {
  return rows<FailedPayment>(
    tx,
    `select ${COLUMNS}
       from payment p
       join payable_entitlement_view e on e.entitlement_id = p.entitlement_id
      where p.batch_id = $1
        and (p.aside in ('rejected', 'returned') or (p.aside = 'cancelled' and e.failed_code = 'DUPL'))
        and ($2::uuid[] is null or p.id = any($2::uuid[]))
        and ${NOT_REISSUED}
      order by p.id for update of p`,
    [given.batchId, given.paymentIds],
  );
}

export interface ChosenPayment extends FailedPayment {
  readonly batchId: string;
  readonly amount: string;
}

/** At most `most + 1` of the failed payments that are chosen, over all batches, locked in the order of their ids. */
export function lockChosen(
  tx: Tx,
  given: { choice: FailedChoice; freeCodes: readonly string[]; most: number },
): Promise<ChosenPayment[]> {
  return rows<ChosenPayment>(
    tx,
    `select ${COLUMNS}, p.batch_id as "batchId", p.amount
       from ${FAILED}
      order by p.id limit $${FAILED_PARAMETERS + 1} for update of p`,
    [...parametersOf(given.choice, given.freeCodes), given.most + 1],
  );
}

/** What a follow-up batch left out, by the payment that it would have paid again. */
export function leftOutOf(
  tx: Tx,
  batchId: string,
): Promise<{ paymentId: string; leftOut: string }[]> {
  return rows(
    tx,
    `select payment_id as "paymentId", left_out as "leftOut" from batch_reissue_view
      where batch_id = $1 and left_out is not null`,
    [batchId],
  );
}

/** Writes what an order was and what became of each payment. */
export async function insertReissueOrder(
  tx: Tx,
  order: {
    id: string;
    at: Date;
    actor: { kind: string; id: string; name: string };
    chosen: Readonly<Record<string, unknown>>;
    count: number;
    total: string;
    sameAccountBecause: string | null;
    paidAfterAllBecause: string | null;
    items: readonly { paymentId: string; batchId: string | null; stayed: string | null }[];
  },
): Promise<void> {
  const { id, at, actor, items } = order;
  await execute(
    tx,
    `insert into reissue_order (id, at, actor_kind, actor_id, actor_name, chosen, payment_count, total_amount,
                                currency, same_account_because, paid_after_all_because)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'VND', $9, $10)`,
    [
      id,
      at,
      actor.kind,
      actor.id,
      actor.name,
      JSON.stringify(order.chosen),
      order.count,
      order.total,
      order.sameAccountBecause,
      order.paidAfterAllBecause,
    ],
  );
  await execute(
    tx,
    `insert into reissue_order_item (order_id, payment_id, batch_id, stayed)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[])`,
    [
      id,
      items.map(({ paymentId }) => paymentId),
      items.map(({ batchId }) => batchId),
      items.map(({ stayed }) => stayed),
    ],
  );
}
