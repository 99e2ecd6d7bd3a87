import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../../../src/kernel/index.js';
import { execute, rows } from '../../../src/platform/database/index.js';
import { batchDesk } from '../../builders/batch-desk.js';
import { anOffice } from '../../builders/officers.js';
import { peopleOwed } from '../../builders/owed.js';
import { signingRoom } from '../../builders/signing-room.js';
import { testDatabase } from '../../setup/database.js';
import { program, type Program } from '../../setup/program.js';
import { holdingBank } from './holding-bank.js';

const SECRET = `whsec_${Buffer.from('a secret only for testing').toString('base64')}`;
const PERIOD = '2031-01';

/** A database, a bank that may hold its answers, and worker processes that may be killed. */
export async function killDesk(backend: { redisUrl?: string }) {
  const db = await testDatabase();
  const bank = await holdingBank();
  const configDir = await configWith(bank.url);
  const workers: Program[] = [];

  return {
    bank,
    db,

    /** `people` allowances, signed by the office and told to the outbox: everything else is the workers' work. */
    async approvedBatch(people: number): Promise<void> {
      const clock = new SystemClock();
      const office = await anOffice(db.database.reader);
      const batches = batchDesk(db.database, clock);
      const room = signingRoom(db.database, clock);
      await peopleOwed(db.database.reader, people, { period: PERIOD });
      const actor = office.preparer;
      const order = { actor, programme: 'NCC_MONTHLY', period: PERIOD };
      const { batchId } = await batches.assembling.assemble(order);
      const seen = await batches.proposing.propose({ actor, batchId });
      await room.signing.sign({ actor: office.accountant, batchId, seen });
      await room.signing.sign({ actor: office.holder, batchId, seen });
      // The signing room of this process has no subscribers: the delivery that a web process would have written.
      await execute(
        db.database.reader,
        `insert into outbox_delivery (event_id, subscriber, due_at)
         select id, 'payments.create-run', created_at from outbox_event where event = 'batch.approved'`,
      );
    },

    /** @param sweepMs how often this one looks for waiting work. */
    async worker(sweepMs = 200): Promise<Program> {
      const made = program('src/worker.js', {
        env: {
          NODE_ENV: 'test',
          DATABASE_URL: db.url,
          CONFIG_DIR: configDir,
          PORT: '0',
          SWEEP_INTERVAL_MS: String(sweepMs),
          ...(backend.redisUrl ? { REDIS_URL: backend.redisUrl } : {}),
        },
      });
      workers.push(made);
      await made.says(/"msg":"ready"/);
      return made;
    },

    payments: () =>
      rows<{ reference: string; state: string }>(
        db.database.reader,
        `select reference, state from payment order by line_no`,
      ),
    attempts: () =>
      rows<{ kind: string; outcome: string | null }>(
        db.database.reader,
        `select kind, outcome from attempt order by started_at`,
      ),
    runs: () => rows<{ state: string }>(db.database.reader, `select state from payment_run`),

    async close(): Promise<void> {
      for (const worker of workers) await worker.end();
      await bank.close();
      await db.close();
      await rm(configDir, { recursive: true, force: true });
    },
  };
}

/** Until `holds`, or for ever if it never does: the test's own time-out speaks then. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((wake) => setTimeout(wake, 50));
}

/** The repository's configuration with one bank: single payments, one at a time in each process. */
async function configWith(bankUrl: string): Promise<string> {
  const configDir = await mkdtemp(join(tmpdir(), 'chitra-kill-'));
  await cp('config', configDir, { recursive: true });
  for (const file of await readdir(join(configDir, 'banks'))) {
    await rm(join(configDir, 'banks', file), { recursive: true });
  }
  const bank = {
    code: 'holding-bank',
    name: 'A bank that holds its answers',
    adapter: 'rest',
    receives: '*',
    mode: 'single',
    maxPerSubmission: 1,
    concurrency: 1,
    rateLimit: { max: 1000, perMs: 1000 },
    timeoutMs: 6_000,
    retry: { baseMs: 100, capMs: 1000, jitter: 0 },
    enquiry: {
      intervalsMs: [500, 1000],
      acceptedAfterMs: 60_000,
      maxPerEnquiry: 100,
      notFoundWindowMs: 3_600_000,
    },
    idempotentByReference: false,
    options: {
      baseUrl: bankUrl,
      keyId: 'test',
      secret: SECRET,
      noticeSecret: SECRET,
      plainHttp: true,
    },
  };
  await writeFile(join(configDir, 'banks', 'holding-bank.yaml'), JSON.stringify(bank));
  return configDir;
}
