import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boot, type Booted } from '../../../src/boot.js';
import { ApiClient } from '../../../src/cli/demo/api-client.js';
import { CreateUser, SYSTEM, type Role } from '../../../src/identity/index.js';
import { readSettings } from '../../../src/platform/config/index.js';
import { freePort } from '../../../src/platform/database/index.js';
import { emptyDatabase } from '../../setup/database.js';
import { PaperBank, type Rail } from './paper-bank.js';

const PASSWORD = 'mật khẩu chỉ để thử 2026';
const PEOPLE: readonly { login: string; role: Role; signature?: 'first' | 'second' }[] = [
  { login: 'lap.bang', role: 'preparer' },
  { login: 'ke.toan.truong', role: 'chief_accountant', signature: 'second' },
  { login: 'chu.tai.khoan', role: 'account_holder', signature: 'first' },
];

const webhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** What the bank contracts for, and what of it goes into our file. */
export interface RailTerms extends Pick<Rail, 'code' | 'notices' | 'enquiries'> {
  readonly mode: 'single' | 'bulk';
  /** A BIN, or '*'. */
  readonly receives: string;
}

export interface PaperSystem {
  readonly booted: Booted;
  readonly bank: PaperBank;
  signIn(login: string): Promise<ApiClient>;
  stop(): Promise<void>;
}

/** The whole program, told of a new bank by nothing but its files, and that bank. */
export async function startPaperSystem(terms: readonly RailTerms[]): Promise<PaperSystem> {
  const ours = await emptyDatabase();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const rails = terms.map((rail) => ({
    ...rail,
    secret: webhookSecret(),
    noticeSecret: webhookSecret(),
  }));
  const bank = new PaperBank(rails, url);
  const configDir = await configOf(rails, await bank.listen());
  const booted = await boot({
    settings: readSettings({
      NODE_ENV: 'test',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      ROLE: 'all',
      PORT: String(port),
      PUBLIC_URL: url,
      DATABASE_URL: ours.url,
      CONFIG_DIR: configDir,
      SWEEP_INTERVAL_MS: '200',
    }),
    environment: {},
  });
  await booted.app.listen(port, '127.0.0.1');
  const createUser = booted.app.get(CreateUser, { strict: false });
  for (const { login, role, signature } of PEOPLE) {
    const person = { login, displayName: login, password: PASSWORD, roles: [role], signature };
    await createUser.create({ actor: SYSTEM, ...person });
  }
  return {
    booted,
    bank,
    signIn: (login) => ApiClient.signIn(url, login, PASSWORD),
    stop: async () => {
      await bank.stop();
      await booted.stop();
      await ours.close();
      await rm(configDir, { recursive: true });
    },
  };
}

/** A copy of the configuration in which these are the only banks. */
async function configOf(rails: readonly (Rail & RailTerms)[], bankUrl: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'chitra-paper-'));
  await cp('config', dir, { recursive: true });
  for (const file of await readdir(join(dir, 'banks')))
    await rm(join(dir, 'banks', file), { recursive: true });
  for (const rail of rails) {
    await writeFile(join(dir, 'banks', `${rail.code}.yaml`), fileOf(rail, bankUrl));
  }
  return dir;
}

function fileOf(rail: Rail & RailTerms, bankUrl: string): string {
  return `
code: ${rail.code}
name: Ngân hàng theo giấy (${rail.code})
adapter: rest
receives: ${rail.receives === '*' ? "'*'" : `['${rail.receives}']`}
mode: ${rail.mode}
maxPerSubmission: ${rail.mode === 'bulk' ? 4 : 1}
concurrency: 3
rateLimit: { max: 30, perMs: 1000 }
timeoutMs: 1500
retry: { baseMs: 300, capMs: 2000, jitter: 0.2 }
breaker: { openMs: 500, maxOpenMs: 2000 } # its stories may fail five times in a row
enquiry:
  intervalsMs: [400, 800, 1500]
  acceptedAfterMs: 700
  maxPerEnquiry: 7
  notFoundWindowMs: 1500
idempotentByReference: true
options:
  baseUrl: ${bankUrl}/${rail.code}/v1
  keyId: our-key-2026
  secret: ${rail.secret}
  noticeSecret: ${rail.noticeSecret}
  plainHttp: true
`;
}
