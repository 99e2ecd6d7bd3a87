import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { embeddedPostgres, type EmbeddedPostgres } from './index.js';

const TIMEOUT_MS = 120_000;

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The process id of a process that has ended. */
function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  return new Promise((done) => child.once('exit', () => done(child.pid ?? 0)));
}

async function placeOf(dataDir: string): Promise<string> {
  return (await readFile(join(dataDir, 'postgres.place'), 'utf8').catch(() => dataDir)).trim();
}

async function postmasterOf(dataDir: string): Promise<number> {
  const file = join(await placeOf(dataDir), 'postgres', 'postmaster.pid');
  return Number((await readFile(file, 'utf8')).split('\n')[0]);
}

async function ended(pid: number): Promise<void> {
  for (let look = 0; look < 200; look += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((wake) => setTimeout(wake, 50));
  }
  throw new Error(`process ${pid} lives on`);
}

describe('the embedded PostgreSQL', () => {
  let dataDir: string;
  const open = new Set<EmbeddedPostgres>();

  const start = async (): Promise<EmbeddedPostgres> => {
    const server = await embeddedPostgres({ dataDir });
    open.add(server);
    return server;
  };
  const stop = async (server: EmbeddedPostgres): Promise<void> => {
    open.delete(server);
    await server.stop();
  };

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'chitra-embedded-'));
    await chmod(dataDir, 0o755);
  });
  afterEach(async () => {
    for (const server of open) await server.stop();
    open.clear();
    const place = await placeOf(dataDir);
    await rm(place, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  });

  it(
    'is shared by all who name the same folder, and runs until the last of them has given it back',
    async () => {
      const [first, second] = await Promise.all([start(), start()]);
      const url = await first.url('one');
      expect(await second.url('one')).toBe(url);
      await stop(first);
      expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }]);
      const pid = await postmasterOf(dataDir);
      await stop(second);
      await ended(pid);
      await expect(ask(url, 'select 1')).rejects.toThrow('ECONNREFUSED');
    },
    TIMEOUT_MS,
  );

  it(
    'comes up with its rows after everything was killed, and is stopped although the dead never gave it back',
    async () => {
      const url = await (await start()).url('kept');
      await ask(url, 'create table thing as select 7 as n');
      open.clear();
      const users = join(dataDir, 'postgres.users');
      const [mine = ''] = await readdir(users);
      await rm(join(users, mine));
      await writeFile(join(users, `${await deadPid()}-killed`), '');
      const lock = join(dataDir, 'postgres.lock');
      await mkdir(lock);
      await writeFile(join(lock, 'pid'), String(await deadPid()));
      const killed = await postmasterOf(dataDir);
      process.kill(killed, 'SIGKILL');
      await ended(killed);

      const again = await start();
      expect(await ask(await again.url('kept'), 'select n from thing')).toEqual([{ n: 7 }]);
      const pid = await postmasterOf(dataDir);
      await stop(again);
      await ended(pid);
    },
    TIMEOUT_MS,
  );

  it(
    'keeps its files elsewhere when its account may not enter the folder, and finds them again',
    async () => {
      await chmod(dataDir, 0o700);
      const first = await start();
      await ask(await first.url('kept'), 'create table thing as select 8 as n');
      await stop(first);
      const second = await start();
      expect(await ask(await second.url('kept'), 'select n from thing')).toEqual([{ n: 8 }]);
      expect((await placeOf(dataDir)) === dataDir).toBe(process.getuid?.() !== 0);
    },
    TIMEOUT_MS,
  );

  it(
    'refuses a database name that is not a name',
    async () => {
      const server = await start();
      await expect(server.url('a; drop database b')).rejects.toThrow('a database name is');
    },
    TIMEOUT_MS,
  );
});
