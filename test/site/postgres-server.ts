import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { embeddedPostgres, type EmbeddedPostgres } from '../../src/platform/database/index.js';

const START_TRIES = 20;
const LOOPBACK = '127.0.0.1';

/** The embedded PostgreSQL with its usual safety (fsync on), as something that can be killed and comes back. */
export class PostgresServer {
  private frozen = false;
  private address = LOOPBACK;

  private constructor(
    private readonly server: EmbeddedPostgres,
    /** The folder of its files. */
    readonly cluster: string,
  ) {}

  static async start(dataDir: string): Promise<PostgresServer> {
    await mkdir(dataDir, { recursive: true });
    const server = await embeddedPostgres({ dataDir });
    const place = await readFile(join(dataDir, 'postgres.place'), 'utf8').catch(() => dataDir);
    return new PostgresServer(server, join(place.trim(), 'postgres'));
  }

  /** Address of a database there, made when it is not; the same after every return. */
  async url(database: string): Promise<string> {
    const url = new URL(await this.server.url(database));
    url.hostname = this.address;
    return url.toString();
  }

  /** Has it listen at another address of this machine as well, for those of that net who know the password. */
  async listenAt({ address, range }: { address: string; range: string }): Promise<void> {
    const file = join(this.cluster, 'postmaster.opts');
    const options = await readFile(file, 'utf8');
    const listens = `listen_addresses=${LOOPBACK}`;
    await writeFile(file, options.replace(listens, `${listens},${address}`));
    await appendFile(join(this.cluster, 'pg_hba.conf'), `host all all ${range} scram-sha-256\n`);
    await this.restart();
    this.address = address;
  }

  /** SIGKILL to the server and every process of it at once: what is not on the disk is lost. */
  async kill(): Promise<void> {
    this.signal('SIGKILL', await this.postmaster());
  }

  async freeze(): Promise<void> {
    this.frozen = true;
    this.signal('SIGSTOP', await this.postmaster());
  }

  async thaw(): Promise<void> {
    this.frozen = false;
    this.signal('SIGCONT', await this.postmaster());
  }

  /** Starts it with the same files and port: after `kill`, or (ending it in good order first) while it runs. */
  async restart(): Promise<void> {
    const options = await readFile(join(this.cluster, 'postmaster.opts'), 'utf8');
    const program = join(dirname(options.split(' "')[0] ?? ''), 'pg_ctl');
    const log = join(dirname(this.cluster), 'postgres.log');
    const owner = await stat(this.cluster);
    const account = process.getuid?.() === 0 ? { uid: owner.uid, gid: owner.gid } : {};
    const args = ['-D', this.cluster, '-l', log, '-m', 'fast', '-w', 'restart'];
    for (let attempt = 1; ; attempt += 1) {
      const child = spawn(program, args, { ...account, cwd: '/', stdio: 'ignore', detached: true });
      const code = await new Promise((done) => child.once('exit', done));
      if (code === 0) return;
      // A last process of the killed server may still hold its memory.
      if (attempt >= START_TRIES)
        throw new Error(`PostgreSQL did not start (pg_ctl says ${String(code)})`);
      await new Promise((wake) => setTimeout(wake, 250));
    }
  }

  async stop(): Promise<void> {
    if (this.frozen) await this.thaw();
    await this.server.stop();
  }

  /** Of a server that is not there any more; they may lie elsewhere than in its data folder. */
  async removeFiles(): Promise<void> {
    await rm(dirname(this.cluster), { recursive: true, force: true });
  }

  /** Without waiting, for who ends in a hurry. */
  killNow(): void {
    const file = join(this.cluster, 'postmaster.pid');
    if (existsSync(file)) this.signal('SIGKILL', pidIn(readFileSync(file, 'utf8')));
  }

  /** Of the server's first process, the parent of all others. */
  async postmaster(): Promise<number> {
    return pidIn(await readFile(join(this.cluster, 'postmaster.pid'), 'utf8'));
  }

  private signal(signal: NodeJS.Signals, postmaster: number): void {
    for (const pid of [postmaster, ...childrenOf(postmaster)]) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        // It ended by itself meanwhile.
        if ((error as { code?: string }).code !== 'ESRCH') throw error;
      }
    }
  }
}

/** The first line of postmaster.pid. */
const pidIn = (text: string): number => Number(text.split('\n')[0]);

function childrenOf(parent: number): number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid, ppid]) => (pid !== undefined && ppid === parent ? [pid] : []));
}

const ANSWER_WITHIN_MS = 15_000;
/** So that whoever cuts connections spares those that look. */
export const OBSERVER = 'chaos-observer';

/** One question on a connection of its own, because every connection that stays may be cut. */
export async function ask<T extends object>(
  url: string,
  sql: string,
  parameters: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({
    connectionString: url,
    application_name: OBSERVER,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<T>(sql, parameters)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
