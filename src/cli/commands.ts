import { readFile, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { VerifyAudit } from '../audit/index.js';
import { boot, openDatabase } from '../boot.js';
import { CreateUser, ROLES, SYSTEM, type Role } from '../identity/index.js';
import { DomainError, SystemClock } from '../kernel/index.js';
import {
  processEnvironment,
  readProcessSettings,
  SettingsError,
} from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';
import { buildOpenApi } from '../platform/http/index.js';
import { settingsTable, withSettingsTable } from './settings-table.js';
import { showFunds, verifyBooks } from './verify-books.js';

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Everything the command line can do; each command ends the process's work in good order. */
export function registerCommands(program: Command): void {
  program
    .command('migrate')
    .description('bring the database schema up to date')
    .action(migrateSchema);
  program
    .command('create-user')
    .description('make a user, the first administrator for instance; asks for the password')
    .requiredOption('--login <login>', 'name to sign in with')
    .requiredOption('--name <name>', 'name to show')
    .requiredOption('--roles <roles>', `with commas between: ${ROLES.join(', ')}`)
    .option('--signature <kind>', 'registers as signatory for ever: first or second')
    .action(createUser);
  const audit = program.command('audit').description('the audit trail');
  audit
    .command('verify')
    .description('recompute the hash chain; exits 1 when an entry is not what was written')
    .action(verifyAudit);
  const ledger = program.command('ledger').description('the books of the funds');
  ledger
    .command('verify')
    .description('prove that the books balance and agree with the payments; exits 1 when not')
    .action(verifyLedger);
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
    .command('demo')
    .description('the main job on a sample list, with a sandbox bank; leaves the system running')
    .option('--once', 'end when the job is done, with one JSON line')
    .action(async (options: { once?: boolean }) => {
      const { runDemo } = await import('./demo/run-demo.js');
      await runDemo({ once: options.once === true });
    });
}

async function printSettings(options: { into?: string }): Promise<void> {
  if (options.into === undefined) {
    say(settingsTable());
    return;
  }
  await writeFile(options.into, withSettingsTable(await readFile(options.into, 'utf8')));
  say(options.into);
}

async function migrateSchema(): Promise<void> {
  const store = await openDatabase(readProcessSettings(), { migrate: true });
  await store.source.destroy();
  await store.stop();
  say('the schema is up to date');
}

async function createUser(given: {
  login: string;
  name: string;
  roles: string;
  signature?: string;
}): Promise<void> {
  const roles = given.roles.split(',').map((role) => role.trim());
  const unknown = roles.filter((role) => !(ROLES as readonly string[]).includes(role));
  if (unknown.length > 0) throw new SettingsError([`--roles: no such role: ${unknown.join(', ')}`]);
  if (given.signature && !['first', 'second'].includes(given.signature)) {
    throw new SettingsError(['--signature: is first or second']);
  }
  const password = await askPassword();
  await withApplication(async (get) => {
    const { userId } = await get(CreateUser).create({
      actor: SYSTEM,
      login: given.login,
      displayName: given.name,
      password,
      roles: roles as Role[],
      signature: given.signature as 'first' | 'second' | undefined,
    });
    say(userId);
  });
}

async function verifyAudit(): Promise<void> {
  await withDatabase(async (database) => {
    const found = await new VerifyAudit(database, new SystemClock()).verify();
    say(JSON.stringify(found));
    if (!found.ok) process.exitCode = 1;
  });
}

async function verifyLedger(): Promise<void> {
  await withDatabase((database) =>
    database.atOneMoment(async (tx) => {
      const verdict = await verifyBooks(tx, say);
      await showFunds(tx, say);
      say(JSON.stringify(verdict));
      if (!verdict.ok) process.exitCode = 1;
    }),
  );
}

/** Questions to the database alone: no bank and no queue need be known for them. */
async function withDatabase(ask: (database: Database) => Promise<void>): Promise<void> {
  const store = await openDatabase(readProcessSettings());
  try {
    await ask(new Database(store.source));
  } finally {
    await store.source.destroy();
    await store.stop();
  }
}

async function writeOpenApi(options: { out: string }): Promise<void> {
  const settings = { ...readProcessSettings(), ROLE: 'web' as const, LOG_LEVEL: 'error' as const };
  const booted = await boot({ settings, environment: withSandbox() });
  await booted.app.init();
  await writeFile(options.out, `${JSON.stringify(buildOpenApi(booted.app), null, 2)}\n`);
  await booted.stop();
  say(options.out);
}

/** Runs an act inside the application without serving or working anything. */
async function withApplication(
  act: (get: <T>(type: abstract new (...args: never[]) => T) => T) => Promise<void>,
): Promise<void> {
  const settings = { ...readProcessSettings(), ROLE: 'web' as const };
  const booted = await boot({ settings, environment: processEnvironment() });
  try {
    await booted.app.init();
    await act((type) => booted.app.get(type as never, { strict: false }));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    process.stderr.write(`${error.text.vi}\n${error.text.en}\n`);
    process.exitCode = 1;
  } finally {
    await booted.stop();
  }
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

/** From the terminal without echo, or the first line of a pipe; never from an argument, which others can read. */
async function askPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = process.stdin.isTTY;
  if (terminal) process.stderr.write('Mật khẩu / password: ');
  const lines = createInterface({ input: process.stdin, output: silent, terminal });
  const first = await firstOf(lines);
  lines.close();
  if (terminal) process.stderr.write('\n');
  if (!first) throw new SettingsError(['the password was empty']);
  return first;
}

async function firstOf(lines: AsyncIterable<string>): Promise<string | undefined> {
  for await (const line of lines) return line;
  return undefined;
}
