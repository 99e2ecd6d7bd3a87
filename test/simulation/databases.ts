import pg from 'pg';
import type { DataSource } from 'typeorm';
import { migrations } from '../../src/migrations/index.js';
import { createDataSource, migrate } from '../../src/platform/database/index.js';
import { Broom } from './broom.js';
import { hireOffice } from './office.js';
import { Observer } from './observe.js';
import { prepareStatements } from './statements.js';

/** Safe to lose: nothing here crashes but the product's own processes, and those only in our imagination. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_wal_size: "'4GB'",
  checkpoint_timeout: "'1h'",
} as const;

/** Lines of a batch get their ids from the database: here in a row that begins anew with each world. */
const OWN_IDS = `
  create schema simulation;
  create sequence simulation.ids;
  create function simulation.gen_random_uuid() returns uuid language sql volatile as
    $$ select md5('simulation ' || nextval('simulation.ids'))::uuid $$`;

/** Makes the migrated template that every world is cloned from; a server of our own is also made fast. */
export async function prepareTemplate(
  adminUrl: string,
  { template, tune }: { template: string; tune: boolean },
): Promise<void> {
  await asAdmin(adminUrl, async (admin) => {
    if (tune) {
      for (const [name, value] of Object.entries(FAST)) {
        await admin.query(`alter system set ${name} = ${value}`);
      }
      await admin.query('select pg_reload_conf()');
    }
    await admin.query(`create database ${template}`);
  });
  const url = urlOf(adminUrl, template);
  const source = createDataSource({ url, migrations, poolMax: 2, applicationName: 'simulation' });
  await source.initialize();
  await migrate(source);
  await source.query(OWN_IDS);
  await hireOffice(source.manager);
  // So that the first world finds what every later one finds after the broom: plans depend on it.
  await source.query('vacuum');
  await source.destroy();
}

export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
  await asAdmin(adminUrl, (admin) => admin.query(`drop database if exists ${name} with (force)`));
}

/** A database for one world. */
export interface WorldDatabase {
  readonly source: DataSource;
  readonly observer: Observer;
  close(): Promise<void>;
}

interface Standing {
  readonly name: string;
  readonly source: DataSource;
  readonly observer: Observer;
  readonly broom: Broom;
}

/** One database for all the worlds of a process, one after the other: emptied between them, never the same rows. */
export class Databases {
  private standing: Standing | null = null;
  private made = 0;

  private constructor(
    private readonly admin: pg.Client,
    private readonly adminUrl: string,
    private readonly template: string,
  ) {}

  static async of(adminUrl: string, template: string): Promise<Databases> {
    prepareStatements();
    const admin = new pg.Client({ connectionString: adminUrl });
    admin.on('error', () => undefined);
    await admin.connect();
    return new Databases(admin, adminUrl, template);
  }

  async open(): Promise<WorldDatabase> {
    const { source, observer, broom } = (this.standing ??= await this.make());
    return { source, observer, close: () => broom.sweep().catch(() => this.abandon()) };
  }

  /** What a world that broke off still holds open is not waited for: the next one gets another database. */
  private async abandon(): Promise<void> {
    const { standing } = this;
    this.standing = null;
    if (!standing) return;
    await Promise.allSettled([
      standing.observer.close(),
      standing.broom.close(),
      standing.source.destroy(),
    ]);
    await dropDatabase(this.adminUrl, standing.name);
  }

  close(): Promise<void> {
    return this.admin.end();
  }

  private async make(): Promise<Standing> {
    this.made += 1;
    const name = `world_${process.pid}_${this.made}`;
    await this.clone(name);
    const url = urlOf(this.adminUrl, name);
    const source = createDataSource({
      url,
      migrations: [],
      poolMax: 4,
      applicationName: 'simulation',
    });
    const [observer, broom] = await Promise.all([
      Observer.on(url),
      Broom.on(url),
      source.initialize(),
    ]);
    return { name, source, observer, broom };
  }

  private async clone(name: string): Promise<void> {
    const sql = `create database ${name} template ${this.template} strategy file_copy`;
    await this.admin.query(sql);
    await this.admin.query(
      `alter database ${name} set search_path = simulation, pg_catalog, public`,
    );
    await this.admin.query(`alter database ${name} set synchronous_commit = off`);
    await this.admin.query(`alter database ${name} set plan_cache_mode = force_generic_plan`);
  }
}

export function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.toString();
}

async function asAdmin(url: string, work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
