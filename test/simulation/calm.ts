import { banksAreBack } from './bank-days.js';
import { allEndedAsTheBankSays } from './invariants.js';
import { passTime, deliverNotice } from './nature.js';
import { requestStatement } from './funds-and-statements.js';
import { runJob, sweep, SWEEPS, type Sweep } from './works.js';
import type { World } from './world.js';

const SECOND = 1_000;
/** Waits between looks: leases and rings first, then enquiries and windows, then days. */
const WAITS = [20, 700, 7_300, 7_300, 90_000].map((s) => s * SECOND);
const MOST_ROUNDS = 40;
const MOST_JOBS = 500;

/**
 * The storm is over: nothing dies or fails any more, time passes, people do what they ought to. Then everything must
 * come to rest, and nothing may be lost.
 */
export async function comeToRest(world: World): Promise<void> {
  world.calm = true;
  world.queue.isAway = false;
  world.tell('— calm: no more faults, and time passes —');
  await finishParked(world);
  await world.work({
    name: 'banks are back',
    kind: 'officer',
    how: '*',
    run: () => banksAreBack(world),
  });
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await resumeRuns(world);
    await workOff(world);
    if (isAtRest(world) && round > 1) break;
    passTime(world, WAITS[Math.min(round, WAITS.length - 1)] ?? SECOND);
    bankComesToAll(world);
    await finishParked(world);
  }
  passTime(world, 3 * 86_400 * SECOND);
  for (const { code } of world.books()) {
    const run = () => requestStatement(world, code, 'whole');
    await world.work({ name: `statement of ${code}`, kind: 'officer', how: '*', run });
  }
  for (let round = 0; round === 0 || (round < MOST_ROUNDS && !isAtRest(world)); round += 1) {
    await workOff(world);
    passTime(world, SECOND);
  }
  await world.checkWholeChain();
  allEndedAsTheBankSays(world.seen, world.books());
}

async function finishParked(world: World): Promise<void> {
  for (let round = 0; round < 10 && world.tasks.parked.length > 0; round += 1) {
    for (const task of [...world.tasks.parked]) {
      if ((task.parked?.until ?? 0) > world.clock.world) continue;
      await world.goOn(task, '*');
      await world.check();
    }
    if (world.tasks.parked.length > 0) passTime(world, 6 * SECOND);
  }
}

async function resumeRuns(world: World): Promise<void> {
  for (const batch of world.seen.batches) {
    if (batch.runState !== 'paused' || batch.cancelRequested || batch.runId === null) continue;
    const { runId } = batch;
    const run = () => world.desk.payments.operating.resume({ actor: world.office.preparer, runId });
    const name = `resume run of ${world.batchName(batch.id)}`;
    await world.work({ name, kind: 'officer', how: '*', run });
    await world.check();
  }
}

/** Every sweeper, every job and every notice, until nothing is left that could be taken now. */
async function workOff(world: World): Promise<void> {
  for (const which of SWEEPS.filter((one) => hasWork(world, one))) {
    await sweep(world, which, '*');
    // What the sweep has started may be sent by its jobs.
    if (which === 'payments') await world.check();
    for (let jobs = 0; world.queue.jobs.length > 0 && jobs < MOST_JOBS; jobs += 1) {
      const [job] = world.queue.jobs;
      if (!job) break;
      world.queue.remove(job);
      await runJob(world, job, '*');
    }
    await world.check();
  }
  for (const books of world.books()) {
    for (const notice of books.postbox.filter(({ delivered }) => delivered === 0)) {
      await deliverNotice(world, books, { notice, how: '*' });
    }
  }
  await world.check();
}

/** Sweeps that would find nothing, as seen from outside, are left out: the storm has had them all. */
function hasWork(world: World, which: Sweep): boolean {
  const { payments, deliveries, waitingNotices, openReconciliations } = world.seen;
  if (which === 'payments') return payments.some(({ state }) => !FINAL.has(state));
  if (which === 'relay') return deliveries.length > 0;
  if (which === 'notices') return waitingNotices > 0;
  if (which === 'reconciliation') return openReconciliations > 0;
  if (which === 'alerts') return isAtRest(world);
  return true;
}

function bankComesToAll(world: World): void {
  for (const books of world.books()) {
    for (const booking of [...books.bookings.values()]) {
      if (booking.state === 'accepted') books.change(booking, 'settled', null);
    }
  }
}

const FINAL = new Set(['settled', 'returned', 'rejected', 'cancelled']);

function isAtRest(world: World): boolean {
  const { payments, deliveries, waitingNotices, openReconciliations } = world.seen;
  return (
    world.tasks.parked.length === 0 &&
    payments.every(({ state }) => FINAL.has(state)) &&
    deliveries.length + waitingNotices + openReconciliations === 0 &&
    world.books().every(({ postbox }) => postbox.every(({ delivered }) => delivered > 0))
  );
}
