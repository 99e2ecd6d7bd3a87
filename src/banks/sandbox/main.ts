import 'reflect-metadata';
import pg from 'pg';
import { processEnvironment, SettingsError } from '../../platform/config/index.js';
import { embeddedPostgres } from '../../platform/database/index.js';
import { configureLogging, logger } from '../../platform/logging/index.js';
import { readSandboxSettings, type SandboxSettings } from './sandbox.settings.js';
import { startSandboxBank } from './start-sandbox-bank.js';

const DATABASE = 'sandbox_bank';
const log = logger('sandbox-bank');

/** The sandbox bank's program: `npm run sandbox-bank`. Ends on SIGINT and SIGTERM. */
async function main(): Promise<void> {
  const settings = readSandboxSettings(processEnvironment());
  configureLogging({ level: settings.LOG_LEVEL, role: 'sandbox-bank' });
  const books = await booksDatabase(settings);
  const running = await startSandboxBank(settings, books.url);
  log.info({ url: running.url, banks: settings.SANDBOX_BANKS }, 'the sandbox bank listens');
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    await running.stop();
    await books.release();
    process.exit(0);
  };
  process.on('SIGINT', () => void end());
  process.on('SIGTERM', () => void end());
}

async function booksDatabase(settings: SandboxSettings) {
  if (settings.SANDBOX_DATABASE_URL) {
    return { url: settings.SANDBOX_DATABASE_URL, release: () => Promise.resolve() };
  }
  const server = await embeddedPostgres({ dataDir: settings.DATA_DIR });
  const url = await server.url(DATABASE);
  return {
    url,
    // The server is shared by DATA_DIR: whoever started it must not take it from under the others.
    release: async () => {
      if (!(await usedByOthers(url))) await server.stop();
    },
  };
}

async function usedByOthers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query(
    "select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1",
  );
  await client.end();
  return rowCount !== 0;
}

main().catch((error: unknown) => {
  // The log may not be set up yet, and this is for the person at the terminal.
  const text =
    error instanceof SettingsError ? error.message : String((error as Error).stack ?? error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
