import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { bankFileSchema, BankRegistry, type Delivery } from '../../src/banks/index.js';
import { SystemClock } from '../../src/kernel/index.js';
import { loadYaml } from '../../src/platform/config/index.js';
import { FileCounter, type Carriage } from './file-counter.js';
import { eventually, type ListBankHarness } from './harness.js';
import { sandboxAccount } from './sandbox-accounts.js';
import { startSandboxHarness } from './sandbox-harness.js';

const BANK = 'sandbox-list';

/** The sandbox bank's portal, an officer who carries lists to it and results back, and the adapter of lists. */
export async function startListHarness(): Promise<ListBankHarness> {
  const kept = await mkdtemp(join(tmpdir(), 'chitra-list-bank-'));
  const sandbox = await startSandboxHarness({ SANDBOX_FILE_BANKS: BANK });
  const source = { configDir: resolve('config'), variable: () => undefined };
  const file = loadYaml(source, 'banks/examples/sandbox-portal.yaml', bankFileSchema);
  const [bank] = BankRegistry.of([file], new SystemClock()).all();
  const files = bank?.adapter.files;
  if (!files) throw new Error('no bank of lists');
  const portal = `${sandbox.running().url}/sandbox/lists/${BANK}`;
  let way: Parameters<ListBankHarness['givesResults']>[0] = {};
  let paid = 0;
  const uploaded = new Map<string, string>();

  const officer: Carriage = {
    bring: async (list, message): Promise<Delivery> => {
      const body = new Uint8Array(await readFile(list.path));
      const url = `${portal}?name=${encodeURIComponent(list.fileName)}`;
      const answer = await fetch(url, { method: 'POST', body }).catch(() => null);
      if (!answer) return { kind: 'not-sent', why: 'the portal does not open' };
      const taken = (await answer.json()) as { listId?: string };
      if (taken.listId === undefined) return { kind: 'not-sent', why: `HTTP ${answer.status}` };
      uploaded.set(taken.listId, message);
      return { kind: 'delivered', remoteName: taken.listId };
    },
    fetch: async function* (messages) {
      for (const [listId, answers] of uploaded) {
        if (!messages.has(answers)) continue;
        const asked = Object.entries(way).map(([key, value]) => `${key}=${value}`);
        const answer = await fetch(`${portal}/${listId}/result?${asked.join('&')}`);
        if (!answer.ok) throw new Error(`the portal says ${answer.status}`);
        const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '');
        const content = Buffer.from(await answer.arrayBuffer());
        yield { name: name?.[1] ?? 'ket-qua', content, answers, taken: () => Promise.resolve() };
      }
    },
  };
  return {
    files,
    counter: new FileCounter(files, officer, kept),
    atRest: async () => {
      await eventually(async () => {
        const { changesToCome, noticesWaiting } = await sandbox.own('GET', '/sandbox/books');
        return Number(changesToCome) + Number(noticesWaiting) === 0 ? true : undefined;
      });
    },
    givesResults: (given) => {
      way = given;
    },
    account: (mood) => {
      paid += 1;
      return sandboxAccount(mood, String(1000 + paid));
    },
    credits: sandbox.credits,
    duringOutage: async (work) => {
      await sandbox.own('PUT', '/sandbox/mood', { outage: 'refuse' });
      await work();
      await sandbox.own('PUT', '/sandbox/mood', { outage: 'none' });
    },
    restart: sandbox.restart,
    stop: async () => {
      await sandbox.stop();
      await rm(kept, { recursive: true, force: true });
    },
  };
}
