import { z } from 'zod';
import type { ApiClient } from '../../src/cli/demo/api-client.js';
import { etagOf } from '../../src/platform/http/index.js';
import type { System } from './system.js';

export const anything = z.any();
const PATIENCE_MS = 60_000;

export interface Person {
  readonly number: string;
  readonly name: string;
  readonly account: string;
  readonly bin?: string;
  readonly amount?: string;
}

/** `count` people of one commune, whose accounts end in `ending` (a mood of the sandbox bank). */
export function people(
  count: number,
  from: number,
  account: { ending: string; bin?: string },
): Person[] {
  return Array.from({ length: count }, (_, at) => ({
    number: `0200${String(from + at).padStart(8, '0')}`,
    name: `Người Mẫu Thứ ${from + at}`.replace(
      /\d+/,
      (n) => 'ABCDEFGHIK'.charAt(Number(n) % 10) + 'x'.repeat(Number(n) % 7),
    ),
    account: `${String(from + at).padStart(6, '0')}${account.ending}`,
    bin: account.bin,
  }));
}

/** A list as an office would send it, as .csv. */
export function listOf(persons: readonly Person[], period: string): string {
  const head =
    'STT;Họ và tên;Số định danh;Mã xã/phường;Chế độ;Kỳ;Số tiền;Số quyết định;Ngày quyết định;Số tài khoản;Tên tài khoản;Ngân hàng';
  const rows = persons.map((p, at) =>
    [
      at + 1,
      p.name,
      p.number,
      '05977',
      'NCC_MONTHLY',
      period,
      p.amount ?? '2789000',
      '12/QĐ-SNV',
      '15/01/2026',
      p.account,
      p.name,
      p.bin ?? '970405',
    ].join(';'),
  );
  return `${[head, ...rows].join('\n')}\n`;
}

export async function until<T>(
  look: () => Promise<T>,
  enough: (seen: T) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (enough(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`waited too long: ${JSON.stringify(seen)}`);
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

let acts = 0;
/** An act that nobody has done before. */
export const act = (): string => `act ${(acts += 1)} ${Math.random()}`;

export async function importAndApply(preparer: ApiClient, list: string, patienceMs?: number) {
  const form = new FormData();
  form.set('file', new Blob([list]), 'danh-sach.csv');
  const { id } = await preparer.post('/api/v1/imports', anything, { form, act: act() });
  const path = `/api/v1/imports/${id}`;
  await until(
    () => preparer.get(path, anything),
    (now) => now.state !== 'received',
    patienceMs,
  );
  await preparer.post(`${path}/applications`, anything, {
    json: { mode: 'all-or-nothing' },
    act: act(),
  });
  return until(
    () => preparer.get(path, anything),
    (now) => now.state === 'applied',
    patienceMs,
  );
}

export async function propose(preparer: ApiClient, batch: { id: string; version: number }) {
  return preparer.post(`/api/v1/batches/${batch.id}/proposals`, anything, {
    json: {},
    ifMatch: etagOf(batch.version),
    act: act(),
  });
}

export async function assembleAndPropose(preparer: ApiClient, period: string, more = {}) {
  const batch = await preparer.post('/api/v1/batches', anything, {
    json: { programme: 'NCC_MONTHLY', period, ...more },
    act: act(),
  });
  return propose(preparer, batch);
}

export async function sign(signer: ApiClient, batchId: string) {
  const { digest, lineCount, total } = await signer.get(`/api/v1/batches/${batchId}`, anything);
  return signer.post(`/api/v1/batches/${batchId}/approvals`, anything, {
    json: { digest, lineCount, total },
    act: act(),
  });
}

export async function signBoth(system: System, batchId: string): Promise<void> {
  await sign(await system.signIn('ke.toan.truong'), batchId);
  await sign(await system.signIn('chu.tai.khoan'), batchId);
}

export async function runOf(client: ApiClient, batchId: string) {
  const { items } = await until(
    () => client.get(`/api/v1/runs?batchId=${batchId}`, anything),
    (page) => page.items.length > 0,
  );
  return items[0];
}

/** Counts by state of a run's payments. */
export async function countsOf(client: ApiClient, runId: string): Promise<Record<string, number>> {
  const run = await client.get(`/api/v1/runs/${runId}`, anything);
  const counts: Record<string, number> = {};
  for (const { state, count } of run.figures) counts[state] = (counts[state] ?? 0) + count;
  return counts;
}

/** Waits until the bank is at rest and everything it said has been applied. */
export async function atRest(system: System, client: ApiClient, runId: string) {
  await until(
    async () => {
      const counts = await countsOf(client, runId);
      const books = await system.books();
      const notices = await client.get('/api/v1/notices?state=received&limit=1', anything);
      return { counts, books, waiting: notices.items.length };
    },
    ({ counts, books, waiting }) =>
      !counts.ready &&
      !counts.sending &&
      !counts.accepted &&
      !counts.unknown &&
      Number(books.changesToCome) + Number(books.noticesWaiting) + Number(books.pending) === 0 &&
      waiting === 0,
  );
  return countsOf(client, runId);
}
