import { execute, rows, type Tx } from './sql.js';

/**
 * Has PostgreSQL look at tables that have just grown to many times their size (`added` rows came to fewer). By itself it
 * does so within a minute or two; until then it takes them for small and walks through all of them for every row that it
 * is asked for. Not within a transaction that holds locks: it waits for whoever looks at the same table.
 */
export async function lookAtGrown(
  reader: Tx,
  grown: { readonly tables: readonly string[]; readonly added: number },
): Promise<void> {
  const found = await rows<{ name: string }>(
    reader,
    `select c.oid::regclass::text as name from pg_class c
      where c.oid = any($1::text[]::regclass[]) and c.reltuples < $2`,
    [grown.tables, grown.added],
  );
  for (const { name } of found) await execute(reader, `analyze ${name}`);
}
