import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ApiClient } from '../../src/cli/demo/api-client.js';
import { freePort } from '../../src/platform/database/index.js';
import { chaosConfig } from '../chaos/chaos-config.js';
import { watchArrivals } from '../chaos/chaos-site.js';
import { bookings, compare } from '../chaos/compare-books.js';
import {
  bankAtRest,
  figures,
  neededByFund,
  patientFigures,
  type Figures,
} from '../chaos/observe.js';
import { PAID_YEAR, workbookOf } from '../chaos/paid-people.js';
import { memoryFolder } from '../setup/memory-folder.js';
import { programFolder } from '../setup/program.js';
import { baseBackup, restoredServer } from '../site/base-backup.js';
import { changeBankFile } from '../site/bank-file.js';
import { Office } from '../site/office.js';
import { ask, type PostgresServer } from '../site/postgres-server.js';
import { openSite, type Site } from '../site/site.js';
import { Victim } from '../site/victim.js';

const PEOPLE = 40;
const PERIOD = `${PAID_YEAR}-01`;
/** So slowly they are paid that there is time for a backup, and for more payments after it. */
const PAID_IN_SECONDS = 8;
const STORY_MS = 240_000;

const run = promisify(execFile);

/** The same deployment with another database: what an operator starts after a restore. */
class Restored {
  private readonly victims: Victim[] = [];
  readonly site: Site;

  constructor(
    site: Site,
    private readonly server: PostgresServer,
    databaseUrl: string,
  ) {
    this.site = {
      ...site,
      databaseUrl,
      environment: { ...site.environment, DATABASE_URL: databaseUrl },
    };
  }

  /** The JSON of a command's last line. */
  async cli(...args: string[]): Promise<Record<string, unknown>> {
    const env = { PATH: process.env.PATH, ...this.site.environment };
    const { stdout } = await run(process.execPath, [this.site.program('cli.js'), ...args], { env });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
  }

  async start(role: 'web' | 'worker', port: string): Promise<void> {
    const { environment, folder, program } = this.site;
    const victim = new Victim({
      name: `restored ${role}`,
      file: program('main.js'),
      env: { ...environment, ROLE: role, PORT: port },
      readyUrl: `http://127.0.0.1:${port}/readyz`,
      log: join(folder, 'logs', `restored-${role}.log`),
    });
    this.victims.push(victim);
    victim.start();
    await victim.untilReady();
  }

  async stop(): Promise<void> {
    for (const victim of this.victims) await victim.kill();
    await this.server.stop();
  }
}

async function slowSite(): Promise<Site> {
  const site = await openSite({
    backend: 'postgres',
    programs: programFolder(),
    folder: await memoryFolder('chitra-restore-'),
    workers: 1,
    configure: async (configDir) => {
      await chaosConfig(configDir, { payments: PEOPLE, seconds: PAID_IN_SECONDS });
      const enquiry = { intervalsMs: [300, 1000], acceptedAfterMs: 3000, maxPerEnquiry: 500 };
      for (const bank of ['sandbox', 'sandbox-instant']) {
        await changeBankFile(configDir, bank, { enquiry: { ...enquiry, notFoundWindowMs: 2500 } });
      }
    },
    settings: { SWEEP_INTERVAL_MS: '300', SHUTDOWN_TIMEOUT_MS: '5000' },
    bankSettings: {
      ...{ SANDBOX_SETTLE_AFTER_MS: '200', SANDBOX_LATER_MS: '600', SANDBOX_HANG_MS: '3000' },
      ...{
        SANDBOX_RETURN_AFTER_MS: '700',
        SANDBOX_NOTICE_DELAY_MS: '1500',
        SANDBOX_SLOW_MS: '400',
      },
    },
  });
  await watchArrivals(site.booksUrl);
  return site;
}

