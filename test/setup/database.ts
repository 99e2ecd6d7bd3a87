import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { migrations } from '../../src/migrations/index.js';
import { Database, createDataSource, migrate } from '../../src/platform/database/index.js';

const TEMPLATE = 'chitra_template';

export interface TestDatabase {
  readonly database: Database;
  readonly url: string;
  close(): Promise<void>;
}

/** A migrated database of one's own on the real PostgreSQL of the test run; `close()` drops it. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await ensureTemplate();
  await asAdmin((client) => client.query(`create database ${name} template ${TEMPLATE}`));
  const url = urlOf(name);
  const source = createDataSource({ url, migrations, poolMax: 10, applicationName: 'test' });
  await source.initialize();
  return {
    database: new Database(source),
    url,
    close: async () => {
      await source.destroy();
      await asAdmin((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** An empty database of one's own, for programs that bring their own schema; gives its address. */
export async function emptyDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const name = `e_${randomBytes(6).toString('hex')}`;
  await asAdmin((client) => client.query(`create database ${name}`));
  return {
    url: urlOf(name),
    close: async () => {
      await asAdmin((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}

/** The first spec file of a run migrates the template; the others wait for it and clone. */
async function ensureTemplate(): Promise<void> {
  await asAdmin(async (client) => {
    await client.query('select pg_advisory_lock(1)');
    const found = await client.query('select 1 from pg_database where datname = $1', [TEMPLATE]);
    if (found.rowCount === 0) {
      await client.query(`create database ${TEMPLATE}_new`);
      const url = urlOf(`${TEMPLATE}_new`);
      const source = createDataSource({ url, migrations, poolMax: 2, applicationName: 'template' });
      await source.initialize();
      await migrate(source);
      await source.destroy();
      // Renamed when whole: its name is the sign that the migration ended.
      await client.query(`alter database ${TEMPLATE}_new rename to ${TEMPLATE}`);
    }
    await client.query('select pg_advisory_unlock(1)');
  });
}

function urlOf(database: string): string {
  const url = new URL(process.env.TEST_DATABASE_URL ?? '');
  url.pathname = `/${database}`;
  return url.toString();
}

const CLONE_TRIES = 50;

// Cloning needs the template to itself for a moment: a neighbour cloning it at the same time is waited for.
async function asAdmin(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf('postgres') });
  await client.connect();
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await work(client);
        return;
      } catch (error) {
        if ((error as { code?: string }).code !== '55006' || attempt >= CLONE_TRIES) throw error;
        await new Promise((wake) => setTimeout(wake, 100));
      }
    }
  } finally {
    await client.end();
  }
}
