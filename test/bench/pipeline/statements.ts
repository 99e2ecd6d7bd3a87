import { ask, type PostgresServer } from '../../site/postgres-server.js';

/** Has the server keep account of every statement (PostgreSQL's pg_stat_statements, which comes with it). */
export async function keepAccount(server: PostgresServer): Promise<void> {
  const url = await server.url('postgres');
  await ask(url, `alter system set shared_preload_libraries = 'pg_stat_statements'`);
  await ask(url, `alter system set pg_stat_statements.track = 'all'`);
  await ask(url, `alter system set pg_stat_statements.track_planning = on`);
  await server.restart();
}

/** From here on. */
export async function beginAccount(databaseUrl: string): Promise<void> {
  await ask(databaseUrl, 'create extension if not exists pg_stat_statements');
  await ask(databaseUrl, 'select pg_stat_statements_reset()');
}

/** The statements that took most of the server's time, one line each: ms and calls for one payment. */
export async function dearestStatements(
  databaseUrl: string,
  { payments, shown }: { payments: number; shown: number },
): Promise<string[]> {
  const found = await ask<{
    ms: string;
    planning: string;
    calls: string;
    rows: string;
    toplevel: boolean;
    query: string;
  }>(
    databaseUrl,
    `select round((total_exec_time + total_plan_time)::numeric / $1, 3)::text as ms,
            round(total_plan_time::numeric / $1, 3)::text as planning, round(calls::numeric / $1, 3)::text as calls,
            round(rows::numeric / $1, 3)::text as rows, toplevel, regexp_replace(query, '\\s+', ' ', 'g') as query
       from pg_stat_statements order by total_exec_time + total_plan_time desc limit $2`,
    [payments, shown],
  );
  return found.map(
    ({ ms, planning, calls, rows, toplevel, query }) =>
      `${ms.padStart(8)} ms (planning ${planning}) ${calls.padStart(7)} calls ${rows.padStart(8)} rows  ${toplevel ? '' : '(within) '}${query.slice(0, 160)}`,
  );
}
