import { chmod, mkdir, mkdtemp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { changeBankFile } from '../../site/bank-file.js';
import { Office } from '../../site/office.js';
import { ask } from '../../site/postgres-server.js';
import { openSite, type Emergency, type QueueBackend, type Site } from '../../site/site.js';
import { floorOf, type FloorFigures } from './floor.js';
import { listsOf, PERIOD } from './lists.js';
import { noticesOf, type NoticeFigures } from './notices.js';
import { beginAccount, dearestStatements, keepAccount } from './statements.js';
import { MemoryWatch, type MemoryOf } from './memory.js';
import { costsFromNow, processesOf } from './processors.js';

/** `bulk`: a thousand payments in one message; `single`: one payment in one message. */
export type Mode = 'bulk' | 'single';

export interface PipelineOrder {
  readonly payments: number;
  readonly mode: Mode;
  readonly backend: QueueBackend;
  readonly workers: number;
  /** Each worker on a host of its own (a network namespace), all else reached over their network. */
  readonly onHosts?: boolean;
  /** Told before the first process starts, for who ends in a hurry. */
  readonly begun?: (emergency: Emergency) => void;
  readonly programs: string;
  /** Measures the floor as well, with the rows that were written. */
  readonly floor: boolean;
  /** So many notices of one payment each are sent afterwards. */
  readonly notices: number;
  /** Tells which statements took the server's time; costs some itself. */
  readonly profile: boolean;
}

/** Seconds of the requests that gather the lines, that freeze and digest them, and of each signature. */
interface Signing {
  readonly assembleSeconds: number;
  readonly proposeSeconds: number;
  readonly signSeconds: readonly number[];
}

export interface PipelineFigures extends Signing {
  readonly payments: number;
  readonly importSeconds: number;
  readonly importedRowsPerSecond: number;
  /** From the last signature to the last payment settled. */
  readonly settleSeconds: number;
  readonly paymentsPerSecond: number;
  /** Processor time of each process over these seconds, ms for one payment: what it costs however busy the machine is. */
  readonly cpuMsPerPayment: Readonly<Record<string, number>>;
  readonly memory: Readonly<Record<string, MemoryOf>>;
  /** The bank's own books: as many credits as payments, and none twice. */
  readonly bankCredits: number;
  readonly paidTwice: number;
  readonly floor: FloorFigures | null;
  readonly notices: NoticeFigures | null;
}

const PATIENCE_MS = 3_600_000;
const LOOK_EVERY_MS = 500;
const TOLD_EVERY = 10;
const STATEMENTS_SHOWN = 40;
const YEAR = 2026;
const FUND = 'NSTW_NCC';

type Say = (line: string) => void;

/** One month of so many people through a deployment of its own: list in, batch, two signatures, bank, settled. */
export async function pipelineOf(order: PipelineOrder, say: Say): Promise<PipelineFigures> {
  const site = await openSite({
    backend: order.backend,
    programs: order.programs,
    folder: await folderOnDisk(),
    workers: order.workers,
    ...{ onHosts: order.onHosts, begun: order.begun },
    configure: (configDir) => configured(configDir, order.mode),
    prepare: order.profile ? keepAccount : undefined,
    // As the image sets it.
    settings: { NODE_OPTIONS: '--max-old-space-size=256 --max-semi-space-size=32' },
    bankSettings: { SANDBOX_SETTLE_AFTER_MS: '0', SANDBOX_NOTICE_GROUP: '1000' },
  });
  try {
    return await measured(site, order, say);
  } finally {
    await site.stop();
    await site.removeFiles();
  }
}

/** On the disk that a demo would have, not in memory: the database writes its log through to it. */
async function folderOnDisk(): Promise<string> {
  const parent = resolve('.data');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'bench-'));
  await chmod(folder, 0o755);
  return folder;
}

/** The bank takes what it is given, as fast as it comes: what is measured is ChiTra. */
async function configured(configDir: string, mode: Mode): Promise<void> {
  const rateLimit = { max: 100_000, perMs: 1000 };
  const single = { mode, maxPerSubmission: 1, concurrency: 200 };
  await changeBankFile(configDir, 'sandbox', { rateLimit, ...(mode === 'single' ? single : {}) });
}

