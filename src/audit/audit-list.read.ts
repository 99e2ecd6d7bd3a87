import { Injectable } from '@nestjs/common';
import { Database, one, rows, type Tx } from '../platform/database/index.js';

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
  /** Any of these; an empty list finds nothing. */
  readonly actorIds?: readonly string[];
  readonly actions?: readonly string[];
  readonly subjectType?: string;
  readonly subjectId?: string;
  readonly from?: Date;
  readonly until?: Date;
}

const COLUMNS = `
  e.id, e.at, e.actor_kind as "actorKind", e.actor_id as "actorId", e.actor_name as "actorName", e.action,
  e.subject_type as "subjectType", e.subject_id as "subjectId", e.detail, l.seq, l.hash`;

/** Ids rise with time, but clocks of machines differ: so far around a time its entries are looked for. */
const CLOCKS_DIFFER_MS = 60_000;

const EXPORTED_AT_ONCE = 1_000;

/** Who did what. Reads only. */
@Injectable()
export class AuditReads {
  constructor(private readonly database: Database) {}

  /** Newest first, before the given entry. */
  list(filter: AuditFilter, page: { beforeId: string | null; limit: number }): Promise<AuditRow[]> {
    return listEntries(this.database.reader, filter, page);
  }

  find(id: string): Promise<AuditRow | null> {
    return one<AuditRow>(
      this.database.reader,
      `select ${COLUMNS} from audit_entry e join audit_link l on l.entry_id = e.id where e.id = $1`,
      [id],
    );
  }

  /** All that the filter finds, newest first; what comes in meanwhile is not among it. */
  async *all(filter: AuditFilter): AsyncGenerator<AuditRow> {
    for (let beforeId: string | null = null; ;) {
      const found: AuditRow[] = await this.list(filter, { beforeId, limit: EXPORTED_AT_ONCE });
      yield* found;
      const last = found.at(-1);
      if (found.length < EXPORTED_AT_ONCE || !last) return;
      beforeId = last.id;
    }
  }

  /** When each of these last did that. */
  async lastTimes(of: {
    actorIds: readonly string[];
    action: string;
  }): Promise<ReadonlyMap<string, Date>> {
    const found = await rows<{ actorId: string; at: Date }>(
      this.database.reader,
      `select a.id as "actorId", last.at
         from unnest($1::text[]) as a (id)
         cross join lateral (
           select e.at from audit_entry e where e.actor_id = a.id and e.action = $2 order by e.id desc limit 1) last`,
      [of.actorIds, of.action],
    );
    return new Map(found.map(({ actorId, at }) => [actorId, at]));
  }
}

/** Newest first, before the given entry. */
export async function listEntries(
  tx: Tx,
  filter: AuditFilter,
  page: { beforeId: string | null; limit: number },
): Promise<AuditRow[]> {
  const bounds = await idBounds(tx, filter);
  if (!bounds) return [];
  return rows<AuditRow>(
    tx,
    `with picked as (${pickingOf(filter)} order by id desc limit $10)
     select ${COLUMNS} from picked join audit_entry e on e.id = picked.id join audit_link l on l.entry_id = e.id
      order by e.id desc`,
    [
      filter.actorIds ?? null,
      filter.actions ?? null,
      filter.subjectType ?? null,
      filter.subjectId ?? null,
      filter.from ?? null,
      filter.until ?? null,
      page.beforeId,
      bounds.first,
      bounds.end,
      page.limit,
    ],
  );
}

/** Every parameter stands in it, whichever way is gone. */
const MATCHES = `
      ($1::text[] is null or e.actor_id = any($1)) and ($2::text[] is null or e.action = any($2))
  and ($3::text is null or e.subject_type = $3) and ($4::text is null or e.subject_id = $4)
  and ($5::timestamptz is null or e.at >= $5) and ($6::timestamptz is null or e.at < $6)
  and ($7::uuid is null or e.id < $7) and ($8::uuid is null or e.id >= $8) and ($9::uuid is null or e.id < $9)`;

const UNORDERED = `select e.id from audit_entry e where ${MATCHES}`;

/**
 * The newest of one value of an index, as often as a page is long: the others cannot be on it. `between` instead of
 * `=`, so that the order names the column and only its own index gives it: by the primary key, what is rare would be
 * looked for through the whole trail.
 */
const newestOf = (column: string, value: string): string =>
  `select e.id from audit_entry e where e.${column} between ${value} and ${value} and ${MATCHES}
    order by e.${column} desc, e.id desc limit $10`;

const NEWEST_OF_BOTH = `
  select e.id from audit_entry e where e.actor_id = a.id and e.action = c.action and ${MATCHES}
   order by e.id desc limit $10`;

/** The way to the newest entries that touches few others: by the thing, else by each person and each act. */
function pickingOf({ actorIds, actions, subjectId }: AuditFilter): string {
  if (subjectId !== undefined || (!actorIds && !actions)) return UNORDERED;
  const actors = 'unnest($1::text[]) as a (id)';
  const acts = 'unnest($2::text[]) as c (action)';
  if (actorIds && actions) {
    return `select n.id from ${actors} cross join ${acts} cross join lateral (${NEWEST_OF_BOTH}) n`;
  }
  return actorIds
    ? `select n.id from ${actors} cross join lateral (${newestOf('actor_id', 'a.id')}) n`
    : `select n.id from ${acts} cross join lateral (${newestOf('action', 'c.action')}) n`;
}

/** Between which ids a time lies; null when nothing is as late as its begin. */
async function idBounds(
  tx: Tx,
  { from, until }: Pick<AuditFilter, 'from' | 'until'>,
): Promise<{ first: string | null; end: string | null } | null> {
  const first = from ? await firstIdAt(tx, new Date(from.getTime() - CLOCKS_DIFFER_MS)) : null;
  if (from && first === null) return null;
  const end = until ? await firstIdAt(tx, new Date(until.getTime() + CLOCKS_DIFFER_MS)) : null;
  return { first, end };
}

async function firstIdAt(tx: Tx, at: Date): Promise<string | null> {
  const found = await one<{ id: string }>(
    tx,
    `select id from audit_entry where at >= $1 order by at, id limit 1`,
    [at],
  );
  return found?.id ?? null;
}
