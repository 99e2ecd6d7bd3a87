import { one, type Tx } from '../platform/database/index.js';

/** A batch as its paper names it, and who proposed it. */
export interface PaperBatch {
  readonly id: string;
  readonly number: string;
  readonly programme: string;
  readonly period: string;
  readonly state: string;
  readonly round: number;
  readonly digest: string | null;
  readonly lineCount: number;
  readonly total: string;
  readonly proposedBy: string | null;
  readonly proposedAt: Date | null;
  /** Login or key name of whoever proposed it. */
  readonly proposerName: string | null;
  readonly followedNumber: string | null;
}

export function findPaperBatch(tx: Tx, batchId: string): Promise<PaperBatch | null> {
  return one(
    tx,
    `select b.batch_id as id, b.number, b.programme, b.period, b.state, b.round, b.digest,
            b.line_count as "lineCount", b.total_amount as total, b.proposed_by as "proposedBy",
            b.proposed_at as "proposedAt", f.number as "followedNumber",
            (select h.actor_name from batch_history_view h
              where h.batch_id = b.batch_id and h.happened = 'proposed' and h.round = b.round
              order by h.history_id desc limit 1) as "proposerName"
       from batch_view b
       left join batch_view f on f.batch_id = b.follow_up_of
      where b.batch_id = $1`,
    [batchId],
  );
}
