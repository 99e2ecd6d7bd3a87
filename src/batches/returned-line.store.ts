import { execute, one, type Tx } from '../platform/database/index.js';

/** How the lines of a batch differ from those of the round that a signer saw. */
export interface LineChanges {
  readonly round: number;
  readonly newLines: number;
  readonly goneLines: number;
  /** Another amount, account or name. */
  readonly changedLines: number;
}

/** Keeps what the signers of a round had before them, when it is returned. */
export async function keepReturnedLines(
  tx: Tx,
  of: { batchId: string; round: number },
): Promise<void> {
  await execute(
    tx,
    `insert into batch_returned_line (batch_id, round, entitlement_id, account_id, payee_name, amount)
     select batch_id, $2, entitlement_id, account_id, payee_name, amount from batch_line where batch_id = $1`,
    [of.batchId, of.round],
  );
}

/** Compares the lines as they are now with those of the round that had the digest. */
export function changesSinceRound(
  tx: Tx,
  seen: { batchId: string; digest: string },
): Promise<LineChanges | null> {
  return one<LineChanges>(
    tx,
    `with seen as (
       select round from batch_history
        where batch_id = $1 and happened = 'proposed' and detail ->> 'digest' = $2
        order by id desc limit 1)
     select seen.round,
            count(*) filter (where r.entitlement_id is null)::int as "newLines",
            count(*) filter (where l.entitlement_id is null)::int as "goneLines",
            count(*) filter (where (l.amount, l.account_id, l.payee_name)
                                   is distinct from (r.amount, r.account_id, r.payee_name)
                               and l.entitlement_id is not null and r.entitlement_id is not null)::int
              as "changedLines"
       from seen,
            (select * from batch_line where batch_id = $1) l
       full join (select * from batch_returned_line where batch_id = $1
                   and round = (select round from seen)) r
         on r.entitlement_id = l.entitlement_id
      group by seen.round`,
    [seen.batchId, seen.digest],
  );
}
