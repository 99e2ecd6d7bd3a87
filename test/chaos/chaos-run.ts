import { ChaosScreen } from './chaos-screen.js';
import type { Check } from './findings.js';
import type { Strike } from './plan.js';
import { runChaos, type ChaosTold } from './run-chaos.js';
import type { Emergency, QueueBackend } from '../site/site.js';
import { openChaosSite } from './chaos-site.js';

/** What a blow takes with its recovery, roughly: for so long there is to be money under way. */
const SECONDS_A_BLOW = 4;

/** Blows against an idle service prove little. */
const ENOUGH_EARLY = 0.9;

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
  begun?: (emergency: Emergency) => void;
}): Promise<ChaosResult> {
  const { backend, payments, plan, programs, begun } = given;
  const screen = given.screen ?? new ChaosScreen();
  const pace = { payments, seconds: plan.length * SECONDS_A_BLOW };
  screen.step(`starting: PostgreSQL, web, two workers, bank; queues in ${backend}`);
  const site = await openChaosSite({ backend, programs, pace, begun });
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
  const underWay = told.strikes.filter(({ ended, payments }) => ended < payments).length;
  return [
    {
      what: 'after every blow payments moved again',
      ok: still === 0,
      figure: `${told.strikes.length - still} of ${told.strikes.length}`,
    },
    {
      what: 'nine blows in ten fell while people were still to be paid',
      ok: early >= ENOUGH_EARLY * told.strikes.length,
      figure: `${early} of ${told.strikes.length}, ${underWay} of them with payments under way`,
    },
  ];
}
