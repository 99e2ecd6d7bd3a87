import { one, rows, type Tx } from '../platform/database/index.js';

export const GENESIS_HASH = '0'.repeat(64);

/** An entry with its place in the chain. */
export interface AuditRow {
  readonly id: string;
  readonly at: Date;
  readonly actorKind: 'user' | 'api-key' | 'system';
  readonly actorId: string;
  readonly actorName: string;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly detail: Record<string, unknown>;
  /** bigint, as text. */
  readonly seq: string;
  readonly hash: string;
}

export interface AuditFilter {
  readonly actorId?: string;
  readonly action?: string;
  readonly subjectType?: string;
  readonly subjectId?: string;
  readonly from?: Date;
  readonly until?: Date;
}

/** Newest first, before the given entry. */
export function listEntries(
  tx: Tx,
  filter: AuditFilter,
  page: { beforeId: string | null; limit: number },
): Promise<AuditRow[]> {
  return rows<AuditRow>(
    tx,
    `select e.id, e.at, e.actor_kind as "actorKind", e.actor_id as "actorId", e.actor_name as "actorName",
            e.action, e.subject_type as "subjectType", e.subject_id as "subjectId", e.detail, l.seq, l.hash
       from audit_entry e join audit_link l on l.entry_id = e.id
      where ($1::text is null or e.actor_id = $1)
        and ($2::text is null or e.action = $2)
        and ($3::text is null or e.subject_type = $3)
        and ($4::text is null or e.subject_id = $4)
        and ($5::timestamptz is null or e.at >= $5)
        and ($6::timestamptz is null or e.at < $6)
        and ($7::uuid is null or e.id < $7)
      order by e.id desc limit $8`,
    [
      filter.actorId ?? null,
      filter.action ?? null,
      filter.subjectType ?? null,
      filter.subjectId ?? null,
      filter.from ?? null,
      filter.until ?? null,
      page.beforeId,
      page.limit,
    ],
  );
}

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
