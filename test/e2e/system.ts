import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Conduct } from '../../src/banks/sandbox/conduct.js';
import { startSandboxBank } from '../../src/banks/sandbox/start-sandbox-bank.js';
import { readSandboxSettings } from '../../src/banks/sandbox/sandbox.settings.js';
import { boot, type Booted } from '../../src/boot.js';
import { ApiClient } from '../../src/cli/demo/api-client.js';
import { CreateUser, SYSTEM, type Role } from '../../src/identity/index.js';
import { readSettings } from '../../src/platform/config/index.js';
import { Database, freePort } from '../../src/platform/database/index.js';
import { fundsHavePlenty } from '../builders/officers.js';
import { emptyDatabase } from '../setup/database.js';
import { changeBankFile } from '../site/bank-file.js';

export interface System {
  readonly url: string;
  readonly booted: Booted;
  readonly sandboxUrl: string;
  readonly noticeSecret: string;
  signIn(login: Login): Promise<ApiClient>;
  books(): Promise<Record<string, number | string>>;
  mood(change: Partial<Conduct>): void;
  stop(): Promise<void>;
}

export const SYSTEM_PASSWORD = 'mật khẩu chỉ để thử 2026';
const PEOPLE = {
  'lap.bang': { roles: ['preparer'] },
  'ke.toan.truong': { roles: ['chief_accountant'], signature: 'second' },
  'chu.tai.khoan': { roles: ['account_holder'], signature: 'first' },
  'uy.quyen': { roles: ['account_holder'], signature: 'first' },
  'giam.sat': { roles: ['monitor'] },
} as const satisfies Record<string, { roles: Role[]; signature?: 'first' | 'second' }>;
export type Login = keyof typeof PEOPLE;

/** Banks that are asked sooner: a story waits for what nobody tells it. */
const SOON_ASKED = {
  timeoutMs: 2500,
  enquiry: {
    intervalsMs: [500, 1000, 2000, 5000],
    acceptedAfterMs: 3000,
    maxPerEnquiry: 500,
    notFoundWindowMs: 2500,
  },
};

/** The repository's configuration but for when its banks are asked; removed by whoever made it. */
async function configOfStories(): Promise<string> {
  const configDir = await mkdtemp(join(tmpdir(), 'chitra-story-'));
  await cp('config', configDir, { recursive: true });
  for (const bank of ['sandbox', 'sandbox-instant'])
    await changeBankFile(configDir, bank, SOON_ASKED);
  return configDir;
}

const webhookSecret = (): string => `whsec_${randomBytes(24).toString('base64')}`;

/** The whole program in all roles with an office of people, and a sandbox bank with books of its own, over HTTP. */
export async function startSystem(
  options: { redisUrl?: string; configDir?: string } = {},
): Promise<System> {
  const configDir = options.configDir ?? (await configOfStories());
  const ours = await emptyDatabase();
  const theirs = await emptyDatabase();
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const [key, notice] = [webhookSecret(), webhookSecret()];
  const sandbox = await startSandboxBank(
    readSandboxSettings({
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_KEY_ID: 'test',
      SANDBOX_SECRET: key,
      SANDBOX_NOTICE_SECRET: notice,
      SANDBOX_NOTICE_URL: url,
      SANDBOX_SETTLE_AFTER_MS: '200',
      SANDBOX_LATER_MS: '500',
      SANDBOX_RETURN_AFTER_MS: '500',
      SANDBOX_NOTICE_DELAY_MS: '1500',
    }),
    theirs.url,
  );
  const booted = await boot({
    settings: readSettings({
      NODE_ENV: 'test',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      ROLE: 'all',
      PORT: String(port),
      PUBLIC_URL: url,
      DATABASE_URL: ours.url,
      REDIS_URL: options.redisUrl,
      CONFIG_DIR: configDir,
      SWEEP_INTERVAL_MS: '200',
    }),
    environment: {
      BANK_SANDBOX_URL: sandbox.url,
      BANK_SANDBOX_KEY_ID: 'test',
      BANK_SANDBOX_SECRET: key,
      BANK_SANDBOX_NOTICE_SECRET: notice,
    },
  });
  await booted.app.listen(port, '127.0.0.1');
  const createUser = booted.app.get(CreateUser, { strict: false });
  for (const [login, person] of Object.entries(PEOPLE)) {
    await createUser.create({
      actor: SYSTEM,
      login,
      displayName: login,
      password: SYSTEM_PASSWORD,
      roles: person.roles,
      signature: 'signature' in person ? person.signature : undefined,
    });
  }
  await fundsHavePlenty(booted.app.get(Database, { strict: false }).reader);
  return {
    url,
    booted,
    sandboxUrl: sandbox.url,
    noticeSecret: notice,
    signIn: (login) => ApiClient.signIn(url, login, SYSTEM_PASSWORD),
    // Past its door, which may be closed.
    books: async () => ({ ...(await sandbox.bank.totals()) }),
    mood: (change) => sandbox.bank.behave(change),
    stop: async () => {
      await booted.stop();
      await sandbox.stop();
      await ours.close();
      await theirs.close();
      if (configDir !== options.configDir) await rm(configDir, { recursive: true });
    },
  };
}
