import type { Command } from 'commander';
import { z } from 'zod';
import { AuditTrail } from '../audit/index.js';
import { BankStandings } from '../banks/index.js';
import { AccountCheckRings } from '../beneficiaries/index.js';
import { SYSTEM } from '../identity/index.js';
import { DoubtAfterRestore, SubmissionRings } from '../payments/index.js';
import { DomainError } from '../kernel/index.js';
import { Database, rows } from '../platform/database/index.js';
import { Outbox } from '../platform/outbox/index.js';
import { ReplayNotices } from '../settlements/index.js';
import { badOption, conclude, say, withApplication, type Get } from './run-command.js';

/** Work that waits and should not. */
export function registerWorkCommands(program: Command): void {
  const notices = program.command('notices').description('what banks told us');
  notices
    .command('replay')
    .description(
      'apply again what waits or could not be applied; harmless twice; exits 1 when some still waits',
    )
    .option('--bank <code>', 'only notices of this bank')
    .option('--id <id>', 'only this notice: its id in ChiTra')
    .action(replayNotices);
  program
    .command('after-restore')
    .description(
      'once a backup was restored and before any worker starts: pause every run, and have the banks asked about all that was not sent',
    )
    .action(afterRestore);
  const queues = program.command('queues').description('the doorbells of the workers');
  queues
    .command('ring')
    .description(
      'ring again for everything that waits, for a queue that lost its jobs; harmless twice',
    )
    .option('--bank <code>', 'only submissions and accounts of this bank')
    .action(ringAgain);
}

async function replayNotices(given: { bank?: string; id?: string }): Promise<void> {
  await withApplication(async (get) => {
    if (given.id !== undefined && !z.uuid().safeParse(given.id).success) {
      throw badOption('--id', { vi: 'không phải mã thông báo', en: 'is not the id of a notice' });
    }
    await bankOf(get, given.bank);
    const told = await get(ReplayNotices).replay(SYSTEM, given);
    say(`đang chờ / waiting: ${told.found}; đã áp dụng / applied: ${told.applied}`);
    if (told.waiting > 0) {
      say(`chưa áp dụng được / still waiting: ${told.waiting} (xem nhật ký / see the log)`);
    }
    conclude({ ok: told.waiting === 0, ...told });
  });
}

async function ringAgain(given: { bank?: string }): Promise<void> {
  await withApplication(async (get) => {
    const bank = await bankOf(get, given.bank);
    const rung = await get(Database).transaction(async (tx) => {
      const counts = {
        submissions: await get(SubmissionRings).forget(tx, bank),
        accountChecks: await get(AccountCheckRings).forget(tx, bank),
        events: bank === null ? await get(Outbox).hasten(tx) : 0,
      };
      await get(AuditTrail).record(tx, {
        actor: { kind: SYSTEM.kind, id: SYSTEM.id, name: SYSTEM.name },
        action: 'work.rung-again',
        subject: bank === null ? { type: 'queue', id: 'all' } : { type: 'bank', id: bank },
        detail: counts,
      });
      return counts;
    });
    say(
      `gọi lại / rung for again: ${rung.submissions} lượt gửi / submissions, ` +
        `${rung.accountChecks} tài khoản / accounts, ${rung.events} sự kiện / events`,
    );
    conclude({ ok: true, ...rung });
  });
}

/** @throws DomainError banks.unknown-bank */
async function bankOf(get: Get, code: string | undefined): Promise<string | null> {
  return code === undefined ? null : (await get(BankStandings).of(code)).bank.code;
}

async function afterRestore(): Promise<void> {
  await withApplication(async (get) => {
    const [working] = await rows<{ n: number }>(
      get(Database).reader,
      `select count(*)::int as n from pg_stat_activity
        where datname = current_database() and application_name in ('chitra-worker', 'chitra-all')`,
    );
    if (working && working.n > 0) throw workersRun();
    const runs = await get(DoubtAfterRestore).doubt(SYSTEM);
    for (const { batchNumber, doubted, isNew } of runs) {
      say(`${batchNumber}: tạm dừng / paused, hỏi lại ngân hàng / asked after: ${doubted}`);
      if (isNew)
        say('  ⚠ so với sao kê trước khi cho chạy tiếp / compare with the statement first');
    }
    const doubted = runs.reduce((sum, run) => sum + run.doubted, 0);
    const toCompare = runs.filter(({ isNew }) => isNew).map(({ batchNumber }) => batchNumber);
    conclude({ ok: true, runs: runs.length, doubted, toCompare });
  });
}

const workersRun = (): DomainError =>
  new DomainError('conflict', 'cli.workers-run', {
    vi: 'Còn tiến trình worker đang dùng cơ sở dữ liệu này; xin dừng hết rồi chạy lại lệnh.',
    en: 'Workers are using this database; please stop them all and give the order again.',
  });
