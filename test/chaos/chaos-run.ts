import { ChaosScreen } from './chaos-screen.js';
import type { Check } from './findings.js';
import type { Strike } from './plan.js';
import { runChaos, type ChaosTold } from './run-chaos.js';
import { openSite, type QueueBackend, type Site } from './site.js';

/** So many messages that there is nearly always one under way. */
const MESSAGES = 300;
const SMALLEST_MESSAGE = 2;

export interface ChaosResult {
  readonly backend: QueueBackend;
  readonly told: ChaosTold;
  readonly checks: readonly Check[];
  readonly ok: boolean;
  /** Where the logs are; null when all was well, because then they are removed. */
  readonly kept: string | null;
}

/** Opens a site, lets the run go over it, tells what was found, and leaves nothing running. */
export async function chaosRun(given: {
  backend: QueueBackend;
  payments: number;
  plan: readonly Strike[];
  programs: string;
  screen?: ChaosScreen;
  /** Called when the site stands: for whoever must end it in a hurry. */
  opened?: (site: Site) => void;
}): Promise<ChaosResult> {
  const { backend, payments, plan } = given;
  const screen = given.screen ?? new ChaosScreen();
  const paymentsPerMessage = Math.max(SMALLEST_MESSAGE, Math.round(payments / MESSAGES));
  screen.step(`starting: PostgreSQL, web, two workers, bank; queues in ${backend}`);
  const site = await openSite({ backend, programs: given.programs, paymentsPerMessage });
  given.opened?.(site);
  let ok = false;
  try {
    const told = await runChaos(site, { payments, plan, screen });
    const checks = [...told.findings.checks, ...itself(told)];
    screen.findings(told.findings, checks);
    ok = checks.every((check) => check.ok);
    return { backend, told, checks, ok, kept: ok ? null : site.folder };
  } finally {
    await site.stop();
    if (ok) await site.removeFiles();
    else screen.say(`  logs and databases are kept in ${site.folder}`);
  }
}

/** What the run must say of itself: that it broke things while money was on its way, and that all came back. */
function itself(told: ChaosTold): Check[] {
  const still = told.strikes.filter(({ movingSeconds }) => movingSeconds === null).length;
  const early = told.strikes.filter(({ ended }) => ended < told.signed).length;
  return [
    {
      what: 'after every blow payments moved again',
      ok: still === 0,
      figure: `${told.strikes.length - still} of ${told.strikes.length}`,
    },
    {
      what: 'the blows fell while payments were still to come',
      ok: early === told.strikes.length,
      figure: `${early} of ${told.strikes.length}`,
    },
  ];
}
