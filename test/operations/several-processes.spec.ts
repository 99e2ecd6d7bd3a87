import { randomBytes } from 'node:crypto';
import { killDesk, until } from '../e2e/kill/kill-desk.js';
import { NO_BANK, startProgram, type RunningProgram } from '../setup/compiled-program.js';
import { testDatabase, type TestDatabase } from '../setup/database.js';

const TIMEOUT_MS = 120_000;
const PASSWORD = 'bốn từ ghép vào nhau';
const USER = { displayName: 'Người Thử', password: PASSWORD, roles: ['monitor'] };

/** Address of a process, once it is ready. */
async function readyAt(program: RunningProgram): Promise<string> {
  let url: string | undefined;
  await until(() => {
    if (program.process.exitCode !== null) throw new Error(program.log());
    url = /"url":"([^"]+)","role":"[a-z]+","msg":"ready"/.exec(program.log())?.[1];
    return url !== undefined;
  });
  return url ?? '';
}

describe('two web processes on one database', () => {
  let db: TestDatabase;
  let webs: RunningProgram[];
  let urls: string[];

  beforeAll(async () => {
    db = await testDatabase();
    const environment = {
      ...NO_BANK,
      ...{ ROLE: 'web', PORT: '0', LOG_LEVEL: 'info', DATABASE_URL: db.url },
      SESSION_SECRET: randomBytes(32).toString('hex'),
    };
    const administrator = ['--login', 'quan.tri', '--name', 'Quản Trị', '--roles', 'administrator'];
    const made = await startProgram('cli.js', {
      args: ['create-user', ...administrator],
      environment,
      input: `${PASSWORD}\n`,
    }).ended;
    expect(made.code).toBe(0);
    webs = [startProgram('main.js', { environment }), startProgram('main.js', { environment })];
    urls = await Promise.all(webs.map(readyAt));
  }, TIMEOUT_MS);
  afterAll(async () => {
    for (const { process } of webs) process.kill('SIGKILL');
    await db.close();
  });

  const ask = (
    which: number,
    method: string,
    path: string,
    more: { cookie?: string; key?: string; json?: unknown } = {},
  ) =>
    fetch(`${urls[which]}${path}`, {
      method,
      headers: {
        origin: urls[which] ?? '',
        ...(more.cookie ? { cookie: more.cookie } : {}),
        ...(more.key ? { 'idempotency-key': more.key } : {}),
        ...(more.json ? { 'content-type': 'application/json' } : {}),
      },
      body: more.json ? JSON.stringify(more.json) : undefined,
    });
  async function signIn(which: number): Promise<string> {
    const json = { login: 'quan.tri', password: PASSWORD };
    const answer = await ask(which, 'POST', '/api/v1/sessions', { json });
    return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  }
  /** The first words of a live page; the stream goes on. */
  async function liveAt(which: number, cookie: string) {
    const end = new AbortController();
    const answer = await fetch(`${urls[which]}/live/runs`, {
      headers: { cookie },
      signal: end.signal,
    });
    const reader = answer.body?.getReader();
    const decoder = new TextDecoder();
    let text = '';
    while (reader && !text.includes('data:')) text += decoder.decode((await reader.read()).value);
    return {
      type: answer.headers.get('content-type') ?? '',
      text,
      end: () => end.abort(),
    };
  }

  it(
    'are one: who signs in at one acts at the other, once, and is signed out of both',
    async () => {
      const cookie = await signIn(0);
      expect((await ask(1, 'GET', '/api/v1/me', { cookie })).status).toBe(200);
      const order = { cookie, key: 'one-act', json: { login: 'giam.sat', ...USER } };
      const first = await ask(1, 'POST', '/api/v1/users', order);
      const again = await ask(0, 'POST', '/api/v1/users', order);
      expect([first.status, again.status]).toEqual([201, 201]);
      expect(await again.json()).toEqual(await first.json());
      expect((await ask(0, 'DELETE', '/api/v1/sessions/current', { cookie })).status).toBe(204);
      expect((await ask(1, 'GET', '/api/v1/me', { cookie })).status).toBe(401);
    },
    TIMEOUT_MS,
  );

  it(
    'keep pages live on both; one that ends closes its streams and leaves everything to the other',
    async () => {
      const cookie = await signIn(1);
      const live = await Promise.all([liveAt(0, cookie), liveAt(1, cookie)]);
      for (const { type, text } of live) {
        expect(type).toContain('text/event-stream');
        expect(text).toContain('data:');
      }
      webs[1]?.process.kill('SIGTERM');
      const ended = await webs[1]?.ended;
      expect(ended).toMatchObject({ code: 0, signal: null });
      expect(ended?.err).not.toMatch(/"level":"(error|fatal)"/);
      expect((await ask(0, 'GET', '/api/v1/me', { cookie })).status).toBe(200);
      live[0]?.end();
    },
    TIMEOUT_MS,
  );
});

describe('a worker that is told to end', () => {
  it(
    'waits for the bank it has called, writes what came of it, and sends nothing more',
    async () => {
      const desk = await killDesk({});
      try {
        desk.bank.hold(1);
        await desk.approvedBatch(3);
        const worker = await desk.worker();
        await until(() => desk.bank.held() === 1);
        worker.signal('SIGTERM');
        await until(async () => (await desk.attempts())[0]?.outcome === 'unknown');
        await until(() => worker.hasEnded());
        // The bank booked it and never answered: a doubt, which the next worker asks after.
        const states = (await desk.payments()).map(({ state }) => state);
        expect(states.sort()).toEqual(['ready', 'ready', 'unknown']);
        expect(desk.bank.bookings.size).toBe(1);
        const next = await desk.worker();
        await until(async () => (await desk.runs())[0]?.state === 'finished');
        expect([...desk.bank.bookings.values()]).toEqual([1, 1, 1]);
        await next.end();
      } finally {
        await desk.close();
      }
    },
    TIMEOUT_MS,
  );
});
