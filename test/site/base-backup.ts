import { execFile } from 'node:child_process';
import { cp, mkdir, rm, stat, writeFile, chown } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { PostgresServer } from './postgres-server.js';

const run = promisify(execFile);

/** Of the server that runs there; not part of a copy (PostgreSQL 18, "Making a Base Backup Using the Low Level API"). */
const OF_THE_RUNNING = ['postmaster.pid', 'postmaster.opts', 'pg_replslot', 'pg_stat_tmp'];

/**
 * A consistent copy of a server while it works, as `pg_basebackup` makes one: npm's PostgreSQL brings no client
 * programs, and those of another major version refuse it. What was committed before the end is in it, nothing else is.
 * @param to a folder that is not there yet.
 */
export async function baseBackup(server: PostgresServer, to: string): Promise<void> {
  const { cluster } = server;
  const client = new pg.Client({ connectionString: await server.url('postgres') });
  await client.connect();
  try {
    await client.query(`select pg_backup_start('drill', true)`);
    await copyFiles(cluster, to);
    const { rows } = await client.query<{ label: string }>(
      `select labelfile as label from pg_backup_stop(false)`,
    );
    // Everything that was written from the start to the end of the copying makes the copy consistent.
    await rm(join(to, 'pg_wal'), { recursive: true });
    await copyFiles(join(cluster, 'pg_wal'), join(to, 'pg_wal'));
    await writeFile(join(to, 'backup_label'), rows[0]?.label ?? '');
    const { uid, gid } = await stat(cluster);
    if (process.getuid?.() === 0) await chown(join(to, 'backup_label'), uid, gid);
  } finally {
    await client.end();
  }
  for (const name of OF_THE_RUNNING) await rm(join(to, name), { recursive: true, force: true });
  await run('mkdir', ['-m', '700', join(to, 'pg_replslot'), join(to, 'pg_stat_tmp')]);
  await run('chown', ['--reference', to, join(to, 'pg_replslot'), join(to, 'pg_stat_tmp')]);
  await cp(`${cluster}.password`, `${to}.password`);
}

/** With owners and rights. A file that went away meanwhile is none that the copy needs: the log knows of it. */
async function copyFiles(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await run('cp', ['-a', from, to]).catch((error: { stderr?: string }) => {
    const told = (error.stderr ?? '').trim().split('\n');
    if (!told.every((line) => line.endsWith('No such file or directory'))) throw error as Error;
  });
}

/** Another server, on another port, with nothing but the copy. @param folder its own, not there yet. */
export async function restoredServer(copy: string, folder: string): Promise<PostgresServer> {
  await mkdir(folder, { recursive: true, mode: 0o755 });
  await run('cp', ['-a', copy, join(folder, 'postgres')]);
  await cp(`${copy}.password`, join(folder, 'postgres.password'));
  // Where it lies also when the programs themselves must be copied for PostgreSQL's account.
  await writeFile(join(folder, 'postgres.place'), folder);
  return PostgresServer.start(folder);
}
