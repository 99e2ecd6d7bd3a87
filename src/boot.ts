import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { BankRegistry } from './banks/index.js';
import { serveAssets } from './console/index.js';
import { sessionMiddleware } from './identity/index.js';
import { SystemClock, type Clock } from './kernel/index.js';
import { migrations } from './migrations/index.js';
import { AppConfig, SettingsError, type Settings } from './platform/config/index.js';
import {
  createDataSource,
  embeddedPostgres,
  migrate,
  type DataSource,
} from './platform/database/index.js';
import { Ending } from './platform/health/index.js';
import { configureHttp, NEST_HTTP_OPTIONS, onlyHealth } from './platform/http/index.js';
import { configureLogging, NestLog } from './platform/logging/index.js';
import { openQueueBackend, type QueueBackend } from './platform/queue/index.js';
import { NOTICE_DOOR } from './settlements/index.js';

export interface BootOptions {
  readonly settings: Settings;
  /** Where `${NAME}` in YAML files is looked up. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock?: Clock;
  /** Whether the schema is brought up to date; as `openDatabase` would have it, when absent. */
  readonly migrate?: boolean;
}

export interface Booted {
  readonly app: NestExpressApplication;
  readonly config: AppConfig;
  /** Ends everything, the embedded database last. */
  stop(): Promise<void>;
}

/**
 * Opens the database (the embedded one when none is named) and the queues, and puts the application together;
 * the caller listens or not.
 * @throws SettingsError in plain words for whatever is not set right.
 */
export async function boot(options: BootOptions): Promise<Booted> {
  const { settings, environment } = options;
  configureLogging({ level: settings.LOG_LEVEL, role: settings.ROLE });
  const clock = options.clock ?? new SystemClock();
  const store = await openDatabase(settings, { migrate: options.migrate });
  const config = new AppConfig(settings, environment, store.url);
  let queueBackend: QueueBackend | undefined;
  try {
    const banks = BankRegistry.load(config, clock);
    queueBackend = await openQueueBackend(config);
    const app = await NestFactory.create<NestExpressApplication>(
      AppModule.register({ config, source: store.source, clock, banks, queueBackend }),
      { ...NEST_HTTP_OPTIONS, logger: new NestLog(), abortOnError: false },
    );
    configureHttp(
      app,
      config,
      config.runsWeb
        ? [serveAssets, ...sessionMiddleware(app, { sessionless: NOTICE_DOOR })]
        : [onlyHealth],
    );
    return {
      app,
      config,
      stop: async () => {
        app.get(Ending, { strict: false }).begin();
        try {
          await app.close();
        } finally {
          await store.stop();
        }
      },
    };
  } catch (error) {
    await queueBackend?.close();
    await store.source.destroy().catch(() => undefined);
    await store.stop();
    throw error;
  }
}

/**
 * The database of these settings, connected and with an up-to-date schema. In production a schema that is behind is
 * not touched by the way: `migrate` is a step of its own, before the new release starts.
 */
export async function openDatabase(
  settings: Settings,
  options: { migrate?: boolean } = {},
): Promise<{ url: string; source: DataSource; stop(): Promise<void> }> {
  const embedded = settings.DATABASE_URL
    ? null
    : await embeddedPostgres({ dataDir: settings.DATA_DIR });
  const url = settings.DATABASE_URL ?? (await embedded?.url('chitra')) ?? '';
  const source = createDataSource({
    url,
    migrations,
    poolMax: settings.DATABASE_POOL_MAX,
    applicationName: `chitra-${settings.ROLE}`,
  });
  try {
    await connect(source);
    const mayMigrate = embedded !== null || settings.NODE_ENV !== 'production';
    if (options.migrate ?? mayMigrate) await migrate(source);
    else if (await source.showMigrations()) {
      throw new SettingsError([
        'DATABASE_URL: its schema is not up to date; run the migrate command',
      ]);
    }
  } catch (error) {
    if (source.isInitialized) await source.destroy();
    await embedded?.stop();
    throw error;
  }
  return { url, source, stop: async () => embedded?.stop() };
}

async function connect(source: DataSource): Promise<void> {
  try {
    await source.initialize();
  } catch (error) {
    // The code (ECONNREFUSED, 28P01) and no more: a message may hold the address, and with it the password.
    const { code } = error as { code?: unknown };
    const why = typeof code === 'string' ? ` (${code})` : '';
    throw new SettingsError([`DATABASE_URL: no PostgreSQL answers there${why}`]);
  }
}
