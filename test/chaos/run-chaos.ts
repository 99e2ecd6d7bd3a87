import { lookInto, type Findings } from './findings.js';
import {
  bankAtRest,
  neededByFund,
  patient,
  patientFigures,
  untilMoment,
  workLeft,
  type Figures,
} from './observe.js';
import { Office } from '../site/office.js';
import { PAID_YEAR, paidMonths, workbookOf, type PaidMonth } from './paid-people.js';
import type { Strike } from './plan.js';
import type { Site } from '../site/site.js';
import { strike } from './strike.js';

/** Until payments move again after a blow; beyond it something stands still that should not. */
const MOVES_WITHIN_MS = 150_000;
const SETTLED_WITHIN_MS = 300_000;
const LOOK_EVERY_MS = 100;

export interface StrikeTold {
  readonly planned: Strike;
  readonly note: string;
  readonly atSeconds: number;
  /** Whether what was waited for came. */
  readonly momentCame: boolean;
  readonly ended: number;
  readonly payments: number;
  /** From the end of the blow until everything was ready, and until a payment came to its end again. */
  readonly readySeconds: number;
  readonly movingSeconds: number | null;
}

export interface ChaosTold {
  readonly strikes: readonly StrikeTold[];
  readonly findings: Findings;
  readonly signed: number;
  readonly brokenRequests: number;
  /** Processes that ended although nobody asked them to. */
  readonly unasked: number;
  readonly seconds: number;
}

export interface Screen {
  step(title: string): void;
  strike(told: StrikeTold, nth: number): void;
}

/** One whole run on a site that stands: pays everybody, breaks everything, waits, and looks. */
export async function runChaos(
  site: Site,
  given: { payments: number; plan: readonly Strike[]; screen: Screen },
): Promise<ChaosTold> {
  const startedAt = new Date();
  const seconds = (since: number) => Math.round((Date.now() - since) / 100) / 10;
  const { screen, plan } = given;
  const months = paidMonths(given.payments);
  const office = new Office(site.url, site.people);
  const workbook = await workbookOf(months, site.configDir);
  const list = new Blob([new Uint8Array(workbook)]);
  const applied = await office.importList(list, 'danh-sach.xlsx');
  screen.step(`${applied} entitlements imported; ${plan.length} blows will fall`);

  await office.allot(PAID_YEAR, await neededByFund(site));

  const paying = new Paying(site, office, months, plan.length);
  const signing = paying.signAll();
  const strikes: StrikeTold[] = [];
  const thaws = new Map<Strike['target'], Promise<void>>();
  const left = [...plan];
  while (left.length > 0) {
    const planned = await nextOf(left, thaws);
    const momentCame = await untilMoment(site, office, planned.moment);
    await new Promise((wake) => setTimeout(wake, planned.delayMs));
    const before = await patientFigures(site);
    const blow = await strike(site, planned);
    const fell = Date.now();
    if (blow.thawed) {
      const { target } = planned;
      thaws.set(
        target,
        blow.thawed.then(() => void thaws.delete(target)),
      );
    }
    await allReady(site);
    const readySeconds = seconds(fell);
    const moves = await movesAgain(site, paying, await patientFigures(site));
    const told: StrikeTold = {
      ...{ planned, note: blow.note, momentCame, readySeconds },
      atSeconds: seconds(startedAt.getTime()),
      ended: before.ended,
      payments: before.payments,
      movingSeconds: moves ? seconds(fell) : null,
    };
    strikes.push(told);
    paying.struck = strikes.length;
    screen.strike(told, strikes.length);
    if (paying.failure) throw paying.failure;
  }
  await Promise.all(thaws.values());
  await signing;
  if (paying.failure) throw paying.failure;
  screen.step('the last blow has fallen: waiting for the dust to settle');
  await untilSettled(site, paying.signed);
  screen.step('reconciling, and comparing the books');
  const findings = await lookInto(site, office, { signed: paying.signed, startedAt });
  const victims = [site.web, ...site.workers, site.bank];
  return {
    ...{ strikes, findings, signed: paying.signed, brokenRequests: office.brokenRequests },
    unasked: victims.reduce((sum, { unasked }) => sum + unasked, 0),
    seconds: seconds(startedAt.getTime()),
  };
}

/** The next blow against somebody who is not frozen; where there is none, the first, when its victim is thawed. */
async function nextOf(left: Strike[], thaws: ReadonlyMap<Strike['target'], Promise<void>>) {
  const at = left.findIndex(({ target }) => !thaws.has(target));
  const [next] = left.splice(Math.max(at, 0), 1);
  await thaws.get((next as Strike).target);
  return next as Strike;
}

/** Signs month after month, so that there are payments under way as long as blows fall. */
class Paying {
  signed = 0;
  struck = 0;
  failure: Error | null = null;

  constructor(
    private readonly site: Site,
    private readonly office: Office,
    private readonly months: readonly PaidMonth[],
    private readonly blows: number,
  ) {}

  /** Never throws: it runs beside the blows, and its failure is looked at between them. */
  async signAll(): Promise<void> {
    try {
      await this.signEach();
    } catch (error) {
      this.failure = error as Error;
    }
  }

  private async signEach(): Promise<void> {
    for (const [at, month] of this.months.entries()) {
      while (!(await this.isTime(at, month))) {
        await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
      }
      this.signed += await this.office.payMonth(month.period);
    }
  }

  /** The last months are kept until nearly all blows have fallen; each waits until half of the last is paid. */
  private async isTime(at: number, month: PaidMonth): Promise<boolean> {
    if (this.struck >= this.blows) return true;
    if (this.struck < Math.floor((at * this.blows) / this.months.length)) return false;
    const { ended } = await patientFigures(this.site);
    return this.signed - ended <= month.people / 2;
  }
}

async function allReady(site: Site): Promise<void> {
  for (const victim of [site.web, ...site.workers, site.bank]) {
    if (!victim.frozen) await victim.untilReady();
  }
}

/** True as soon as a payment has ended since, or nothing is left that could. */
async function movesAgain(site: Site, paying: Paying, since: Figures): Promise<boolean> {
  const deadline = Date.now() + MOVES_WITHIN_MS;
  while (Date.now() < deadline) {
    const now = await patientFigures(site);
    if (now.ended > since.ended || now.ended === paying.signed) return true;
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
  }
  return false;
}

/** Bounded: what has not ended by then is found by the checks. */
async function untilSettled(site: Site, signed: number): Promise<void> {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  while (Date.now() < deadline) {
    const now = await patientFigures(site);
    const left = Object.values(await patient(() => workLeft(site)));
    const rests = await patient(() => bankAtRest(site));
    if (now.ended >= signed && rests && left.every((count) => count === 0)) return;
    await new Promise((wake) => setTimeout(wake, LOOK_EVERY_MS));
  }
}
