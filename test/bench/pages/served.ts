import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Agent, request } from 'undici';
import { freePort } from '../../../src/platform/database/index.js';
import { OFFICERS, PASSWORD } from './filled-database.js';
import type { Asker } from './measure.js';

const READY_WITHIN_MS = 60_000;

/** A web process of its own over that database, and everybody signed in; the accountant, who may read most, first. */
export async function servedBy(
  environment: Record<string, string>,
): Promise<{ askers: Asker[]; processId: number; stop(): Promise<void> }> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const program = fileURLToPath(new URL('../../../src/main.js', import.meta.url));
  const child = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH, ...environment, PORT: String(port), PUBLIC_URL: base },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    await answers(`${base}/livez`);
    const logins = ['ke.toan.truong', ...Object.keys(OFFICERS)];
    const askers: Asker[] = [];
    for (const login of new Set(logins)) askers.push(await signedIn(base, login));
    return { askers, processId: child.pid ?? 0, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answers(address: string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const answer = await request(address).catch(() => null);
    await answer?.body.dump();
    if (answer?.statusCode === 200) return;
    if (performance.now() > deadline) throw new Error(`${address} does not answer`);
    await new Promise((wake) => setTimeout(wake, 200));
  }
}

async function signedIn(base: string, login: string): Promise<Asker> {
  const dispatcher = new Agent({ keepAliveTimeout: 60_000, headersTimeout: 600_000 });
  const opened = await request(`${base}/api/v1/sessions`, {
    method: 'POST',
    dispatcher,
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ login, password: PASSWORD }),
  });
  const text = await opened.body.text();
  if (opened.statusCode !== 201)
    throw new Error(`${login} cannot sign in: ${opened.statusCode} ${text}`);
  const cookies = [opened.headers['set-cookie'] ?? []].flat();
  const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
  return {
    login,
    get: async (address) => {
      const answer = await request(`${base}${address}`, {
        dispatcher,
        headers: { cookie, accept: 'application/json, text/html' },
      });
      return { status: answer.statusCode, text: await answer.body.text() };
    },
  };
}
