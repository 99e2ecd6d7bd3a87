import { ask, OBSERVER } from '../site/postgres-server.js';
import type { Strike, Target } from './plan.js';
import { QUEUE_PREFIX, type Site } from '../site/site.js';
import type { Victim } from '../site/victim.js';

const CUT_FOR_MS = 2000;
const QUEUE_SCHEMA = `${QUEUE_PREFIX}_queue`;

const wait = (ms: number): Promise<void> => new Promise((wake) => setTimeout(wake, ms));

export interface Blow {
  /** A word for the table. */
  readonly note: string;
  /** Of a victim that is left frozen while other blows fall: thaws it when its time is over. */
  readonly thawed?: Promise<void>;
}

/** Lets one blow fall and starts again what it felled. */
export async function strike(site: Site, planned: Strike): Promise<Blow> {
  switch (planned.deed) {
    case 'SIGKILL':
      return { note: await kill(site, planned.target) };
    case 'SIGTERM':
      return { note: await restart(site, planned.target) };
    case 'SIGSTOP':
      return freeze(site, planned);
    case 'FLUSHALL':
      await site.redis?.flush();
      return { note: '' };
    case 'disk lost':
      await site.redis?.kill();
      await site.redis?.loseFiles();
      await site.redis?.revive();
      return { note: '' };
    case 'schema dropped':
      await throughDeadlocks(() => ask(site.databaseUrl, `drop schema ${QUEUE_SCHEMA} cascade`));
      return { note: '' };
    case 'tables emptied':
      return { note: await emptyQueue(site) };
    case 'all cut':
      return { note: `${await cut(site, 'true')} connections` };
    case 'cut in transactions':
      return { note: await cutInTransactions(site) };
  }
}

/** The processes of the service and of the bank that a target is. */
export function victimOf(site: Site, target: Target): Victim | undefined {
  const victims = [site.web, ...site.workers, site.bank];
  return victims.find(({ name }) => name === target);
}

async function kill(site: Site, target: Target): Promise<string> {
  const victim = victimOf(site, target);
  if (target === 'bank') {
    // As when its power fails: its own database server with it.
    await Promise.all([site.bank.kill(), site.bankPostgres.kill()]);
    await site.bankPostgres.restart();
    site.bank.start();
    return 'and its database server';
  }
  if (victim) {
    await victim.kill();
    victim.start();
  } else if (target === 'PostgreSQL') {
    await site.postgres.kill();
    await site.postgres.restart();
  } else {
    await site.redis?.kill();
    await site.redis?.revive();
  }
  return '';
}

async function restart(site: Site, target: Target): Promise<string> {
  const victim = victimOf(site, target);
  if (victim) {
    await victim.terminate();
    victim.start();
  } else if (target === 'PostgreSQL') {
    await site.postgres.restart();
  } else {
    await site.redis?.kill('SIGTERM');
    await site.redis?.revive();
  }
  return '';
}

async function freeze(site: Site, { target, frozenMs }: Strike): Promise<Blow> {
  const note = `for ${frozenMs / 1000} s`;
  const victim = victimOf(site, target);
  if (victim) {
    victim.freeze();
    const thawed = wait(frozenMs).then(() => victim.thaw());
    if (target.startsWith('worker')) return { note, thawed };
    await thawed;
  } else if (target === 'PostgreSQL') {
    await site.postgres.freeze();
    await wait(frozenMs);
    await site.postgres.thaw();
  } else {
    site.redis?.signal('SIGSTOP');
    await wait(frozenMs);
    site.redis?.signal('SIGCONT');
  }
  return { note };
}

/** Cuts the connections of the service that fit; gives how many. */
async function cut(site: Site, which: string): Promise<number> {
  const found = await ask<{ cut: boolean }>(
    site.databaseUrl,
    `select pg_terminate_backend(pid) as cut from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and application_name <> $1 and (${which})`,
    [OBSERVER],
  );
  return found.filter((each) => each.cut).length;
}

/** Again and again for a while, whoever is inside a transaction that was begun. */
async function cutInTransactions(site: Site): Promise<string> {
  const deadline = Date.now() + CUT_FOR_MS;
  let count = 0;
  while (Date.now() < deadline) {
    count += await cut(
      site,
      `state like 'idle in transaction%' or (state = 'active' and backend_xid is not null)`,
    );
    await wait(5);
  }
  return `${count} transactions`;
}

async function emptyQueue(site: Site): Promise<string> {
  const tables = await ask<{ name: string }>(
    site.databaseUrl,
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname = $1 and tablename not like '%migration%'`,
    [QUEUE_SCHEMA],
  );
  const all = tables.map(({ name }) => name).join(', ');
  await throughDeadlocks(() => ask(site.databaseUrl, `truncate ${all}`));
  return `${tables.length} tables`;
}

const DEADLOCK = '40P01';
const TRIES = 50;

/** What takes every table from under those at work may have to be tried more than once. */
async function throughDeadlocks(act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await act();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK || attempt >= TRIES) throw error;
    }
  }
}
