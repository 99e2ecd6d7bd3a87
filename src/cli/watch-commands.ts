import type { Command } from 'commander';
import { AlertRead, AlertWriter, type AlertRow } from '../alerts/index.js';
import { BankStandings } from '../banks/index.js';
import { Clock, formatInstant } from '../kernel/index.js';
import { migrations } from '../migrations/index.js';
import { RunReads } from '../payments/index.js';
import { Database } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { Doorbell, QUEUE_SPECS, type QueueSpec } from '../platform/queue/index.js';
import { everyRow } from '../platform/spreadsheet/index.js';
import { conclude, say, withApplication, type Get } from './run-command.js';

const PAGE = 200;

/** How everything stands, for who is called at night. */
export function registerWatchCommands(program: Command): void {
  program
    .command('status')
    .description(
      'one screen: schema, queues, outbox, banks, runs, alerts; exits 1 when one cannot be asked',
    )
    .action(showStatus);
  const alerts = program.command('alerts').description('who must be told');
  alerts
    .command('list')
    .description('the alerts that are not resolved, the newest first')
    .option('--all', 'resolved ones as well')
    .action(listAlerts);
}

async function showStatus(): Promise<void> {
  await withApplication(
    async (get) => {
      const schema = migrations.at(-1)?.name ?? null;
      say(`lược đồ / schema       ${schema}`);
      const queues = await queuesOf(get);
      const outbox = await outboxOf(get);
      const banks = await banksOf(get);
      const runs = await runsOf(get);
      const alerts = await get(AlertRead).figures();
      for (const { state, severity, count } of alerts) {
        say(`cảnh báo / alerts      ${severity} ${state}: ${count}`);
      }
      if (alerts.length === 0) say('cảnh báo / alerts      không có / none');
      conclude({ ok: true, schema, queues, outbox, banks, runs, alerts });
    },
    { migrate: false },
  );
}

async function queuesOf(get: Get): Promise<Record<string, Record<string, number>>> {
  const specs = get<readonly QueueSpec[]>(QUEUE_SPECS as never);
  const told: Record<string, Record<string, number>> = {};
  for (const { name } of specs) {
    told[name] = await get(Doorbell).counts(name);
    const figures = Object.entries(told[name]).map(([state, count]) => `${state} ${count}`);
    say(`hàng đợi / queue       ${name}: ${figures.join(', ')}`);
  }
  return told;
}

async function outboxOf(get: Get): Promise<{ waiting: number; lagSeconds: number }> {
  const { waiting, oldest } = await get(Outbox).backlog(get(Database).reader);
  const now = get(Clock).now().getTime();
  const lagSeconds = oldest === null ? 0 : Math.round((now - oldest.getTime()) / 1000);
  say(`sự kiện chờ / outbox   ${waiting}, lâu nhất / oldest ${lagSeconds} s`);
  return { waiting, lagSeconds };
}

async function banksOf(get: Get): Promise<{ bank: string; standing: string }[]> {
  const standings = await get(BankStandings).all();
  return standings.map(({ bank, standing, health }) => {
    const since =
      health.failingSince === null ? '' : `, từ / since ${formatInstant(health.failingSince)}`;
    say(`ngân hàng / bank       ${bank.code}: ${standing}${since}`);
    return { bank: bank.code, standing };
  });
}

/** At most a page of them: there are as many as batches under way. */
async function runsOf(get: Get): Promise<{ running: number; paused: number }> {
  const { reader } = get(Database);
  const count = async (state: 'running' | 'paused') => {
    const found = await get(RunReads).list(reader, { state, before: null, limit: PAGE });
    return found.slice(0, PAGE).length;
  };
  const told = { running: await count('running'), paused: await count('paused') };
  say(
    `lượt chi / runs        đang chạy / running ${told.running}, tạm dừng / paused ${told.paused}`,
  );
  return told;
}

async function listAlerts(given: { all?: boolean }): Promise<void> {
  await withApplication(async (get) => {
    let count = 0;
    for await (const alert of everyRow((cursor) => pageOfAlerts(get, given.all, cursor))) {
      const { title, nextStep, severity, state, openedAt, runbook } = get(AlertWriter).shown(alert);
      say(`${severity}  ${state}  ${formatInstant(openedAt)}  ${title.vi} / ${title.en}`);
      say(`    → ${nextStep.vi} / ${nextStep.en} (${runbook})`);
      count += 1;
    }
    conclude({ ok: true, alerts: count });
  });
}

async function pageOfAlerts(
  get: Get,
  all: boolean | undefined,
  cursor: string | undefined,
): Promise<{ items: AlertRow[]; nextCursor: string | null }> {
  const filter = { living: all !== true, before: cursor ?? null, limit: PAGE };
  const found = await get(AlertRead).list(filter);
  const items = found.slice(0, PAGE);
  return { items, nextCursor: found.length > PAGE ? (items.at(-1)?.id ?? null) : null };
}
