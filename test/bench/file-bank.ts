/**
 * One month of many people through one bank of ISO 20022 files, end to end: list in, batch, two signatures, one
 * pain.001 over SFTP, the bank's reports, its statement, every payment proven by it.
 * `npm run bench:file-bank -- [payments]`. The last line is JSON. Memory is of one process that is the whole service
 * and the sandbox bank.
 */
import { rm } from 'node:fs/promises';
import cliProgress from 'cli-progress';
import { Database, embeddedPostgres, one } from '../../src/platform/database/index.js';
import {
  anything,
  assembleAndPropose,
  countsOf,
  importAndApply,
  listOf,
  people,
  runOf,
  signBoth,
  until,
} from '../e2e/month.js';
import { BANK, startFileSystem, type FileSystem } from '../e2e/file-bank/file-system.js';
import { memoryFolder } from '../setup/memory-folder.js';
import { testSftp } from '../setup/sftp.js';

const PAYMENTS = Number(process.argv[2] ?? '50000');
const PERIOD = '11/2026';
/** So little that two signatures do, whatever the count: config/approval.yaml. */
const AMOUNT = '150000';
const PATIENCE_MS = 1_200_000;
const SAMPLE_MS = 50;
const CALL_MS = 50_000;

const undo: (() => Promise<unknown>)[] = [];
try {
  const system = await started();
  process.stdout.write(`${JSON.stringify(await measure(system))}\n`);
} finally {
  for (const step of undo.reverse()) await step();
}

async function started(): Promise<FileSystem> {
  const dataDir = await memoryFolder('chitra-bench-');
  undo.push(() => rm(dataDir, { recursive: true, force: true }));
  const server = await embeddedPostgres({ dataDir });
  undo.push(() => server.stop());
  process.env.TEST_DATABASE_URL = await server.url('postgres');
  const sftp = await testSftp();
  if (!sftp) throw new Error('this needs an sftp server: apt-get install openssh-server');
  undo.push(() => sftp.close());
  const system = await startFileSystem(sftp, { maxPerSubmission: PAYMENTS, timeoutMs: CALL_MS });
  undo.push(() => system.stop());
  return system;
}

async function measure(system: FileSystem) {
  const tx = system.booted.app.get(Database, { strict: false }).reader;
  const bar = new cliProgress.SingleBar({ format: '{step} {value}/{total}', noTTYOutput: false });
  const seconds: Record<string, number> = {};
  let peak = 0;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, SAMPLE_MS);
  const timed = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    seconds[step] = Math.round(performance.now() - start) / 1000;
    return result;
  };
  /** Waits until so many payments have come so far. */
  const come = (step: string, count: () => Promise<number>) =>
    timed(step, async () => {
      bar.start(PAYMENTS, 0, { step });
      const seen = async () => {
        const now = await count();
        bar.update(now);
        return now;
      };
      await until(seen, (now) => now === PAYMENTS, PATIENCE_MS);
      bar.stop();
    });

  const persons = people(PAYMENTS, 1, { ending: '000001' }).map((person) => ({
    ...person,
    amount: AMOUNT,
  }));
  const preparer = await system.signIn('lap.bang');
  await timed('list in', () => importAndApply(preparer, listOf(persons, PERIOD), PATIENCE_MS));
  const batch = await timed('batch', () => assembleAndPropose(preparer, PERIOD));
  await timed('two signatures', () => signBoth(system, batch.id));
  const { id } = await timed('run', () => runOf(preparer, batch.id));
  await come('reported as settled', async () => (await countsOf(preparer, id)).settled ?? 0);
  await timed('statement laid out', () => system.layStatement('camt053'));
  await come('proven by the statement', async () => {
    const found = await one<{ count: number }>(
      tx,
      'select count(*)::int as count from payment_match',
    );
    return found?.count ?? 0;
  });
  clearInterval(sampler);
  const files = await preparer.get(`/api/v1/bank-files?bank=${BANK}&limit=200`, anything);
  const books = await system.books();
  return {
    payments: PAYMENTS,
    files: files.items.map(
      ({ direction, kind, state, byteSize }: Record<string, unknown>) =>
        `${String(direction)} ${String(kind)} ${String(state)} ${String(byteSize)}`,
    ),
    books,
    paidTwice: books.creditedTwice,
    seconds,
    rssPeakMiB: Math.round(peak / 1_048_576),
  };
}
