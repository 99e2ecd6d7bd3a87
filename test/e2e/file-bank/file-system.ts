import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSandboxSettings } from '../../../src/banks/sandbox/sandbox.settings.js';
import { startSandboxBank } from '../../../src/banks/sandbox/start-sandbox-bank.js';
import { boot } from '../../../src/boot.js';
import { ApiClient } from '../../../src/cli/demo/api-client.js';
import { CreateUser, SYSTEM, type Role } from '../../../src/identity/index.js';
import { readSettings } from '../../../src/platform/config/index.js';
import { Database, freePort } from '../../../src/platform/database/index.js';
import { fundsHavePlenty } from '../../builders/officers.js';
import { emptyDatabase } from '../../setup/database.js';
import type { TestSftp } from '../../setup/sftp.js';
import type { System } from '../system.js';

export const BANK = 'sandbox-file';
const ACCOUNT = '1000000001';
const PASSWORD = 'mật khẩu chỉ để thử 2026';
const SECRET = `whsec_${Buffer.from('a secret only for testing').toString('base64')}`;
const PEOPLE: readonly { login: string; role: Role; signature?: 'first' | 'second' }[] = [
  { login: 'lap.bang', role: 'preparer' },
  { login: 'ke.toan.truong', role: 'chief_accountant', signature: 'second' },
  { login: 'chu.tai.khoan', role: 'account_holder', signature: 'first' },
];

export interface FileSystem extends System {
  /** The bank lays out a statement of today. */
  layStatement(format: 'camt053' | 'mt940'): Promise<void>;
}

/** The whole program with one bank, which takes files over SFTP, and that bank with books of its own. */
export async function startFileSystem(
  sftp: TestSftp,
  { maxPerSubmission = 12, timeoutMs = 10_000 } = {},
): Promise<FileSystem> {
  const [ours, theirs] = [await emptyDatabase(), await emptyDatabase()];
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const sandbox = await startSandboxBank(
    readSandboxSettings({
      SANDBOX_PORT: '0',
      SANDBOX_KEY_ID: 'test',
      SANDBOX_SECRET: SECRET,
      SANDBOX_NOTICE_SECRET: SECRET,
      SANDBOX_FILES_DIR: sftp.folder,
      SANDBOX_FILE_BANKS: BANK,
      SANDBOX_FILE_ACCOUNTS: ACCOUNT,
      SANDBOX_SETTLE_AFTER_MS: '300',
      SANDBOX_LATER_MS: '600',
      SANDBOX_RETURN_AFTER_MS: '600',
    }),
    theirs.url,
  );
  const configDir = await configOf(fileOf(sftp, { maxPerSubmission, timeoutMs }));
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
    environment: { SFTP_PRIVATE_KEY: sftp.privateKey },
  });
  await booted.app.listen(port, '127.0.0.1');
  const createUser = booted.app.get(CreateUser, { strict: false });
  for (const { login, role, signature } of PEOPLE) {
    const person = { login, displayName: login, password: PASSWORD, roles: [role], signature };
    await createUser.create({ actor: SYSTEM, ...person });
  }
  await fundsHavePlenty(booted.app.get(Database, { strict: false }).reader);
  return {
    url,
    booted,
    sandboxUrl: sandbox.url,
    noticeSecret: SECRET,
    signIn: (login) => ApiClient.signIn(url, login, PASSWORD),
    books: async () => ({ ...(await sandbox.bank.totals()) }),
    mood: (change) => sandbox.bank.behave(change),
    layStatement: async (format) => {
      await sandbox.bank.files.statement({ bank: BANK, format });
    },
    stop: async () => {
      await booted.stop();
      await sandbox.stop();
      await ours.close();
      await theirs.close();
      await rm(configDir, { recursive: true });
    },
  };
}

/** A copy of the configuration in which this is the only bank. */
async function configOf(bank: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'chitra-file-config-'));
  await cp('config', dir, { recursive: true });
  for (const file of await readdir(join(dir, 'banks'))) {
    if (file.endsWith('.yaml')) await rm(join(dir, 'banks', file));
  }
  await writeFile(join(dir, 'banks', `${BANK}.yaml`), bank);
  return dir;
}

const fileOf = (sftp: TestSftp, most: { maxPerSubmission: number; timeoutMs: number }): string => `
code: ${BANK}
name: Ngân hàng thử nghiệm (tệp)
adapter: iso20022-file
receives: '*'
mode: bulk
maxPerSubmission: ${most.maxPerSubmission}
concurrency: 2
rateLimit: { max: 30, perMs: 1000 }
timeoutMs: ${most.timeoutMs}
retry: { baseMs: 300, capMs: 2000, jitter: 0.2 }
enquiry:
  intervalsMs: [60000]
  acceptedAfterMs: 60000
  maxPerEnquiry: 500
  notFoundWindowMs: 60000
  answerDueMs: 60000
idempotentByReference: true
options:
  door: sftp
  sftp:
    host: ${sftp.host}
    port: ${sftp.port}
    username: ${sftp.username}
    privateKey: \${SFTP_PRIVATE_KEY}
    hostKeys: ['${sftp.hostKey}']
  paths:
    orders: ${sftp.folder}/${BANK}/orders
    reports: ${sftp.folder}/${BANK}/reports
  afterTaking: delete
  settledForMs: 0
  collectEveryMs: 300
  debtor: { name: SO NOI VU }
  debtorAgent: { memberId: '970499' }
  debtorAccounts: { '*': '${ACCOUNT}' }
`;
