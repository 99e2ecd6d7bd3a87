import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bankFileSchema, BankRegistry, type FileChannel } from '../../src/banks/index.js';
import { SystemClock } from '../../src/kernel/index.js';
import type { TestSftp } from '../setup/sftp.js';
import { byMachine, FileCounter } from './file-counter.js';
import { eventually, type FileBankHarness } from './harness.js';
import { sandboxAccount } from './sandbox-accounts.js';
import { startSandboxHarness } from './sandbox-harness.js';

const BANK = 'sandbox-file';
const ACCOUNTS = { NSTW_NCC: '1000000001', NSTW_BTXH: '1000000002' };

/** The sandbox bank's folders behind an SFTP server, or as folders, and the adapter of ISO 20022 files to them. */
export async function startFileHarness(sftp?: TestSftp): Promise<FileBankHarness> {
  const home = await mkdtemp(join(tmpdir(), 'chitra-file-bank-'));
  const [folder, kept] = [sftp?.folder ?? join(home, 'bank'), join(home, 'kept')];
  await mkdir(folder, { recursive: true });
  await mkdir(kept);
  const sandbox = await startSandboxHarness({
    SANDBOX_FILES_DIR: folder,
    SANDBOX_FILE_BANKS: BANK,
    SANDBOX_FILE_ACCOUNTS: Object.values(ACCOUNTS).join(','),
  });
  const mood = (change: Record<string, unknown>) => sandbox.own('PUT', '/sandbox/mood', change);
  const place = (part: string) => join(folder, BANK, part);
  const { files, close } = adapterTo(place, sftp);
  let paid = 0;
  const atRest = async () => {
    await eventually(async () => {
      const names = await readdir(place('orders'));
      const waiting = names.filter((name) => name.endsWith('.xml')).length;
      const { changesToCome, noticesWaiting } = await sandbox.own('GET', '/sandbox/books');
      const toCome = Number(changesToCome) + Number(noticesWaiting);
      return waiting + toCome === 0 ? true : undefined;
    });
  };
  return {
    files,
    counter: new FileCounter(files, byMachine(files), kept),
    atRest,
    account: (kind) => {
      paid += 1;
      return sandboxAccount(kind, String(1000 + paid));
    },
    credits: sandbox.credits,
    duringOutage: async (work) => {
      await mood({ outage: 'gone', closedMs: 3_600_000 });
      await work();
      await mood({ outage: 'none' });
    },
    tells: async (reports, breakages) => {
      await mood({ reports, ...(breakages && { breakages }) });
    },
    refusesDuplicatesAs: async (duplicateFile) => {
      await mood({ duplicateFile });
    },
    duringRefusal: async (refuseFiles, work) => {
      await mood({ refuseFiles });
      await work();
      await mood({ refuseFiles: '' });
    },
    layStatement: async (format) => {
      await sandbox.own('POST', `/sandbox/statements/${BANK}?format=${format}`);
    },
    restart: sandbox.restart,
    ...(sftp && { line: lineOf(sftp) }),
    stop: async () => {
      await close();
      await sandbox.stop();
      await rm(join(folder, BANK), { recursive: true, force: true });
      await rm(home, { recursive: true, force: true });
    },
  };
}

function lineOf({ line, kill, revive }: TestSftp): FileBankHarness['line'] {
  return {
    cut: () => line.cut(),
    cutAfter: (bytes) => line.cutAfter(bytes),
    deafen: () => line.deafen(),
    deafenAfter: (bytes) => line.deafenAfter(bytes),
    get sent() {
      return line.sent;
    },
    kill,
    revive,
  };
}

function adapterTo(
  place: (part: string) => string,
  sftp?: TestSftp,
): { files: FileChannel; close: () => Promise<void> } {
  const door = sftp
    ? {
        door: 'sftp',
        sftp: {
          host: sftp.host,
          port: sftp.port,
          username: sftp.username,
          privateKey: sftp.privateKey,
          hostKeys: [sftp.hostKey],
          readyTimeoutMs: 5000,
        },
      }
    : { door: 'folder' };
  const file = bankFileSchema.parse({
    code: BANK,
    name: 'Ngân hàng thử nghiệm (tệp)',
    adapter: 'iso20022-file',
    receives: '*',
    mode: 'bulk',
    maxPerSubmission: 50_000,
    concurrency: 1,
    rateLimit: { max: 10, perMs: 1000 },
    timeoutMs: 10_000,
    retry: { baseMs: 500, capMs: 15_000, jitter: 0.3 },
    enquiry: {
      intervalsMs: [60_000],
      acceptedAfterMs: 60_000,
      maxPerEnquiry: 500,
      notFoundWindowMs: 60_000,
    },
    idempotentByReference: true,
    options: {
      ...door,
      debtor: { name: 'SO NOI VU LANG SON' },
      debtorAgent: { memberId: '970499' },
      debtorAccounts: ACCOUNTS,
      paths: { orders: place('orders'), reports: place('reports') },
      afterTaking: 'delete',
      settledForMs: 0,
    },
  });
  const registry = BankRegistry.of([file], new SystemClock());
  const [bank] = registry.all();
  if (!bank?.adapter.files) throw new Error('no bank of files');
  return { files: bank.adapter.files, close: () => registry.close() };
}
