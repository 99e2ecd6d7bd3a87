import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { boot } from '../../src/boot.js';
import { demoOffice, peopleTheOffice, type DemoOffice } from '../../src/cli/demo/demo-office.js';
import { CreateUser } from '../../src/identity/index.js';
import { readSettings } from '../../src/platform/config/index.js';
import { freePort } from '../../src/platform/database/index.js';
import { memoryFolder } from '../setup/memory-folder.js';
import { testRedis, type TestRedis } from '../setup/redis.js';
import { chaosConfig, type Pace } from './chaos-config.js';
import { ask, PostgresServer } from './postgres-server.js';
import { Victim } from './victim.js';

export type QueueBackend = 'postgres' | 'redis';
export const QUEUE_PREFIX = 'chitra';

/** Everything a deployment consists of, as processes of this machine that can be broken one by one. */
export interface Site {
  readonly backend: QueueBackend;
  readonly folder: string;
  readonly configDir: string;
  readonly url: string;
  readonly people: DemoOffice;
  readonly web: Victim;
  readonly workers: readonly [Victim, Victim];
  readonly bank: Victim;
  readonly postgres: PostgresServer;
  readonly bankPostgres: PostgresServer;
  readonly redis: TestRedis | null;
  /** Addresses of the service's database and of the bank's books. */
  readonly databaseUrl: string;
  readonly booksUrl: string;
  /** The environment of the service, for its command line. */
  readonly environment: Readonly<Record<string, string>>;
  readonly program: (file: string) => string;
  /** Ends all processes, in good order. */
  stop(): Promise<void>;
  removeFiles(): Promise<void>;
}

/** For whoever ends in a hurry, also while the site is still being set up. */
export interface Emergency {
  /** SIGKILL to every process there is, without waiting. */
  killNow(): void;
  removeFiles(): Promise<void>;
}

export interface SiteOptions {
  readonly backend: QueueBackend;
  /** Where the compiled program is: holds `src/`. */
  readonly programs: string;
  readonly pace: Pace;
  /** Told before the first process starts. */
  readonly begun?: (emergency: Emergency) => void;
}

/** Waits of the bank: seconds, where a real one takes hours. */
const BANK_CONDUCT = {
  SANDBOX_SETTLE_AFTER_MS: '400',
  SANDBOX_LATER_MS: '1200',
  SANDBOX_RETURN_AFTER_MS: '1500',
  SANDBOX_NOTICE_DELAY_MS: '4000',
  SANDBOX_SLOW_MS: '800',
  SANDBOX_HANG_MS: '4000',
  SANDBOX_NOTICE_GROUP: '20',
};

/** Sets all up in a temporary folder and waits until all are ready. Leaves nothing behind when that fails. */
export async function openSite(options: SiteOptions): Promise<Site> {
  const folder = await memoryFolder('chitra-chaos-');
  const standing: Standing = { killers: [], undo: [], removals: [] };
  const removeFiles = async () => {
    for (const removal of standing.removals) await removal();
    await rm(folder, { recursive: true, force: true });
  };
  const killNow = () => {
    for (const kill of standing.killers) kill();
  };
  options.begun?.({ killNow, removeFiles });
  try {
    return { ...(await furnish(folder, options, standing)), removeFiles };
  } catch (error) {
    for (const step of standing.undo.reverse()) await step().catch(() => undefined);
    await removeFiles();
    throw error;
  }
}

/** What was started so far, and how to be rid of it. */
interface Standing {
  readonly killers: (() => void)[];
  readonly undo: (() => Promise<void>)[];
  readonly removals: (() => Promise<void>)[];
}

async function databaseServer(dataDir: string, standing: Standing): Promise<PostgresServer> {
  const server = await PostgresServer.start(dataDir);
  standing.killers.push(() => server.killNow());
  standing.undo.push(() => server.stop());
  standing.removals.push(() => server.removeFiles());
  return server;
}

