import { resolve } from 'node:path';
import { readRedisAddress, type RedisAddress } from './redis-address.js';
import { readSettings, type Settings } from './settings.js';

/** The settings of this process, read once at start and injected; plus the environment for `${NAME}` in YAML. */
export class AppConfig {
  readonly dataDir: string;
  readonly configDir: string;

  constructor(
    readonly settings: Settings,
    private readonly environment: Readonly<Record<string, string | undefined>>,
    /** The database in use: DATABASE_URL, or the embedded one once it is up. */
    readonly databaseUrl: string,
  ) {
    this.dataDir = resolve(settings.DATA_DIR);
    this.configDir = resolve(settings.CONFIG_DIR);
  }

  get runsWeb(): boolean {
    return this.settings.ROLE !== 'worker';
  }

  get runsWorker(): boolean {
    return this.settings.ROLE !== 'web';
  }

  get isProduction(): boolean {
    return this.settings.NODE_ENV === 'production';
  }

  get queueBackend(): 'redis' | 'postgres' {
    return this.settings.REDIS_URL ? 'redis' : 'postgres';
  }

  /** Null where the queues live in PostgreSQL. */
  get redis(): RedisAddress | null {
    const found = this.settings.REDIS_URL && readRedisAddress(this.settings.REDIS_URL);
    // A text would be a rule that the settings have checked already.
    return typeof found === 'object' ? found : null;
  }

  /** A variable that a YAML file names; undefined when unset or empty. */
  variable(name: string): string | undefined {
    const value = this.environment[name]?.trim();
    return value === '' ? undefined : value;
  }
}

/** The one place that reads the process environment; a copy, so later changes are not seen. */
export function processEnvironment(): Record<string, string | undefined> {
  return { ...process.env };
}

/** @param role of a program that has only one; it stands before ROLE, and decides what else is needed. */
export function readProcessSettings(role?: Settings['ROLE']): Settings {
  return readSettings({ ...processEnvironment(), ...(role ? { ROLE: role } : {}) });
}