async function measured(
  site: Site,
  { payments, floor, notices, profile }: PipelineOrder,
  say: Say,
): Promise<PipelineFigures> {
  const office = new Office(site.url, site.people, PATIENCE_MS);
  const memory = new MemoryWatch(processesOf(site));
  const [imported, importSeconds] = await timed(async () => {
    let rows = 0;
    for (const list of listsOf(payments)) {
      rows += await office.importList(list, 'danh-sach.csv');
      say(`  imported ${rows}`);
    }
    return rows;
  });
  if (imported !== payments) throw new Error(`of ${payments} rows ${imported} were taken`);
  const [needed] = await ask<{ amount: string }>(
    site.databaseUrl,
    `select sum(amount)::text as amount from entitlement`,
  );
  await office.allot(YEAR, [{ fund: FUND, amount: needed?.amount ?? '0' }]);
  if (profile) await beginAccount(site.databaseUrl);
  const signing = await signed(office);
  say(`  signed: ${JSON.stringify(signing)}`);
  const costs = await costsFromNow(site);
  await untilFinished(site, say);
  const cpuMsPerPayment = await costs(payments);
  if (profile) {
    const dearest = await dearestStatements(site.databaseUrl, {
      payments,
      shown: STATEMENTS_SHOWN,
    });
    for (const line of dearest) say(line);
  }
  const settleSeconds = await settledIn(site);
  const books = await booksOfBank(site);
  const held = memory.stop();
  const flood = notices > 0 ? await noticesOf(site, Math.min(notices, payments)) : null;
  if (floor) for (const each of [site.web, ...site.workers, site.bank]) await each.terminate();
  return {
    payments,
    importSeconds,
    importedRowsPerSecond: Math.round(payments / importSeconds),
    ...signing,
    settleSeconds,
    paymentsPerSecond: Math.round(payments / settleSeconds),
    cpuMsPerPayment,
    memory: held,
    ...books,
    floor: floor ? await floorOf(site.databaseUrl) : null,
    notices: flood,
  };
}

async function signed(office: Office): Promise<Signing> {
  const [draft, assembleSeconds] = await timed(() => office.assemble(PERIOD));
  const [{ id }, proposeSeconds] = await timed(() => office.propose(draft));
  const [, second] = await timed(() => office.sign('ke.toan.truong', id));
  const [, first] = await timed(() => office.sign('chu.tai.khoan', id));
  return { assembleSeconds, proposeSeconds, signSeconds: [second, first] };
}

async function untilFinished(site: Site, say: Say): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let looks = 1; ; looks += 1) {
    const [run] = await ask<{ state: string }>(site.databaseUrl, 'select state from payment_run');
    if (run?.state === 'finished') return;
    if (performance.now() > deadline) throw new Error('the run does not end');
    if (looks % TOLD_EVERY === 0)
      say(`  the bank has credited ${(await booksOfBank(site)).bankCredits}`);
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
  }
}

/** By the database's own times: from the last signature to the move of the last payment. */
async function settledIn({ databaseUrl }: Site): Promise<number> {
  const [found] = await ask<{ seconds: string; settled: boolean }>(
    databaseUrl,
    `select extract(epoch from max(p.changed_at) - max(a.approved_at))::text as seconds,
            bool_and(p.state = 'settled') as settled
       from payment p join approval a on a.id = p.approval_id`,
  );
  if (!found?.settled) throw new Error('the run ended, and not every payment is settled');
  return Number(found.seconds);
}

async function booksOfBank({
  booksUrl,
}: Site): Promise<{ bankCredits: number; paidTwice: number }> {
  const [books] = await ask<{ bankCredits: number; paidTwice: number }>(
    booksUrl,
    `select count(*)::int as "bankCredits", (count(*) - count(distinct reference))::int as "paidTwice"
       from entry where kind = 'payment'`,
  );
  return books ?? { bankCredits: 0, paidTwice: 0 };
}

/** What the work gave, and its seconds. */
async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const began = performance.now();
  const result = await work();
  return [result, Math.round((performance.now() - began) / 10) / 100];
}
