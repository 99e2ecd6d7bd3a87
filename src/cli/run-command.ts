import { boot, openDatabase } from '../boot.js';
import { DomainError, type Bilingual } from '../kernel/index.js';
import { processEnvironment, readProcessSettings } from '../platform/config/index.js';
import { Database } from '../platform/database/index.js';

/** One line for people. */
export const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Gives what the application is made of. */
export type Get = <T>(type: abstract new (...args: never[]) => T) => T;

/** The last line of every command: what came of it, for scripts. Not `ok`: the process ends with 1. */
export function conclude(
  result: { readonly ok: boolean } & Readonly<Record<string, unknown>>,
): void {
  say(JSON.stringify(result));
  if (!result.ok) process.exitCode = 1;
}

/** What is wrong with what was typed. */
export const badOption = (option: string, text: Bilingual): DomainError =>
  new DomainError('invalid', 'cli.bad-option', {
    vi: `${option}: ${text.vi}`,
    en: `${option}: ${text.en}`,
  });

/** Questions to the database alone: no bank and no queue need be known for them. */
export async function withDatabase(ask: (database: Database) => Promise<void>): Promise<void> {
  const store = await openDatabase(readProcessSettings());
  try {
    await ask(new Database(store.source));
  } finally {
    await store.source.destroy();
    await store.stop();
  }
}

/**
 * Runs an act inside the application without serving or working anything. A refusal is told in both languages, and ends
 * with 1.
 * @param options.migrate false for what only looks: the schema stays as it is, also outside production.
 */
export async function withApplication(
  act: (get: Get) => Promise<void>,
  options: { migrate?: boolean } = {},
): Promise<void> {
  const settings = { ...readProcessSettings(), ROLE: 'web' as const };
  const booted = await boot({ settings, environment: processEnvironment(), ...options });
  try {
    await booted.app.init();
    await act((type) => booted.app.get(type as never, { strict: false }));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    process.stderr.write(`${error.text.vi}\n${error.text.en}\n`);
    conclude({ ok: false, error: error.code });
  } finally {
    await booted.stop();
  }
}
