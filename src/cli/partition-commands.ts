import type { Command } from 'commander';
import { AuditTrail } from '../audit/index.js';
import { SYSTEM } from '../identity/index.js';
import type { Tx } from '../platform/database/index.js';
import {
  ArchiveParts,
  MakeParts,
  ViewParts,
  type LeavingPart,
} from '../platform/partitions/index.js';
import { badOption, conclude, say, withApplication, type Get } from './run-command.js';

/** Tables that lie in parts, one for each month. */
export function registerPartitionCommands(program: Command): void {
  const partitions = program
    .command('partitions')
    .description('tables that lie in parts, one for each month: sizes, and when a part may leave')
    .action(listParts);
  partitions
    .command('make')
    .description('make the parts of the coming months now; workers do so every hour')
    .option(
      '--home-strays',
      'also where rows of such a month lie in the default part: they are moved, the table is locked meanwhile',
    )
    .action(makeParts);
  partitions
    .command('archive')
    .description(
      'move parts that are past their time into the schema archive, and drop events that are done; refuses what is within its time',
    )
    .option('--before <month>', 'all parts that end before this month (2026-01)')
    .option('--table <name>', 'only of this table')
    .action(archiveParts);
}

async function listParts(): Promise<void> {
  await withApplication(
    async (get) => {
      const tables = await get(ViewParts).all();
      for (const { table, parts, monthsAhead, hasStrays } of tables) {
        say(table);
        for (const part of parts) {
          const months = part.upTo === null ? '–' : `${part.from ?? '…'} → ${part.upTo}`;
          const leaves =
            part.mayLeaveFrom === null ? '' : `, rời từ / may leave from ${part.mayLeaveFrom}`;
          say(
            `  ${part.name.padEnd(30)} ${months.padEnd(17)} ~${part.rows} dòng / rows, ${inMegabytes(part.bytes)}${leaves}`,
          );
        }
        if (monthsAhead < 1) say('  ⚠ chưa có phần cho tháng sau / next month has no part');
        if (hasStrays) say('  ⚠ có dòng ở phần mặc định / rows lie in the default part');
      }
      const isWell = tables.every(({ monthsAhead, hasStrays }) => monthsAhead >= 1 && !hasStrays);
      conclude({ ok: isWell, tables });
    },
    { migrate: false },
  );
}

const inMegabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;

async function makeParts(given: { homeStrays?: boolean }): Promise<void> {
  await withApplication(async (get) => {
    const { made, blocked } = await get(MakeParts).make(given);
    for (const { table, month } of made) say(`đã tạo / made: ${table} ${month}`);
    for (const { table, month } of blocked) {
      say(`không tạo được / in the way are rows of the default part: ${table} ${month}`);
    }
    conclude({ ok: blocked.length === 0, made, blocked });
  });
}

async function archiveParts(given: { before?: string; table?: string }): Promise<void> {
  await withApplication(async (get) => {
    if (given.before !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(given.before)) {
      throw badOption('--before', { vi: 'là một tháng: 2026-01', en: 'is a month: 2026-01' });
    }
    const { left, needed } = await get(ArchiveParts).archive({
      before: given.before ?? null,
      table: given.table ?? null,
      record: (tx, leaving) => record(get, tx, leaving),
    });
    for (const { part, table } of left) {
      say(`${table.past === 'drop' ? 'đã xóa / dropped' : 'đã lưu trữ / archived'}: ${part.name}`);
    }
    for (const { part } of needed) say(`còn cần / still needed: ${part.name}`);
    const names = (those: readonly LeavingPart[]) => those.map(({ part }) => part.name);
    conclude({ ok: true, left: names(left), needed: names(needed) });
  });
}

async function record(get: Get, tx: Tx, { part, table }: LeavingPart): Promise<void> {
  const trail = get(AuditTrail);
  const what = {
    actor: { kind: SYSTEM.kind, id: SYSTEM.id, name: SYSTEM.name },
    subject: { type: 'table', id: table.table },
    detail: { part: part.name, from: part.from, upTo: part.upTo, rows: part.rows },
  };
  if (table.past === 'drop') await trail.record(tx, { ...what, action: 'partition.dropped' });
  else await trail.record(tx, { ...what, action: 'partition.archived' });
}