async function until(
  site: Site,
  enough: (now: Figures) => boolean | Promise<boolean>,
): Promise<Figures> {
  for (;;) {
    const now = await patientFigures(site);
    if (await enough(now)) return now;
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

/** How many orders have ever come to the bank, also the same again. */
async function sentToBank(site: Site): Promise<number> {
  const [found] = await ask<{ n: number }>(
    site.booksUrl,
    `select ((select count(*) from payment) + (select count(*) from came_again))::int as n`,
  );
  return found?.n ?? 0;
}

/** As the account holder does, once everything was answered. */
async function resumeRun({ url, people }: Site): Promise<void> {
  const login = 'chu.tai.khoan';
  const holder = await ApiClient.signIn(url, login, people.passwords[login] ?? '');
  const runs = z.object({ items: z.array(z.object({ id: z.uuid(), state: z.string() })) });
  const { items } = await holder.get('/api/v1/runs', runs);
  expect(items.map(({ state }) => state)).toEqual(['paused']);
  const path = `/api/v1/runs/${items[0]?.id ?? ''}/resumptions`;
  await holder.post(path, z.unknown(), { json: {}, act: 'resume' });
}

describe('a backup that was taken in the middle of a run', () => {
  let site: Site;
  let restored: Restored | undefined;
  beforeAll(async () => {
    site = await slowSite();
  }, STORY_MS);
  afterAll(async () => {
    await restored?.stop();
    await site.stop();
    await site.removeFiles();
  }, STORY_MS);

  it(
    'is restored to an empty server, proves its books, and pays nobody twice and everybody once',
    async () => {
      const office = new Office(site.url, site.people);
      const book = await workbookOf([{ period: PERIOD, people: PEOPLE }], site.configDir);
      await office.importList(new Blob([new Uint8Array(book)]), 'danh-sach.xlsx');
      await office.allot(PAID_YEAR, await neededByFund(site));
      const signed = await office.payMonth(PERIOD);

      // The backup, while payments go out; then as many again go out that it does not know of; then the disaster.
      await until(site, ({ ended }) => ended >= PEOPLE / 6);
      const copy = join(site.folder, 'backup', 'postgres');
      await baseBackup(site.postgres, copy);
      const saved = await figures(site);
      await until(site, ({ ended }) => ended >= saved.ended + PEOPLE / 4);
      for (const victim of [site.web, ...site.workers]) await victim.kill();
      const lost = await figures(site);
      await site.postgres.kill();

      const server = await restoredServer(copy, join(site.folder, 'restored'));
      restored = new Restored(site, server, await server.url('chitra'));
      const known = await figures(restored.site);
      expect(known.ended).toBeLessThan(lost.ended);
      const [audit, ledger] = await Promise.all([
        restored.cli('audit', 'verify'),
        restored.cli('ledger', 'verify'),
      ]);
      expect({ audit, ledger }).toMatchObject({ audit: { ok: true }, ledger: { ok: true } });
      const told = await restored.cli('after-restore');
      expect(told).toMatchObject({ ok: true, runs: 1, toCompare: [] });
      expect(told['doubted']).toBeGreaterThan(PEOPLE / 4);

      // Every doubt is answered by the bank alone; nothing is sent before a person says so.
      await restored.start('worker', String(await freePort()));
      const sentBefore = await sentToBank(site);
      const answered = await until(
        restored.site,
        ({ payments, ended, unknown }) => unknown === 0 && ended < payments,
      );
      expect(answered.ended).toBeGreaterThanOrEqual(lost.ended);
      expect(await sentToBank(site)).toBe(sentBefore);

      await restored.start('web', new URL(site.url).port);
      await resumeRun(site);
      const here = restored.site;
      await until(here, async ({ ended }) => ended === signed && (await bankAtRest(site)));
      expect(compare(await bookings(here))).toMatchObject({
        ...{ paidTwice: 0, lost: 0, strangers: 0, disagreements: 0, sentAgain: 0 },
      });
      expect(await restored.cli('ledger', 'verify')).toMatchObject({ ok: true });
      expect(await figures(here)).toMatchObject({ payments: signed, ended: signed });
    },
    STORY_MS,
  );
});
