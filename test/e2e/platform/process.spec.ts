import { connect } from 'node:net';
import { until } from '../../builders/queue-program.js';
import { emptyDatabase, testDatabase, type TestDatabase } from '../../setup/database.js';
import { NO_BANK, startProgram, type RunningProgram } from '../../setup/compiled-program.js';

const TIMEOUT_MS = 120_000;
/** A process starts in two seconds; beside the other spec files it waits for its turn. */
const READY_WITHIN_MS = 90_000;

interface Line {
  readonly msg: string;
  readonly url?: string;
}

const linesOf = (program: RunningProgram): Line[] =>
  program
    .log()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

async function readyAt(program: RunningProgram): Promise<string> {
  let url: string | undefined;
  await until(() => {
    url = linesOf(program).find(({ msg }) => msg === 'ready')?.url;
    if (program.process.exitCode !== null) throw new Error(program.log());
    return url !== undefined;
  }, READY_WITHIN_MS);
  return url ?? '';
}

describe('a process', () => {
  let db: TestDatabase;
  const started = new Set<RunningProgram>();
  const start = (environment: Record<string, string>, script = 'main.js') => {
    const program = startProgram(script, {
      environment: {
        PORT: '0',
        LOG_LEVEL: 'info',
        DATABASE_URL: db.url,
        ...NO_BANK,
        ...environment,
      },
    });
    started.add(program);
    return program;
  };
  beforeAll(async () => {
    db = await testDatabase();
  }, TIMEOUT_MS);
  afterAll(async () => {
    for (const { process } of started) process.kill('SIGKILL');
    await db.close();
  });

  it(
    'that cannot start says why in plain words and ends with 1',
    async () => {
      const empty = await emptyDatabase();
      try {
        const production = { NODE_ENV: 'production', SESSION_SECRET: 's'.repeat(32) };
        const ends = await Promise.all([
          start({ ...production, DATABASE_URL: empty.url }).ended,
          start({ BANK_SANDBOX_SECRET: '' }).ended,
          start({ REDIS_URL: 'redis://:geheim@127.0.0.1:1' }).ended,
        ]);
        expect(ends.map(({ code }) => code)).toEqual([1, 1, 1]);
        expect(ends[0]?.err).toContain('DATABASE_URL: its schema is not up to date');
        expect(ends[1]?.err).toContain('BANK_SANDBOX_SECRET: is unset; banks/sandbox');
        expect(ends[2]?.err).toContain('REDIS_URL: no Redis answers there');
        for (const { err } of ends) expect(err).not.toMatch(/geheim|^ {4}at /m);
      } finally {
        await empty.close();
      }
    },
    TIMEOUT_MS,
  );

  it.each([
    ['main.js', 'all'],
    ['main.js', 'web'],
    ['worker.js', 'worker'],
  ])(
    '%s as %s answers, and ends in good order when it is told to',
    async (script, role) => {
      const program = start(script === 'worker.js' ? {} : { ROLE: role }, script);
      const url = await readyAt(program);
      expect((await fetch(`${url}/livez`)).status).toBe(200);
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      program.process.kill('SIGTERM');
      program.process.kill('SIGTERM');
      const { code, err } = await program.ended;
      expect(code).toBe(0);
      expect(linesOf(program).filter(({ msg }) => msg.startsWith('ending'))).toHaveLength(1);
      expect(err).not.toMatch(/"level":"(error|fatal)"/);
      expect(err).not.toMatch(/^(?!\{)./m);
    },
    TIMEOUT_MS,
  );

  it(
    'is not held for ever by a client that never ends its request',
    async () => {
      const program = start({ ROLE: 'web', SHUTDOWN_TIMEOUT_MS: '200' });
      const { port } = new URL(await readyAt(program));
      const client = connect(Number(port), '127.0.0.1');
      client.on('error', () => undefined);
      client.write('POST /api/v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf');
      await new Promise((wake) => setTimeout(wake, 200));
      program.process.kill('SIGTERM');
      const { code } = await program.ended;
      expect(code).toBe(1);
      expect(program.log()).toContain('the end took too long');
      client.destroy();
    },
    TIMEOUT_MS,
  );
});
