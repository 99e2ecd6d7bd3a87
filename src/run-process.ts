import { boot } from './boot.js';
import {
  processEnvironment,
  readProcessSettings,
  SettingsError,
  type Settings,
} from './platform/config/index.js';
import { logger } from './platform/logging/index.js';

/** After SHUTDOWN_TIMEOUT_MS, for closing connections. */
const LAST_WORDS_MS = 5000;

/** Starts this process in its role and ends it in good order on SIGTERM and SIGINT; exits 1 when it cannot start. */
export async function runProcess(role?: Settings['ROLE']): Promise<void> {
  try {
    await start(role);
  } catch (error) {
    // Perhaps before the log is set up, and for a person at a terminal: plain words.
    const text = error instanceof SettingsError ? error.message : (error as Error).stack;
    process.stderr.write(`ChiTra cannot start: ${text}\n`);
    process.exit(1);
  }
}

async function start(role?: Settings['ROLE']): Promise<void> {
  const settings = readProcessSettings(role);
  const booted = await boot({ settings, environment: processEnvironment() });
  const log = logger('main');
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      // The parts have deadlines of their own; this one is for what none of them bounds, an open request say.
      setTimeout(() => {
        log.error(
          { signal },
          'the end took too long: what was under way is left to the next start',
        );
        process.exit(1);
      }, settings.SHUTDOWN_TIMEOUT_MS + LAST_WORDS_MS).unref();
      log.info({ signal }, 'ending: no new work is taken, what is under way is finished');
      booted.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ why: String(error) }, 'the end was not in good order');
          process.exit(1);
        },
      );
    });
  }
  await booted.app.listen(settings.PORT, settings.HOST);
  log.info({ url: await booted.app.getUrl(), role: settings.ROLE }, 'ready');
}
