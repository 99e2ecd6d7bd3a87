import { cp, mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { boot } from '../../src/boot.js';
import { demoOffice, peopleTheOffice, type DemoOffice } from '../../src/cli/demo/demo-office.js';
import { CreateUser } from '../../src/identity/index.js';
import { readSettings } from '../../src/platform/config/index.js';
import { freePort } from '../../src/platform/database/index.js';
import { testRedis, type TestRedis } from '../setup/redis.js';
import { HostNetwork } from './host-network.js';
import { PostgresServer } from './postgres-server.js';
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
  readonly workers: readonly Victim[];
  readonly bank: Victim;
  readonly postgres: PostgresServer;
  readonly bankPostgres: PostgresServer;
  readonly redis: TestRedis | null;
  /** The workers' hosts, in their order; null where all are processes of one machine. */
  readonly network: HostNetwork | null;
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
  /** Where everything of it lies; removed with the site. */
  readonly folder: string;
  /** Where the compiled program is: holds `src/`. */
  readonly programs: string;
  readonly workers: number;
  /** Each worker on a host of its own (a network namespace); everything else is reached over their network. */
  readonly onHosts?: boolean;
  /** Writes its configuration there. */
  readonly configure: (configDir: string) => Promise<void>;
  /** Has the service's database server prepared, before anything is in it. */
  readonly prepare?: (server: PostgresServer) => Promise<void>;
  /** Settings of the service and of the bank that differ from those of every site. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly bankSettings?: Readonly<Record<string, string>>;
  /** Told before the first process starts. */
  readonly begun?: (emergency: Emergency) => void;
}

/** Sets all up in its folder and waits until all are ready. Leaves nothing behind when that fails. */
export async function openSite(options: SiteOptions): Promise<Site> {
  const { folder } = options;
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
    return { ...(await furnish(options, standing)), removeFiles };
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
  options: SiteOptions,
  standing: Standing,
): Promise<Omit<Site, 'removeFiles'>> {
  const { killers, undo } = standing;
  const { folder } = options;
  const configDir = join(folder, 'config');
  await cp(resolve('config'), configDir, { recursive: true });
  await options.configure(configDir);
  const network = options.onHosts ? HostNetwork.open(options.workers) : null;
  if (network) {
    killers.push(() => network.remove());
    undo.push(() => Promise.resolve(network.remove()));
  }
  const here = network?.address ?? '127.0.0.1';
  const postgres = await databaseServer(join(folder, 'service'), standing);
  await options.prepare?.(postgres);
  const bankPostgres = await databaseServer(join(folder, 'bank'), standing);
  if (network) for (const server of [postgres, bankPostgres]) await server.listenAt(network);
  const redis = options.backend === 'redis' ? await testRedis({ address: network?.address }) : null;
  if (redis) {
    killers.push(() => redis.signal('SIGKILL'));
    undo.push(() => redis.close());
    standing.removals.push(() => redis.close());
  }
  const people = await demoOffice(folder);
  const databaseUrl = await postgres.url('chitra');
  const booksUrl = await bankPostgres.url('sandbox_bank');
  const ports = { web: await freePort(), bank: await freePort() };
  const url = `http://${here}:${ports.web}`;
  const program = (file: string) => join(options.programs, 'src', file);
  const logs = join(folder, 'logs');
  await mkdir(logs);
  const environment = {
    NODE_ENV: 'development',
    HOST: here,
    LOG_LEVEL: 'warn',
    PUBLIC_URL: url,
    DATABASE_URL: databaseUrl,
    ...(redis ? { REDIS_URL: redis.url } : {}),
    QUEUE_PREFIX,
    CONFIG_DIR: configDir,
    DATA_DIR: join(folder, 'data'),
    SESSION_SECRET: people.secrets.session,
    BANK_SANDBOX_URL: `http://${here}:${ports.bank}`,
    BANK_SANDBOX_KEY_ID: 'site',
    BANK_SANDBOX_SECRET: people.secrets.key,
    BANK_SANDBOX_NOTICE_SECRET: people.secrets.notice,
    ...options.settings,
  };
  await peopled(environment, people);

  const victim = (
    { name, file, at = here, within }: Place,
    port: number,
    env: Record<string, string>,
  ) => {
    const path = file === 'main.js' ? 'readyz' : 'sandbox/books';
    const made = new Victim({
      ...{ name, file: program(file), env, within },
      readyUrl: `http://${at}:${port}/${path}`,
      log: join(logs, `${name}.log`),
    });
    killers.push(() => made.killNow());
    undo.push(() => made.kill());
    made.start();
    return made;
  };
  const service = (role: string, port: number, place: Omit<Place, 'file'>) => {
    const listens = { HOST: place.at ?? here, PORT: String(port) };
    return victim({ ...place, file: 'main.js' }, port, { ...environment, ...listens, ROLE: role });
  };
  const bank = victim({ name: 'bank', file: 'banks/sandbox/main.js' }, ports.bank, {
    SANDBOX_HOST: here,
    SANDBOX_PORT: String(ports.bank),
    SANDBOX_DATABASE_URL: booksUrl,
    SANDBOX_KEY_ID: 'site',
    SANDBOX_SECRET: people.secrets.key,
    SANDBOX_NOTICE_SECRET: people.secrets.notice,
    SANDBOX_NOTICE_URL: url,
    LOG_LEVEL: 'warn',
    ...options.bankSettings,
  });
  const web = service('web', ports.web, { name: 'web' });
  const workers: Victim[] = [];
  for (let nth = 1; nth <= options.workers; nth += 1) {
    const host = network?.hosts[nth - 1];
    const place = { name: `worker ${nth}`, at: host?.address, within: host?.within };
    workers.push(service('worker', await freePort(), place));
  }
  const victims = [web, ...workers, bank];
  await Promise.all(victims.map((each) => each.untilReady()));
  return {
    ...{
      folder,
      configDir,
      url,
      people,
      web,
      workers,
      bank,
      postgres,
      bankPostgres,
      redis,
      network,
    },
    ...{ backend: options.backend, databaseUrl, booksUrl, environment, program },
    stop: async () => {
      for (const each of victims) if (each.frozen) each.thaw();
      for (const step of undo.splice(0).reverse()) await step();
    },
  };
}

/** A process of the site: its program, and the host it runs on when it is not this one. */
interface Place {
  readonly name: string;
  readonly file: string;
  readonly at?: string;
  readonly within?: readonly string[];
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
