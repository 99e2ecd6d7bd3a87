import { join } from 'node:path';
import { boot, type Booted } from '../../boot.js';
import { CreateUser } from '../../identity/index.js';
import { processEnvironment, readSettings } from '../../platform/config/index.js';
import {
  embeddedPostgres,
  freePort,
  type EmbeddedPostgres,
} from '../../platform/database/index.js';
import { demoOffice, peopleTheOffice, type DemoOffice } from './demo-office.js';
import { SandboxProcess } from './sandbox-process.js';

export interface DemoSystem {
  readonly url: string;
  readonly sandbox: SandboxProcess;
  readonly office: DemoOffice;
  readonly booted: Booted;
  stop(): Promise<void>;
}

const PORT = 3000;
const SANDBOX_PORT = 4010;

/**
 * The whole system on this machine: an embedded PostgreSQL, the service in all roles, and the sandbox bank as a
 * process of its own. Keeps everything under DATA_DIR/demo; never touches the database of DATABASE_URL.
 */
export async function startDemoSystem(): Promise<DemoSystem> {
  const given = processEnvironment();
  const dataDir = join(given.DATA_DIR ?? './.data', 'demo');
  const office = await demoOffice(dataDir);
  const server = await embeddedPostgres({ dataDir });
  try {
    return await startOn(server, { given, dataDir, office });
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function startOn(
  server: EmbeddedPostgres,
  made: { given: Record<string, string | undefined>; dataDir: string; office: DemoOffice },
): Promise<DemoSystem> {
  const { given, dataDir, office } = made;
  const port = await portOr(given.PORT, PORT);
  const url = `http://127.0.0.1:${port}`;
  const sandbox = await SandboxProcess.start({
    port: await portOr(given.SANDBOX_PORT, SANDBOX_PORT),
    environment: {
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      SANDBOX_DATABASE_URL: await server.url('sandbox_bank'),
      SANDBOX_KEY_ID: 'demo',
      SANDBOX_SECRET: office.secrets.key,
      SANDBOX_NOTICE_SECRET: office.secrets.notice,
      SANDBOX_NOTICE_URL: url,
    },
  });
  try {
    const environment = {
      ...given,
      BANK_SANDBOX_URL: sandbox.url,
      BANK_SANDBOX_KEY_ID: 'demo',
      BANK_SANDBOX_SECRET: office.secrets.key,
      BANK_SANDBOX_NOTICE_SECRET: office.secrets.notice,
    };
    const settings = readSettings({
      LOG_LEVEL: given.LOG_LEVEL ?? 'fatal',
      REDIS_URL: given.REDIS_URL,
      CONFIG_DIR: given.CONFIG_DIR,
      QUEUE_PREFIX: 'chitra_demo',
      NODE_ENV: 'development',
      ROLE: 'all',
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: dataDir,
      DATABASE_URL: await server.url('chitra'),
      SESSION_SECRET: office.secrets.session,
    });
    const booted = await boot({ settings, environment });
    await booted.app.listen(port, '127.0.0.1');
    await peopleTheOffice(booted.app.get(CreateUser, { strict: false }), office);
    return {
      url,
      sandbox,
      office,
      booted,
      stop: async () => {
        await booted.stop();
        await sandbox.stop();
        await server.stop();
      },
    };
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
}

/** The port that was asked for; else the usual one when it is free; else any free one. */
async function portOr(asked: string | undefined, usual: number): Promise<number> {
  return asked ? Number(asked) : freePort(usual);
}
