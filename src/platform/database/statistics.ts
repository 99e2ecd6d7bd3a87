import { execute, rows, type Tx } from './sql.js';

/** A part has grown when it is twice as large on disk as when it was looked at last. */
const TWO_PAGES = 2 * 8192;

/**
 * Has PostgreSQL look at tables that have just grown to many times their size (`added` rows came to fewer). By itself it
 * does so within a minute or two; until then it takes them for small and walks through all of them for every row that it
 * is asked for. Not within a transaction that holds locks: it waits for whoever looks at the same table. Of a table in
 * parts that is known as a whole, only the part that grew is looked at: this month's, which nobody has looked at yet.
 */
export async function lookAtGrown(
  reader: Tx,
  grown: { readonly tables: readonly string[]; readonly added: number },
): Promise<void> {
  const found = await rows<{ name: string }>(
    reader,
    `select c.oid::regclass::text as name from pg_class c
      where c.oid = any($1::text[]::regclass[]) and c.reltuples < $2
     union all
     select c.oid::regclass::text from pg_class p join pg_inherits i on i.inhparent = p.oid join pg_class c on c.oid = i.inhrelid
      where p.oid = any($1::text[]::regclass[]) and p.reltuples >= $2
        and c.reltuples < $2 and pg_relation_size(c.oid) > $3::int * greatest(c.relpages, 1)`,
    [grown.tables, grown.added, TWO_PAGES],
  );
  for (const { name } of found) await execute(reader, `analyze ${name}`);
}
