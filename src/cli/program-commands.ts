import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { boot, openDatabase } from '../boot.js';
import { migrations } from '../migrations/index.js';
import { processEnvironment, readProcessSettings } from '../platform/config/index.js';
import { buildOpenApi } from '../platform/http/index.js';
import { Metrics } from '../platform/metrics/index.js';
import { withFiguresTable } from './figures-table.js';
import { conclude, say } from './run-command.js';
import { settingsTable, withSettingsTable } from './settings-table.js';

/** The program itself: its schema, its documents, its demo. */
export function registerProgramCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring the database schema up to date')
    .action(migrateSchema);
  program
    .command('openapi')
    .description('write the OpenAPI 3.1 document of the API')
    .requiredOption('--out <file>')
    .action(writeOpenApi);
  program
    .command('settings')
    .description('print the table of settings, in Markdown')
    .option('--into <file>', 'write it between the marks that the file has for it')
    .action(printSettings);
  program
    .command('figures')
    .description('write the table of everything that /metrics tells, in Markdown')
    .requiredOption('--into <file>', 'between the marks that the file has for it')
    .action(writeFigures);
  program
    .command('demo')
    .description('the main job on a sample list, with a sandbox bank; leaves the system running')
    .option('--once', 'end when the job is done, with one JSON line')
    .action(async (options: { once?: boolean }) => {
      const { runDemo } = await import('./demo/run-demo.js');
      await runDemo({ once: options.once === true });
    });
}

async function migrateSchema(): Promise<void> {
  const store = await openDatabase(readProcessSettings(), { migrate: true });
  await store.source.destroy();
  await store.stop();
  say('cơ sở dữ liệu đã ở phiên bản mới nhất / the schema is up to date');
  conclude({ ok: true, schema: migrations.at(-1)?.name, migrations: migrations.length });
}

async function printSettings(options: { into?: string }): Promise<void> {
  if (options.into === undefined) {
    say(settingsTable());
    return;
  }
  await writeFile(options.into, withSettingsTable(await readFile(options.into, 'utf8')));
  say(options.into);
}

async function writeFigures({ into }: { into: string }): Promise<void> {
  const settings = { ...readProcessSettings(), ROLE: 'web' as const, LOG_LEVEL: 'error' as const };
  const booted = await boot({ settings, environment: withSandbox() });
  const { registry } = booted.app.get(Metrics, { strict: false });
  await writeFile(into, withFiguresTable(await readFile(into, 'utf8'), registry));
  await booted.stop();
  say(into);
}

async function writeOpenApi(options: { out: string }): Promise<void> {
  const settings = { ...readProcessSettings(), ROLE: 'web' as const, LOG_LEVEL: 'error' as const };
  const booted = await boot({ settings, environment: withSandbox() });
  await booted.app.init();
  await writeFile(options.out, `${JSON.stringify(buildOpenApi(booted.app), null, 2)}\n`);
  await booted.stop();
  say(options.out);
}

/** The document does not depend on the banks, but the application does not start without their addresses. */
function withSandbox(): Record<string, string | undefined> {
  const nowhere = {
    BANK_SANDBOX_URL: 'http://127.0.0.1:9',
    BANK_SANDBOX_KEY_ID: 'none',
    BANK_SANDBOX_SECRET: 'whsec_bm9uZW5vbmVub25lbm9uZW5vbmVub25l',
    BANK_SANDBOX_NOTICE_SECRET: 'whsec_bm9uZW5vbmVub25lbm9uZW5vbmVub25l',
  };
  return { ...nowhere, ...processEnvironment() };
}
