import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RestAdapter } from '../../src/banks/adapters/rest/rest.adapter.js';
import type { RawNotice } from '../../src/banks/index.js';
import { readSandboxSettings } from '../../src/banks/sandbox/sandbox.settings.js';
import {
  startSandboxBank,
  type RunningSandboxBank,
} from '../../src/banks/sandbox/start-sandbox-bank.js';
import { SystemClock } from '../../src/kernel/index.js';
import { emptyDatabase } from '../setup/database.js';
import type { BankHarness } from './harness.js';
import { TEST_SECRET } from './raw-bank.js';
import { sandboxAccount } from './sandbox-accounts.js';

export interface SandboxHarness extends BankHarness {
  readonly running: () => RunningSandboxBank;
  /** The next so many notices are answered with 503, and still kept in `notices()`. */
  refuseNotices(count: number): void;
  /** Calls a path of the sandbox's own (`/sandbox/books`). */
  own(
    method: 'GET' | 'PUT' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<Record<string, unknown>>;
}

/** The sandbox bank with quick moods, over real HTTP and real PostgreSQL, and the rest adapter to it. */
export async function startSandboxHarness(
  environment: Readonly<Record<string, string>> = {},
): Promise<SandboxHarness> {
  const database = await emptyDatabase();
  const inbox = await startInbox();
  let running = await startSandboxBank(
    readSandboxSettings({
      SANDBOX_PORT: '0',
      SANDBOX_KEY_ID: 'key-1',
      SANDBOX_SECRET: TEST_SECRET,
      SANDBOX_NOTICE_SECRET: TEST_SECRET,
      SANDBOX_NOTICE_URL: inbox.url,
      SANDBOX_SETTLE_AFTER_MS: '100',
      SANDBOX_LATER_MS: '200',
      SANDBOX_RETURN_AFTER_MS: '200',
      SANDBOX_NOTICE_DELAY_MS: '400',
      SANDBOX_SLOW_MS: '100',
      ...environment,
    }),
    database.url,
  );
  const { url } = running;
  const own: SandboxHarness['own'] = async (method, path, body) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  const adapter = new RestAdapter(
    {
      baseUrl: `${url}/sandbox`,
      keyId: 'key-1',
      secret: TEST_SECRET,
      noticeSecret: [TEST_SECRET],
      plainHttp: true,
    },
    { concurrency: 4, timeoutMs: 1000 },
    new SystemClock(),
  );
  return {
    adapter,
    own,
    running: () => running,
    account: (mood) => sandboxAccount(mood),
    credits: async (reference) => {
      const all = await running.bank.credits({ after: '0', limit: 100_000 });
      const own = all.filter((credit) => credit.reference === reference);
      return { times: own.length, amount: own[0]?.amount ?? '0' };
    },
    notices: () => inbox.notices,
    refuseNotices: (count) => inbox.refuse(count),
    duringOutage: async (work) => {
      await own('PUT', '/sandbox/mood', { outage: 'reset' });
      await work();
      await own('PUT', '/sandbox/mood', { outage: 'none' });
    },
    restart: async () => {
      const port = new URL(url).port;
      const { settings } = running.bank;
      await running.stop();
      running = await startSandboxBank({ ...settings, SANDBOX_PORT: Number(port) }, database.url);
    },
    stop: async () => {
      await adapter.close();
      await running.stop();
      await inbox.stop();
      await database.close();
    },
  };
}

/** Where notices arrive: kept as they came, answered with 202. */
async function startInbox() {
  const notices: RawNotice[] = [];
  let refusals = 0;
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([k, v]) => [k, String(v)]),
      );
      notices.push({ headers, body });
      response.writeHead(refusals > 0 ? 503 : 202).end();
      refusals -= 1;
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    notices,
    refuse: (count: number) => {
      refusals = count;
    },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