async function furnish(
  folder: string,
  options: SiteOptions,
  standing: Standing,
): Promise<Omit<Site, 'removeFiles'>> {
  const { killers, undo } = standing;
  const configDir = join(folder, 'config');
  await chaosConfig({ from: resolve('config'), to: configDir, pace: options.pace });
  const postgres = await databaseServer(join(folder, 'service'), standing);
  const bankPostgres = await databaseServer(join(folder, 'bank'), standing);
  const redis = options.backend === 'redis' ? await testRedis() : null;
  if (redis) {
    killers.push(() => redis.signal('SIGKILL'));
    undo.push(() => redis.close());
    standing.removals.push(() => redis.close());
  }
  const people = await demoOffice(folder);
  const databaseUrl = await postgres.url('chitra');
  const booksUrl = await bankPostgres.url('sandbox_bank');
  const ports = { web: await freePort(), bank: await freePort() };
  const url = `http://127.0.0.1:${ports.web}`;
  const program = (file: string) => join(options.programs, 'src', file);
  const logs = join(folder, 'logs');
  await mkdir(logs);
  const environment = {
    NODE_ENV: 'development',
    LOG_LEVEL: 'warn',
    PUBLIC_URL: url,
    DATABASE_URL: databaseUrl,
    ...(redis ? { REDIS_URL: redis.url } : {}),
    QUEUE_PREFIX,
    CONFIG_DIR: configDir,
    DATA_DIR: join(folder, 'data'),
    SESSION_SECRET: people.secrets.session,
    SWEEP_INTERVAL_MS: '500',
    SHUTDOWN_TIMEOUT_MS: '15000',
    BANK_SANDBOX_URL: `http://127.0.0.1:${ports.bank}`,
    BANK_SANDBOX_KEY_ID: 'chaos',
    BANK_SANDBOX_SECRET: people.secrets.key,
    BANK_SANDBOX_NOTICE_SECRET: people.secrets.notice,
  };
  await peopled(environment, people);

  const victim = (name: string, file: string, port: number, env: Record<string, string>) => {
    const path = file === 'main.js' ? 'readyz' : 'sandbox/books';
    const made = new Victim({
      name,
      file: program(file),
      env,
      readyUrl: `http://127.0.0.1:${port}/${path}`,
      log: join(logs, `${name}.log`),
    });
    killers.push(() => made.killNow());
    undo.push(() => made.kill());
    made.start();
    return made;
  };
  const service = (name: string, role: string, port: number) =>
    victim(name, 'main.js', port, { ...environment, ROLE: role, PORT: String(port) });
  const bank = victim('bank', 'banks/sandbox/main.js', ports.bank, {
    ...BANK_CONDUCT,
    SANDBOX_PORT: String(ports.bank),
    SANDBOX_DATABASE_URL: booksUrl,
    SANDBOX_KEY_ID: 'chaos',
    SANDBOX_SECRET: people.secrets.key,
    SANDBOX_NOTICE_SECRET: people.secrets.notice,
    SANDBOX_NOTICE_URL: url,
    LOG_LEVEL: 'warn',
  });
  const web = service('web', 'web', ports.web);
  const workers = [
    service('worker 1', 'worker', await freePort()),
    service('worker 2', 'worker', await freePort()),
  ] as const;
  const victims = [web, ...workers, bank];
  await Promise.all(victims.map((each) => each.untilReady()));
  await watchArrivals(booksUrl);
  return {
    ...{ folder, configDir, url, people, web, workers, bank, postgres, bankPostgres, redis },
    ...{ backend: options.backend, databaseUrl, booksUrl, environment, program },
    stop: async () => {
      for (const each of victims) if (each.frozen) each.thaw();
      for (const step of undo.splice(0).reverse()) await step();
    },
  };
}

/** The schema and the people, before anything is broken. */
async function peopled(environment: Record<string, string>, people: DemoOffice): Promise<void> {
  const settings = readSettings({ ...environment, ROLE: 'web', LOG_LEVEL: 'silent' });
  const booted = await boot({ settings, environment });
  try {
    await booted.app.init();
    await peopleTheOffice(booted.app.get(CreateUser, { strict: false }), people);
  } finally {
    await booted.stop();
  }
}

/** Kept in the bank's books for us: orders that came again although they were booked before. */
async function watchArrivals(booksUrl: string): Promise<void> {
  await ask(
    booksUrl,
    `create table if not exists came_again (bank text not null, reference text not null);
     create or replace function note_coming_again() returns trigger language plpgsql as $$
       begin
         insert into came_again select bank, reference from payment
          where bank = new.bank and reference = new.reference;
         return new;
       end $$;
     create or replace trigger arrival_again after update on arrival
       for each row execute function note_coming_again()`,
  );
}
