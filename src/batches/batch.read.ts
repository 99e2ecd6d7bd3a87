import { one, rows, type Tx } from '../platform/database/index.js';
import type { ProposedAccounts } from './account-state.rules.js';
import type { BatchFilter } from './batch.store.js';
import type { BatchState } from './batch.lifecycle.js';

/** A batch as a list shows it. */
export interface BatchSummary {
  readonly id: string;
  readonly number: string;
  readonly programme: string;
  readonly period: string;
  readonly filter: BatchFilter;
  readonly payOn: string | null;
  readonly note: string | null;
  readonly state: BatchState;
  readonly round: number;
  readonly lineCount: number;
  readonly total: string;
  readonly currency: string;
  readonly digest: string | null;
  readonly preparedBy: string;
  readonly proposedBy: string | null;
  readonly proposedAt: Date | null;
  readonly approvalId: string | null;
  readonly followUpOf: string | null;
  readonly returnReason: string | null;
  readonly cancelReason: string | null;
  readonly createdAt: Date;
  readonly version: number;
  /** What was known of its accounts when it was proposed. */
  readonly accountChecks: ProposedAccounts | null;
}

export interface BatchEvent {
  readonly at: Date;
  readonly happened: string;
  readonly from: string | null;
  readonly to: string;
  readonly round: number;
  readonly actorKind: string;
  readonly actorName: string;
  readonly reason: string | null;
}

export interface BatchDetail extends BatchSummary {
  readonly leftOut: readonly { reason: string; count: number; amount: string }[];
  readonly history: readonly BatchEvent[];
}

const COLUMNS = `
  b.id, b.number, b.programme, b.period, b.filter, b.pay_on::text as "payOn", b.note, b.state, b.round,
  b.line_count as "lineCount", b.total_amount as total, b.currency, b.digest, b.prepared_by as "preparedBy",
  b.proposed_by as "proposedBy", b.proposed_at as "proposedAt", b.approval_id as "approvalId",
  b.follow_up_of as "followUpOf", b.return_reason as "returnReason", b.cancel_reason as "cancelReason",
  b.created_at as "createdAt", b.version, b.account_checks as "accountChecks"`;

/** Acts of a batch that its page shows, the newest; the books keep all. */
const HISTORY_SHOWN = 200;

/** Batches, the newest first. */
export function listBatches(
  tx: Tx,
  query: {
    programme?: string;
    period?: string;
    state?: BatchState;
    followUpOf?: string;
    /** Only of these. */
    ids?: readonly string[];
    beforeId: string | null;
    limit: number;
  },
): Promise<BatchSummary[]> {
  return rows(
    tx,
    `select ${COLUMNS} from batch b
      where ($1::text is null or programme = $1) and ($2::text is null or period = $2)
        and ($3::text is null or state = $3) and ($4::uuid is null or follow_up_of = $4)
        and ($5::uuid is null or id < $5) and ($7::uuid[] is null or id = any($7))
      order by id desc limit $6`,
    [
      query.programme ?? null,
      query.period ?? null,
      query.state ?? null,
      query.followUpOf ?? null,
      query.beforeId,
      query.limit,
      query.ids ?? null,
    ],
  );
}

export function findSummary(tx: Tx, batchId: string): Promise<BatchSummary | null> {
  return one(tx, `select ${COLUMNS} from batch b where id = $1`, [batchId]);
}

export async function findDetail(tx: Tx, batchId: string): Promise<BatchDetail | null> {
  const summary = await findSummary(tx, batchId);
  if (!summary) return null;
  const leftOut = await rows<BatchDetail['leftOut'][number]>(
    tx,
    `select reason, count(*)::int as count, sum(amount) as amount
       from batch_exclusion where batch_id = $1 group by reason order by reason`,
    [batchId],
  );
  const history = await rows<BatchEvent>(
    tx,
    `select at, happened, from_state as from, to_state as to, round, actor_kind as "actorKind",
            actor_name as "actorName", reason
       from (select * from batch_history where batch_id = $1 order by id desc limit $2) h order by id`,
    [batchId, HISTORY_SHOWN],
  );
  return { ...summary, leftOut, history };
}
