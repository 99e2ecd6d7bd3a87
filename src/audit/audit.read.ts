import { one, rows, type Tx } from '../platform/database/index.js';

export const GENESIS_HASH = '0'.repeat(64);

/** A link of the chain with the canonical text of what it should seal; null when its entry is gone. */
export interface ChainRow {
  readonly seq: string;
  readonly entryId: string;
  readonly previousHash: string;
  readonly hash: string;
  readonly canonical: string | null;
}

/** Links after `seq`, in order, up to and with `last`. The text is built here and not by the trigger's function. */
export function chainAfter(
  tx: Tx,
  range: { seq: string; last: string; limit: number },
): Promise<ChainRow[]> {
  return rows<ChainRow>(
    tx,
    `select l.seq, l.entry_id as "entryId", l.previous_hash as "previousHash", l.hash,
            case when e.id is not null then jsonb_build_array(
              l.seq, l.previous_hash, e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
              e.actor_kind, e.actor_id, e.actor_name, e.action, e.subject_type, e.subject_id, e.detail
            )::text end as canonical
       from audit_link l left join audit_entry e on e.id = l.entry_id
      where l.seq > $1 and l.seq <= $2 order by l.seq limit $3`,
    [range.seq, range.last, range.limit],
  );
}

export interface ChainHead {
  /** bigint, as text; `0` while the chain is empty. */
  readonly seq: string;
  readonly hash: string;
}

export async function chainHead(tx: Tx): Promise<ChainHead> {
  const head = await one<ChainHead>(
    tx,
    `select seq, hash from audit_link order by seq desc limit 1`,
  );
  return head ?? { seq: '0', hash: GENESIS_HASH };
}

/** The oldest entry that no link seals; none in an honest trail, for they commit together. */
export function firstUnlinked(tx: Tx): Promise<{ id: string } | null> {
  return one<{ id: string }>(
    tx,
    `select e.id from audit_entry e
      where not exists (select 1 from audit_link l where l.entry_id = e.id) order by e.id limit 1`,
  );
}
