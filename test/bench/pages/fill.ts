import pg from 'pg';
import { batchSteps } from './fill.batches.js';
import { entitlementSteps, importSteps, peopleSteps } from './fill.lists.js';
import { historySteps, paymentSteps } from './fill.payments.js';
import {
  batchPlan,
  FIRST_LINES,
  FOLLOW_UP_LINES,
  FOLLOW_UPS,
  importPlan,
  LINE_TABLES,
  linePlan,
  outcomePlan,
  owedPlan,
  peoplePlan,
  SCAFFOLD,
} from './fill.plan.js';
import type { FillOrder } from './fill.order.js';
import { ledgerSteps, noticeSteps, statementSteps } from './fill.told.js';
import { alertSteps, auditSteps } from './fill.watched.js';

/**
 * Fills a migrated database by set-based SQL, in the order in which the rows would come. Triggers and foreign keys are
 * off (`session_replication_role`), as are the indexes that keep no promise: with them a million payments take an hour.
 * What the triggers promise is proven afterwards by VerifyLedger, VerifyBooks and VerifyAudit.
 */
export async function fill(
  url: string,
  order: FillOrder,
  say: (step: string, seconds: number) => void,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const step = async (name: string, sql: string): Promise<void> => {
    const start = performance.now();
    await client.query(sql);
    say(name, Math.round(performance.now() - start) / 1000);
  };
  try {
    await client.query(`set session_replication_role = replica; set time zone 'UTC'; set synchronous_commit = off;
      set work_mem = '256MB'; set maintenance_work_mem = '512MB'; set jit = off; set max_parallel_workers_per_gather = 0`);
    const indexes = await droppedIndexes(client);
    await step('scaffold', SCAFFOLD);
    await step('plan people', peoplePlan(order));
    await step('plan entitlements', owedPlan(order));
    await step('plan lists', importPlan);
    await step('plan batches', batchPlan(order.now));
    await step('plan lines', LINE_TABLES + linePlan(FIRST_LINES) + outcomePlan('first'));
    await step(
      'plan follow-ups',
      `analyze; ${FOLLOW_UPS} ${linePlan(FOLLOW_UP_LINES)} ${outcomePlan('follow-up')}
      create index on bench.line (n); create index on bench.line (s); create index on bench.line (owed); analyze;`,
    );
    await step('people', peopleSteps(order));
    await step('lists', `analyze; ${importSteps(order)}`);
    await step('entitlements', `analyze; ${entitlementSteps(order)}`);
    await step('batches', `analyze; ${batchSteps(order)}`);
    await step('payments', `analyze; ${paymentSteps(order)}`);
    await step('history', historySteps);
    await step('ledger', `analyze; ${ledgerSteps(order)}`);
    await step('notices', noticeSteps);
    await step('statements', `analyze; ${statementSteps(order)}`);
    await step('alerts', alertSteps(order));
    await step('audit', auditSteps(order));
    await step('indexes', indexes.join(';\n'));
    await step('statistics', 'drop schema bench cascade');
    const start = performance.now();
    await client.query('vacuum (analyze)');
    say('vacuum', Math.round(performance.now() - start) / 1000);
  } finally {
    await client.end();
  }
}

/** Drops the indexes that are not of a key; gives what makes them anew. */
async function droppedIndexes(client: pg.Client): Promise<string[]> {
  const found = await client.query<{ name: string; definition: string }>(
    // Of a table in parts, the index of the whole: its parts go and come with it.
    `select i.indexrelid::regclass::text as name,
            replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as definition
       from pg_index i join pg_class t on t.oid = i.indrelid
      where t.relnamespace = 'public'::regnamespace and not i.indisunique and not t.relispartition`,
  );
  for (const { name } of found.rows) await client.query(`drop index ${name}`);
  return found.rows.map(({ definition }) => definition);
}
