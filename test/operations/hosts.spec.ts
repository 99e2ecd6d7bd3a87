import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { listsOf, PERIOD } from '../bench/pipeline/lists.js';
import { chaosConfig, NOT_FOUND_WINDOW_MS } from '../chaos/chaos-config.js';
import { watchArrivals } from '../chaos/chaos-site.js';
import { bookings, compare } from '../chaos/compare-books.js';
import { neededByFund, patientFigures, workLeft, type Figures } from '../chaos/observe.js';
import { PAID_YEAR } from '../chaos/paid-people.js';
import { memoryFolder } from '../setup/memory-folder.js';
import { programFolder } from '../setup/program.js';
import { isRedisInstalled } from '../setup/redis.js';
import {
  HostNetwork,
  removeLeftovers,
  standingHosts,
  whyNoHosts,
  type Host,
} from '../site/host-network.js';
import { changeBankFile } from '../site/bank-file.js';
import { Office } from '../site/office.js';
import { ask } from '../site/postgres-server.js';
import { openSite, type Site } from '../site/site.js';
import type { Victim } from '../site/victim.js';

const PEOPLE = 200;
const PAID_IN_SECONDS = 12;
/** The sandbox bank books such an account at once and answers slowly: there is always a call under way. */
const SLOW_ANSWER = '991001';
/** Messages of each, out of a hundred together. */
const SENT_BEFORE = 8;
/** PostgreSQL's settings say 25 s. */
const NOTICED_WITHIN_MS = 60_000;
const STORY_MS = 300_000;
const LOOK_EVERY_MS = 100;

/** Some containers may not make network namespaces, also in CI: what is left out is said. */
function describeWithHosts(name: string, suite: () => void): void {
  const why = whyNoHosts();
  if (why === null) {
    describe(name, suite);
    return;
  }
  describe(name, () => {
    it(`is left out: ${why}`, () => {
      process.stderr.write(`left out: "${name}", because ${why}\n`);
      expect(whyNoHosts()).toBe(why);
    });
  });
}

function openTwoHosts(folder: string): Promise<Site> {
  return openSite({
    backend: isRedisInstalled() ? 'redis' : 'postgres',
    programs: programFolder(),
    folder,
    workers: 2,
    onHosts: true,
    configure: async (configDir) => {
      await chaosConfig(configDir, { payments: PEOPLE, seconds: PAID_IN_SECONDS });
      const enquiry = { intervalsMs: [500, 1000], acceptedAfterMs: 1500, maxPerEnquiry: 500 };
      await changeBankFile(configDir, 'sandbox', {
        enquiry: { ...enquiry, notFoundWindowMs: NOT_FOUND_WINDOW_MS },
      });
    },
    settings: { SWEEP_INTERVAL_MS: '500', SHUTDOWN_TIMEOUT_MS: '5000' },
    bankSettings: {
      ...{ SANDBOX_SETTLE_AFTER_MS: '200', SANDBOX_SLOW_MS: '1000' },
      // Its notices reach nobody: what is in doubt ends by asking or not at all.
      SANDBOX_NOTICE_URL: 'http://127.0.0.1:9',
    },
  });
}

/** Messages to a bank that this worker has sent. */
async function sentBy({ url }: Victim): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const sent =
    /^chitra_queue_jobs_total\{.*job="payments\.send-submission",result="completed"\} (\d+)/gm;
  return [...text.matchAll(sent)].reduce((sum, [, count]) => sum + Number(count), 0);
}

/** Messages whose sender did not come back, and payments that nobody knew the end of. */
async function doubtsOf({ databaseUrl }: Site): Promise<{ lost: number; doubted: number }> {
  const [found] = await ask<{ lost: number; doubted: number }>(
    databaseUrl,
    `select (select count(*)::int from attempt where kind = 'pay' and outcome = 'lost') as lost,
            (select count(distinct payment_id)::int from payment_history where to_state = 'unknown') as doubted`,
  );
  return found ?? { lost: 0, doubted: 0 };
}

/** Of this host to the service's database, as the server sees it. */
async function connectionsOf({ databaseUrl }: Site, { address }: Host): Promise<number> {
  const [found] = await ask<{ n: number }>(
    databaseUrl,
    'select count(*)::int as n from pg_stat_activity where client_addr = $1',
    [address],
  );
  return found?.n ?? 0;
}

async function until(
  site: Site,
  enough: (now: Figures) => boolean | Promise<boolean>,
): Promise<Figures> {
  for (;;) {
    const now = await patientFigures(site);
    if (await enough(now)) return now;
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
  }
}

