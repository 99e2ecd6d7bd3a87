import { rows, type Tx } from '../platform/database/index.js';

/** One time that a batch was laid before its signers, and how that ended if it is over. */
export interface ProposedRound {
  readonly round: number;
  readonly proposedAt: Date;
  readonly proposedBy: string;
  readonly digest: string;
  readonly lineCount: number;
  readonly total: string;
  readonly returnedAt: Date | null;
  readonly returnedBy: string | null;
  readonly reason: string | null;
}

/** A line that is not as the returned round had it; gone: nothing now, new: nothing before. */
export interface LineSinceReturn {
  readonly entitlementId: string;
  readonly beneficiaryId: string | null;
  readonly lineNo: number | null;
  readonly payeeName: string;
  readonly amountBefore: string | null;
  readonly amountNow: string | null;
  readonly otherAccount: boolean;
  readonly otherName: boolean;
}

/** More rounds of one batch are not shown. */
const ROUNDS_SHOWN = 50;

/** Every round of a batch that was proposed, the newest first. */
export function proposedRounds(tx: Tx, batchId: string): Promise<ProposedRound[]> {
  return rows(
    tx,
    `select p.round, p.at as "proposedAt", p.actor_name as "proposedBy", p.detail ->> 'digest' as digest,
            (p.detail ->> 'lineCount')::int as "lineCount", p.detail ->> 'total' as total,
            r.at as "returnedAt", r.actor_name as "returnedBy", r.reason
       from batch_history p
       left join batch_history r
         on r.batch_id = p.batch_id and r.round = p.round and r.happened = 'returned'
      where p.batch_id = $1 and p.happened = 'proposed'
      order by p.id desc limit ${ROUNDS_SHOWN}`,
    [batchId],
  );
}

/** Lines that differ from those of a returned round, by entitlement. */
export function linesSinceReturn(
  tx: Tx,
  query: { batchId: string; round: number; afterId: string | null; limit: number },
): Promise<LineSinceReturn[]> {
  return rows(
    tx,
    `select coalesce(l.entitlement_id, r.entitlement_id) as "entitlementId",
            coalesce(l.beneficiary_id, x.beneficiary_id) as "beneficiaryId", l.line_no as "lineNo",
            coalesce(l.payee_name, r.payee_name) as "payeeName", r.amount as "amountBefore", l.amount as "amountNow",
            coalesce(l.account_id <> r.account_id, false) as "otherAccount",
            coalesce(l.payee_name <> r.payee_name, false) as "otherName"
       from (select * from batch_line where batch_id = $1) l
       full join (select * from batch_returned_line where batch_id = $1 and round = $2) r
         on r.entitlement_id = l.entitlement_id
       left join batch_exclusion x on x.batch_id = $1 and x.entitlement_id = r.entitlement_id
      where (l.amount, l.account_id, l.payee_name) is distinct from (r.amount, r.account_id, r.payee_name)
        and ($3::uuid is null or coalesce(l.entitlement_id, r.entitlement_id) > $3)
      order by 1 limit $4`,
    [query.batchId, query.round, query.afterId, query.limit],
  );
}
