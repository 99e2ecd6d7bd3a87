import { rows, type Tx } from '../platform/database/index.js';
import type { FailedPayment } from './reissue.rules.js';

/** The failed payments of a batch that nothing has paid again, locked; all of them, or the ones named. */
export function lockFailed(
  tx: Tx,
  given: { batchId: string; paymentIds: readonly string[] | null },
): Promise<FailedPayment[]> {
  return rows<FailedPayment>(
    tx,
    `select p.id as "paymentId", p.entitlement_id as "entitlementId",
            coalesce(p.reason_code, e.failed_code) as "reasonCode",
            p.account_id as "accountId", e.state as "entitlementState", e.account_id as "currentAccountId",
            e.hold_reason is not null as held, e.deceased_on is not null as deceased,
            exists (select 1 from payment_conflict k
                     where k.payment_id = p.id and k.state in ('rejected', 'returned', 'cancelled')
                       and k.says in ('settled', 'accepted')) as "paidAfterAll"
       from payment p
       join payable_entitlement_view e on e.entitlement_id = p.entitlement_id
      where p.batch_id = $1
        and (p.state in ('rejected', 'returned') or (p.state = 'cancelled' and e.failed_code = 'DUPL'))
        and ($2::uuid[] is null or p.id = any($2::uuid[]))
        and not exists (select 1 from payment n where n.reissue_of = p.id and n.state <> 'cancelled')
      order by p.id for update of p`,
    [given.batchId, given.paymentIds],
  );
}
