import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

/** What set-up starts and tear-down stops; both run in Jest's own process and meet on its global object. */
export interface SetupState {
  chitraTest?: { server: { stop(): Promise<void> }; dataDir: string };
}

/**
 * Before all tests: a real PostgreSQL of our own. Jest loads this file without its module mapping, so it
 * touches one source file only; the migrated template is made by the first spec that needs it (database.ts).
 */
export default async function globalSetup(): Promise<void> {
  const source = resolve('src/platform/database/embedded.ts');
  const { embeddedPostgres } = (await import(
    source
  )) as typeof import('../../src/platform/database/embedded.js');
  const dataDir = await mkdtemp(join(tmpdir(), 'chitra-test-'));
  // As root, PostgreSQL runs under another account, which must be able to enter.
  await chmod(dataDir, 0o755);
  const server = await embeddedPostgres({ dataDir });
  (globalThis as SetupState).chitraTest = { server, dataDir };
  process.env.TEST_RUN = basename(dataDir);
  process.env.TEST_DATABASE_URL = await server.url('postgres');
}
