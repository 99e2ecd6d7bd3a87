import { Pool } from 'undici';
import { signedNotice } from '../../builders/outcome-desk.js';
import { ask } from '../../site/postgres-server.js';
import type { Site } from '../../site/site.js';
import { costsFromNow } from './processors.js';

export interface NoticeFigures {
  readonly notices: number;
  /** Answered 2xx, so durable. */
  readonly receivedPerSecond: number;
  /** From the first one sent until every one is applied. */
  readonly appliedPerSecond: number;
  readonly p95Ms: number;
  /** Processor time of each process until all were applied, ms for one notice. */
  readonly cpuMsPerNotice: Readonly<Record<string, number>>;
}

const BANK = 'sandbox';
const CONNECTIONS = 64;
const PATIENCE_MS = 600_000;

/**
 * A bank that sends one signed notice for each payment, as fast as it is answered: how many are kept a second, and how
 * many applied. They speak of payments that are settled, so that each is matched and none moves anything.
 */
export async function noticesOf(site: Site, wanted: number): Promise<NoticeFigures> {
  const payments = await ask<{ reference: string; amount: string }>(
    site.databaseUrl,
    'select reference, amount::text as amount from payment order by id limit $1',
    [wanted],
  );
  const at = new Date();
  const notices = payments.map(({ reference, amount }, nth) =>
    signedNotice({
      id: `bench-${nth}`,
      at,
      payments: [{ reference, status: 'ACCC', amount, currency: 'VND' }],
      secret: site.people.secrets.notice,
    }),
  );
  const pool = new Pool(site.url, { connections: CONNECTIONS });
  const waits: number[] = [];
  const send = async (): Promise<void> => {
    for (let notice = notices.pop(); notice; notice = notices.pop()) {
      const began = performance.now();
      const { statusCode, body } = await pool.request({
        method: 'POST',
        path: `/api/v1/banks/${BANK}/notices`,
        headers: notice.headers,
        body: notice.body,
      });
      await body.dump();
      if (statusCode >= 300) throw new Error(`a notice was answered ${statusCode}`);
      waits.push(performance.now() - began);
    }
  };
  const costs = await costsFromNow(site);
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, send));
  const received = (performance.now() - began) / 1000;
  await untilApplied(site);
  const applied = (performance.now() - began) / 1000;
  const cpuMsPerNotice = await costs(payments.length);
  await pool.close();
  waits.sort((a, b) => a - b);
  return {
    notices: payments.length,
    receivedPerSecond: Math.round(payments.length / received),
    appliedPerSecond: Math.round(payments.length / applied),
    p95Ms: Math.round(waits[Math.floor(waits.length * 0.95)] ?? 0),
    cpuMsPerNotice,
  };
}

async function untilApplied({ databaseUrl }: Site): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const [left] = await ask<{ count: number }>(
      databaseUrl,
      `select count(*)::int as count from bank_notice where state = 'received'`,
    );
    if (left?.count === 0) return;
    if (performance.now() > deadline) throw new Error('the notices are not applied');
    await new Promise((wake) => setTimeout(wake, 100));
  }
}
