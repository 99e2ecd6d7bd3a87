import 'reflect-metadata';
import { DataSource, type MigrationInterface } from 'typeorm';

/** How TypeORM takes its migrations: as classes. */
export type MigrationClass = new () => MigrationInterface;

/**
 * What lies on the disk at random costs hardly more than what lies in a row (SSD, or memory): with PostgreSQL's own 4 a
 * page of a big batch is found by reading the whole batch. Just-in-time compiling pays for analyses, not for payments.
 */
const PLANNING = '-c random_page_cost=1.1 -c jit=off';

/**
 * A machine that vanishes (power, cable) ends no connection, and its open transaction keeps its locks: PostgreSQL is to
 * notice within half a minute, not after idle_in_transaction_session_timeout. Measured with a host cut off while it pays:
 * the others stood for up to two minutes.
 */
export const VANISHED =
  '-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=25000';

/** A TypeORM data source over the schema's one timeline; `synchronize` is never on. */
export function createDataSource(options: {
  url: string;
  migrations: MigrationClass[];
  poolMax: number;
  applicationName: string;
}): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    entities: [],
    migrations: options.migrations,
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    poolSize: options.poolMax,
    connectTimeoutMS: 30_000,
    applicationName: options.applicationName,
    extra: {
      options: `${PLANNING} ${VANISHED}`,
      keepAlive: true,
      statement_timeout: 120_000,
      idle_in_transaction_session_timeout: 120_000,
    },
  });
}

/** Several processes may start together: the first migrates, the others wait for its advisory lock. */
const MIGRATION_LOCK = 7_203_301;

/** Brings the schema up to date and tells how many migrations ran. */
export async function migrate(source: DataSource): Promise<number> {
  const runner = source.createQueryRunner();
  try {
    await runner.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return (await source.runMigrations()).length;
  } finally {
    await runner.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await runner.release();
  }
}
