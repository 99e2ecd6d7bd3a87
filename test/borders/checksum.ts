import pg from 'pg';

/**
 * Not business: keys of requests (a refused one frees its own), sessions that move on with every request, and
 * attempts to sign in and notices of nobody, which are counted because they failed.
 */
const APART = new Set(['idempotency_key', 'session', 'login_attempt', 'notice_refusal']);

/** Every business table with a figure that changes when any row of it is added, changed or taken away. */
export type Checksum = Readonly<Record<string, string>>;

/** Watches the tables of a database from a connection of its own. */
export class Books {
  private constructor(
    private readonly client: pg.Client,
    readonly tables: readonly string[],
    private readonly sql: string,
  ) {}

  static async open(url: string): Promise<Books> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const found = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    );
    const tables = found.rows.map((row) => row.name).filter((name) => !APART.has(name));
    // Every write gives a row another xmin and another place, also one that writes the same values again.
    const sql = tables
      .map(
        (name) =>
          `select '${name}' as name, count(*) || ':' || coalesce(sum(hashtextextended(xmin::text || ctid::text, 0)), 0) as sum from "${name}"`,
      )
      .join(' union all ');
    return new Books(client, tables, sql);
  }

  async checksum(): Promise<Checksum> {
    const found = await this.client.query<{ name: string; sum: string }>({
      name: 'checksum',
      text: this.sql,
    });
    return Object.fromEntries(found.rows.map(({ name, sum }) => [name, sum]));
  }

  /** Ids of the rows of each table that has such. */
  async ids(): Promise<Record<string, string[]>> {
    const ids: Record<string, string[]> = {};
    const found = await this.client.query<{ name: string }>(
      `select table_name as name from information_schema.columns
        where table_schema = 'public' and column_name = 'id' and data_type = 'uuid' order by 1`,
    );
    for (const { name } of found.rows) {
      const rows = await this.client.query<{ id: string }>(
        `select id from "${name}" order by id limit 200`,
      );
      ids[name] = rows.rows.map((row) => row.id);
    }
    return ids;
  }

  async count(sql: string): Promise<number> {
    const found = await this.client.query<{ n: number }>(sql);
    return found.rows[0]?.n ?? 0;
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

/** The tables that two checksums differ in. */
export function changed(before: Checksum, after: Checksum): string[] {
  return Object.keys(after).filter((name) => before[name] !== after[name]);
}
