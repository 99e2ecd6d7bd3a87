import { programFolder } from '../setup/program.js';
import { describeWithRedis } from '../setup/redis.js';
import { chaosRun } from './chaos-run.js';
import { ChaosScreen } from './chaos-screen.js';
import { compare, type Booking } from './compare-books.js';
import { DEEDS, planOf, shortPlanOf } from './plan.js';
import type { QueueBackend } from '../site/site.js';
import { inSum } from './sum.js';

const PAYMENTS = 156;
const SEED = 7;
const STORY_MS = 240_000;

/** `npm run chaos` in small: one blow of each main deed while people are paid by real processes. */
async function story(backend: QueueBackend): Promise<void> {
  const lines: string[] = [];
  const plan = shortPlanOf({ backend, seed: SEED });
  const result = await chaosRun({
    ...{ backend, plan, payments: PAYMENTS, programs: programFolder() },
    screen: new ChaosScreen((line) => lines.push(line)),
  });
  const wrong = result.checks.filter(({ ok }) => !ok);
  expect({ wrong, told: wrong.length > 0 ? lines : [] }).toEqual({ wrong: [], told: [] });
  expect(inSum([result], SEED)).toMatchObject({
    ...{ payments: PAYMENTS, ended: PAYMENTS, strikes: plan.length },
    ...{ paidTwice: 0, lost: 0, disagreements: 0, sentAgain: 0, unknown: 0 },
    ...{ ledgerOk: true, auditOk: true, ok: true },
  });
  const { settled, rejected, returned } = result.told.findings.figures;
  for (const some of [settled, rejected, returned]) expect(some).toBeGreaterThan(0);
}

describe('while web, workers, database and bank pay people', () => {
  it(
    'a frozen and a killed worker, a killed database, cut transactions and lost queue tables pay nobody twice and lose nobody',
    () => story('postgres'),
    STORY_MS,
  );

  describeWithRedis('with the queues in Redis', () => {
    it(
      'a frozen and a killed worker, a Redis that is flushed and one that loses its disk pay nobody twice and lose nobody',
      () => story('redis'),
      STORY_MS,
    );
  });
});

describe('the plan of the blows', () => {
  it.each(['postgres', 'redis'] as const)(
    'strikes every victim with every deed as often as asked, in an order that its seed decides (%s)',
    (backend) => {
      const plan = planOf({ backend, moments: 3, seed: 1 });
      const pairs = new Map<string, number>();
      for (const { target, deed } of plan) {
        const pair = `${target} ${deed}`;
        pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
      }
      expect([...pairs.values()].every((times) => times === 3)).toBe(true);
      expect(pairs.size).toBe(backend === 'redis' ? 22 : 19);
      const ofTheOther =
        backend === 'redis' ? ['schema dropped', 'tables emptied'] : ['FLUSHALL', 'disk lost'];
      const deeds = new Set(plan.map(({ deed }) => deed));
      expect(DEEDS.filter((deed) => !deeds.has(deed)).sort()).toEqual(ofTheOther.sort());
      expect(planOf({ backend, moments: 3, seed: 1 })).toEqual(plan);
      expect(planOf({ backend, moments: 3, seed: 2 })).not.toEqual(plan);
    },
  );
});

describe('the comparison of the books', () => {
  const booking = (state: string, theirs: Partial<NonNullable<Booking['theirs']>> | null) => ({
    ours: { entitlementId: 'e1', state, amount: '1000' },
    theirs: theirs && {
      ...{ status: 'ACCC', amount: '1000', credits: 1, returns: 0, sentAgain: 0 },
      ...theirs,
    },
  });
  const settled = booking('settled', {});
  const clean = { paidTwice: 0, lost: 0, strangers: 0, disagreements: 0, sentAgain: 0 };

  it('finds nothing in books that agree', () => {
    const back = booking('returned', { status: 'RTRN', returns: 1 });
    const refused = booking('rejected', { status: 'RJCT', credits: 0 });
    expect(compare([settled, back, refused, booking('cancelled', null)])).toMatchObject(clean);
  });

  it('finds who was credited twice, under one reference or under two', () => {
    expect(compare([settled, settled]).paidTwice).toBe(1);
    expect(compare([booking('settled', { credits: 2 })])).toMatchObject({
      paidTwice: 1,
      disagreements: 1,
    });
  });

  it('finds what we believe and the bank does not', () => {
    expect(compare([booking('settled', null)])).toMatchObject({ lost: 1, disagreements: 1 });
    expect(compare([booking('rejected', {})]).disagreements).toBe(1);
    expect(compare([booking('returned', {})]).disagreements).toBe(1);
    expect(compare([booking('unknown', {})]).disagreements).toBe(1);
    expect(compare([booking('cancelled', {})]).disagreements).toBe(1);
    expect(compare([booking('settled', { amount: '999' })]).disagreements).toBe(1);
    expect(compare([{ ...settled, ours: null }])).toMatchObject({ strangers: 1, disagreements: 1 });
  });

  it('counts what was sent again', () => {
    expect(compare([booking('settled', { sentAgain: 2 })]).sentAgain).toBe(2);
  });
});
