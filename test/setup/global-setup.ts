import pg from 'pg';
import { embeddedPostgres } from '../../src/platform/database/embedded.js';
import { memoryFolder } from './memory-folder.js';

/** What set-up starts and tear-down stops; both run in Jest's own process and meet on its global object. */
export interface SetupState {
  chitraTest?: { server: { stop(): Promise<void> }; dataDir: string };
}

/**
 * Before all tests: a real PostgreSQL of our own; the migrated template is made by the first spec that needs it
 * (database.ts).
 */
export default async function globalSetup(): Promise<void> {
  const dataDir = await memoryFolder('chitra-test-');
  const server = await embeddedPostgres({ dataDir });
  await dareToLose(await server.url('postgres'));
  (globalThis as SetupState).chitraTest = { server, dataDir };
  process.env.TEST_DATABASE_URL = await server.url('postgres');
}

/**
 * Nothing on this server outlives the run, and none of its tests makes it crash (those start servers of their own), so
 * it does not wait for the disk: hundreds of databases are made and dropped.
 */
async function dareToLose(url: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    for (const name of ['fsync', 'full_page_writes', 'synchronous_commit']) {
      await admin.query(`alter system set ${name} = off`);
    }
    await admin.query('select pg_reload_conf()');
  } finally {
    await admin.end();
  }
}
