import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { officeDate } from '../../src/kernel/index.js';
import { bookings, compare, type Comparison } from './compare-books.js';
import { figures, workLeft, type Figures } from './observe.js';
import type { Office } from '../site/office.js';
import type { Site } from '../site/site.js';

export interface Check {
  readonly what: string;
  readonly ok: boolean;
  readonly figure: string;
}

export interface Findings {
  readonly checks: readonly Check[];
  readonly figures: Figures;
  readonly books: Comparison;
  readonly ledgerOk: boolean;
  readonly auditOk: boolean;
}

const run = promisify(execFile);

/** Buckets of a statement in which nothing is left to explain. */
const EXPLAINED = new Set(['matched', 'returned']);

/** When the dust has settled: the statements are matched, and then everything is counted by raw SQL. */
export async function lookInto(
  site: Site,
  office: Office,
  given: { signed: number; startedAt: Date },
): Promise<Findings> {
  const days = { from: officeDate(given.startedAt), to: officeDate(new Date()) };
  const buckets: string[] = [];
  let explained = true;
  for (const bank of ['sandbox', 'sandbox-instant']) {
    const ended = await office.reconcile({ bank, ...days });
    explained &&= ended.state === 'finished';
    for (const { bucket, entries } of ended.buckets) {
      if (entries > 0) buckets.push(`${bank} ${bucket ?? 'waiting'} ${entries}`);
      explained &&= entries === 0 || EXPLAINED.has(bucket ?? '');
    }
  }
  const now = await figures(site);
  const books = compare(await bookings(site));
  const left = await workLeft(site);
  const waiting = Object.values(left).reduce((sum, count) => sum + count, 0);
  const audit = await commandLine(site, ['audit', 'verify']);
  const ledger = await commandLine(site, ['ledger', 'verify']);
  const ready = await site.web.isReady();
  const none = (what: string, count: number): Check => ({
    what,
    ok: count === 0,
    figure: `${count}`,
  });
  const checks: Check[] = [
    {
      what: 'every signed line has one payment, and every payment has ended',
      ok: now.payments === given.signed && now.ended === now.payments,
      figure: `${now.ended} of ${now.payments} ended, ${given.signed} signed`,
    },
    none('entitlements credited twice, net of returns', books.paidTwice),
    none('payments that we hold for settled and the bank never credited (lost)', books.lost),
    none('credits of the bank under a reference that we do not have', books.strangers),
    none('payments whose end, or amount, the bank’s books say otherwise', books.disagreements),
    none('orders sent again although the bank had booked them', books.sentAgain),
    {
      what: 'the statements match, with nothing left to explain',
      ok: explained,
      figure: buckets.join(', '),
    },
    { what: 'the ledger balances (ledger verify)', ok: ledger.ok, figure: ledger.says },
    { what: 'the audit chain is whole (audit verify)', ok: audit.ok, figure: audit.says },
    {
      what: 'nothing waits: outbox, notices, calls, runs',
      ok: waiting === 0,
      figure: Object.entries(left)
        .map(([kind, count]) => `${kind} ${count}`)
        .join(', '),
    },
    { what: 'the web answers /readyz', ok: ready, figure: ready ? '200' : 'no' },
  ];
  return { checks, figures: now, books, ledgerOk: ledger.ok, auditOk: audit.ok };
}

/** A command of the service that verifies something. */
async function commandLine(site: Site, args: string[]): Promise<{ ok: boolean; says: string }> {
  const env = { PATH: process.env.PATH, ...site.environment };
  const lastLine = (text: string) => text.trim().split('\n').at(-1)?.slice(0, 120) ?? '';
  try {
    const { stdout } = await run(process.execPath, [site.program('cli.js'), ...args], { env });
    return { ok: true, says: lastLine(stdout) };
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return { ok: false, says: lastLine(stdout) || lastLine(stderr) };
  }
}