describeWithHosts('two workers on two hosts', () => {
  let site: Site;
  let cut: Host;
  let stays: Victim;
  beforeAll(async () => {
    site = await openTwoHosts(await memoryFolder('chitra-hosts-'));
    await watchArrivals(site.booksUrl);
    cut = site.network?.hosts[1] as Host;
    stays = site.workers[0] as Victim;
  }, STORY_MS);
  afterAll(async () => {
    await site.stop();
    await site.removeFiles();
    expect(standingHosts().filter((name) => name.includes(String(process.pid)))).toEqual([]);
  }, STORY_MS);

  it(
    'share a run; one is cut off in the middle, the other ends it, asks what became of its calls, and nobody is paid twice',
    async () => {
      const office = new Office(site.url, site.people);
      for (const list of listsOf(PEOPLE, SLOW_ANSWER)) await office.importList(list, 'bang.csv');
      await office.allot(PAID_YEAR, await neededByFund(site));
      expect(await office.payMonth(PERIOD)).toBe(PEOPLE);
      const bothSend = async () => {
        const sent = await Promise.all(site.workers.map(sentBy));
        return sent.every((count) => count >= SENT_BEFORE);
      };
      await until(site, bothSend);

      site.network?.cutOff(cut);
      const cutAt = performance.now();
      expect((await patientFigures(site)).ended).toBeLessThan(PEOPLE);
      expect(await connectionsOf(site, cut)).toBeGreaterThan(0);
      const sentAtCut = await sentBy(stays);
      // Whatever locks its transactions held are given back with its connections.
      await until(site, async () => (await connectionsOf(site, cut)) === 0);
      expect(performance.now() - cutAt).toBeLessThan(NOTICED_WITHIN_MS);
      await until(site, ({ ended }) => ended === PEOPLE);
      await until(site, async () => (await workLeft(site))['attempts'] === 0);
      expect(await sentBy(stays)).toBeGreaterThan(sentAtCut);
      // What the cut host had asked the bank for was booked, and its answer went nowhere.
      const { lost, doubted } = await doubtsOf(site);
      expect(lost).toBeGreaterThan(0);
      expect(doubted).toBeGreaterThan(0);
      const once = { bankCredits: PEOPLE, paidTwice: 0, lost: 0, strangers: 0, sentAgain: 0 };
      expect(compare(await bookings(site))).toMatchObject({ ...once, disagreements: 0 });
    },
    STORY_MS,
  );

  it(
    'are two again when the cable is back: the worker that was away is ready, and sends nothing again',
    async () => {
      site.network?.rejoin(cut);
      await site.workers[1]?.untilReady();
      await until(site, async () => (await workLeft(site))['runs'] === 0);
      await until(site, async () => (await workLeft(site))['deliveries'] === 0);
      const once = { bankCredits: PEOPLE, paidTwice: 0, sentAgain: 0, disagreements: 0 };
      expect(compare(await bookings(site))).toMatchObject(once);
      expect(await patientFigures(site)).toMatchObject({ settled: PEOPLE, unknown: 0 });
    },
    STORY_MS,
  );
});

describeWithHosts('hosts of a process that was killed', () => {
  it(
    'are known by its number and removed by the next, with whatever still runs on them',
    async () => {
      const module = join(programFolder(), 'test', 'site', 'host-network.js');
      const script = `
        import { spawn } from 'node:child_process';
        import { HostNetwork } from '${module}';
        const [host] = HostNetwork.open(2).hosts;
        const left = spawn(host.within[0], [...host.within.slice(1), 'sleep', '300'], { stdio: 'ignore', detached: true });
        left.on('spawn', () => console.log(left.pid));
        setInterval(() => {}, 1000);`;
      const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const sleeper = await new Promise<number>((done) =>
        child.stdout.once('data', (line: Buffer) => done(Number(line.toString()))),
      );
      const theirs = () => standingHosts().filter((name) => name.startsWith(`ct${child.pid}`));
      // Two namespaces with a cable each, and the bridge.
      expect(theirs()).toHaveLength(5);
      removeLeftovers();
      expect(theirs()).toHaveLength(5);
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      await ended;
      removeLeftovers();
      expect(theirs()).toEqual([]);
      await expect(endOf(sleeper)).resolves.toBe(true);
    },
    STORY_MS,
  );

  it('are not made in a number that no net holds', () => {
    expect(() => HostNetwork.open(0)).toThrow('hosts: 1 to 99');
    expect(() => HostNetwork.open(100)).toThrow('hosts: 1 to 99');
  });
});

async function endOf(pid: number): Promise<boolean> {
  for (let look = 0; look < 50; look += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
  }
  return false;
}
