import 'reflect-metadata';
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
  return { url: await server.url(DATABASE), release: () => server.stop() };
}

main().catch((error: unknown) => {
  // The log may not be set up yet, and this is for the person at the terminal.
  const text =
    error instanceof SettingsError ? error.message : String((error as Error).stack ?? error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
