import type { Option } from './decisions.js';
import { ENQUIRE_PAYMENTS } from '../../src/payments/enquire-payments.js';
import { SEND_SUBMISSION } from '../../src/payments/send-submission.js';
import { DELIVER_EVENT } from '../../src/platform/queue/deliver-event.js';
import { drawPlan } from './plans.js';
import type { Job } from './simulated-queue.js';
import type { World } from './world.js';

const JOBS_OFFERED = 8;

/** What workers may do next: go on with what they are at, take a job, or sweep. */
export function worksOf(world: World): Option[] {
  return [...goingOn(world), ...jobs(world), ...sweeps(world)];
}

function goingOn(world: World): Option[] {
  const now = world.clock.world;
  const ready = world.tasks.parked.filter(({ parked }) => (parked?.until ?? 0) <= now);
  return ready.map((task) => ({
    key: `go ${task.name}`,
    weight: task.parked?.place === 'call' ? 12 : 6,
    draw: (random) => drawPlan(random, world.trouble, 1),
    run: (how) => world.goOn(task, how),
  }));
}

function jobs(world: World): Option[] {
  const offered = new Map<string, Job>();
  for (const job of world.queue.jobs) {
    const key = jobName(world, job);
    if (offered.size < JOBS_OFFERED && !offered.has(key)) offered.set(key, job);
  }
  const first = world.queue.jobs[0];
  return [...offered].map(([name, job]) => ({
    key: `job ${name}`,
    weight: 8,
    draw: (random) => {
      const fate = random.weighted({
        once: 10,
        twice: 0.6 * world.trouble.queue,
        'by-two': 2 * world.trouble.queue,
        never: 0.8 * world.trouble.queue,
      });
      return `${fate} ${drawPlan(random, world.trouble)}`;
    },
    run: async (how) => {
      const [fate = 'once', plan = '*'] = how.split(' ');
      if (fate !== 'twice') world.queue.remove(job);
      if (fate === 'twice' || fate === 'by-two') world.fault('job doubled');
      // Two workers take it in the same moment, and stand before the same door.
      if (fate === 'by-two') await runJob(world, job, '0:park');
      if (job !== first) world.fault('jobs reordered');
      if (fate !== 'never') return runJob(world, job, plan);
      world.fault('job lost');
      world.tell(`job ${name} is lost`);
    },
  }));
}

function jobName(world: World, { ring }: Job): string {
  const { submissionId, bankCode, eventId, subscriber } = ring.payload;
  if (ring.name === SEND_SUBMISSION) return `send ${world.submissionName(String(submissionId))}`;
  if (ring.name === ENQUIRE_PAYMENTS) return `enquire ${String(bankCode)}`;
  return `deliver ${String(subscriber)} ${world.eventName(String(eventId))}`;
}

export async function runJob(world: World, job: Job, how: string): Promise<void> {
  const { queue, ring } = job;
  const { submissionId, bankCode, eventId, subscriber } = ring.payload;
  const { worker, delivering } = world.desk;
  const run = (): Promise<void> => {
    switch (ring.name) {
      case SEND_SUBMISSION:
        return worker().sending.handle({ submissionId: String(submissionId) });
      case ENQUIRE_PAYMENTS:
        return worker().enquiring.handle({ bankCode: String(bankCode) });
      case DELIVER_EVENT:
        return delivering.handle({ eventId: String(eventId), subscriber: String(subscriber) });
      default:
        throw new Error(`nobody answers ${ring.name}`);
    }
  };
  await world.work({ name: jobName(world, job), kind: 'job', queue, how, run });
}

const WEIGHTS = { relay: 1, payments: 6, notices: 0.6, reconciliation: 0.6, alerts: 0.6 };
export type Sweep = keyof typeof WEIGHTS;
export const SWEEPS = Object.keys(WEIGHTS) as Sweep[];

function sweeps(world: World): Option[] {
  return SWEEPS.map((which) => ({
    key: `sweep ${which}`,
    weight: which === 'relay' && world.seen.deliveries.length > 0 ? 8 : WEIGHTS[which],
    draw: (random) => drawPlan(random, world.trouble),
    run: (how) => sweep(world, which, how),
  }));
}

export async function sweep(world: World, which: Sweep, how: string): Promise<void> {
  const { sweepers, relay } = world.desk;
  const run = (): Promise<unknown> => (which === 'relay' ? relay() : sweepers[which]).sweep();
  await world.work({ name: `sweep ${which}`, kind: 'sweep', how, run });
}
