import { execute, one, rows, type Tx } from '../database/index.js';
import type { Part } from './partitioned-table.js';

/** The parts of these tables, the oldest first; the one for what fits in none is the last of each. */
export function partsOf(tx: Tx, tables: readonly string[]): Promise<Part[]> {
  return rows<Part>(
    tx,
    `select p.relname as table, c.relname as name, b.from, b.up_to as "upTo",
            pg_total_relation_size(c.oid)::float8 as bytes, greatest(c.reltuples, 0)::float8 as rows
       from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
      cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as words) w
      cross join lateral (
        select to_char(uuidv7_time(substring(w.words from 'FROM \\(''([0-9a-f-]+)''')::uuid)
                       at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM') as from,
               to_char(uuidv7_time(substring(w.words from 'TO \\(''([0-9a-f-]+)''')::uuid)
                       at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM') as up_to) b
      where p.relnamespace = 'public'::regnamespace and p.relkind = 'p' and p.relname = any($1)
      order by array_position($1, p.relname::text), b.up_to nulls last`,
    [tables],
  );
}

/** Tables in parts of which rows lie in the part for what fits in none. */
export async function strayed(tx: Tx, tables: readonly string[]): Promise<Set<string>> {
  const looks = tables.map(
    (table) => `select '${table}' as table where exists (select 1 from ${table}_default)`,
  );
  const found = await rows<{ table: string }>(tx, looks.join(' union all '));
  return new Set(found.map(({ table }) => table));
}

const LOCK = 7_203_302;

/**
 * Waits for whoever else changes parts, but not long for anything: who waits for a table makes all others wait behind
 * it. A lock that is not had is tried for again (55P03).
 */
export async function alone(tx: Tx): Promise<void> {
  await execute(tx, `set local lock_timeout = '2s'`);
  await execute(tx, 'select pg_advisory_xact_lock($1)', [LOCK]);
}

/** PostgreSQL looks at parts by itself, but never at the whole of them, by which it plans what is joined with it. */
export async function lookAtWhole(tx: Tx, table: string): Promise<void> {
  await execute(tx, 'set local statement_timeout = 0');
  await execute(tx, `analyze ${table}`);
}

export async function addPart(tx: Tx, of: { table: string; month: string }): Promise<void> {
  await execute(tx, 'select add_month_partition($1, $2::date)', [of.table, `${of.month}-01`]);
}

/**
 * The same where rows of that month lie in the part for what fits in none: that part is made anew, and its rows go where
 * they belong.
 */
export async function addPartAndHome(tx: Tx, of: { table: string; month: string }): Promise<void> {
  const { table } = of;
  await execute(tx, `alter table ${table} detach partition ${table}_default`);
  await execute(tx, `alter table ${table}_default rename to ${table}_strays`);
  const month = `${of.month}-01`;
  const made = [table, `${table}_strays`, month];
  await execute(tx, 'select add_month_partition_with($1, $3::date, $2, $3::date)', made);
  await execute(tx, 'select add_month_partition_with($1, null, $2, $3::date)', made);
  await execute(tx, `drop table ${table}_strays`);
}

/** Whether the part holds a row of which `needed` says that it is. */
export async function isNeeded(tx: Tx, part: Part, needed: string | undefined): Promise<boolean> {
  if (needed === undefined) return false;
  return (await one(tx, `select 1 from ${part.name} r where ${needed} limit 1`)) !== null;
}

/** Takes a part out of its table; its rows are as they were, in the archive's table of the same name. */
export async function moveToArchive(tx: Tx, { table, name }: Part): Promise<void> {
  const bound = await one<{ words: string }>(
    tx,
    'select pg_get_expr(relpartbound, oid) as words from pg_class where oid = $1::regclass',
    [name],
  );
  await execute(tx, `alter table ${table} detach partition ${name}`);
  await execute(tx, `alter table ${name} set schema archive`);
  await execute(
    tx,
    `alter table archive.${table} attach partition archive.${name} ${bound?.words ?? ''}`,
  );
}

export async function dropPart(tx: Tx, { table, name }: Part): Promise<void> {
  await execute(tx, `alter table ${table} detach partition ${name}`);
  await execute(tx, `drop table ${name}`);
}
