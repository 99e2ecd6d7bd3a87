import { SeededRandom } from '../../src/cli/random.js';
import { BANK_TIMEOUT_MS, QUEUE_LOCK_MS, SENDER_LEASE_MS } from './chaos-config.js';
import type { QueueBackend } from '../site/site.js';

export const DEEDS = [
  'SIGKILL',
  'SIGSTOP',
  'SIGTERM',
  'FLUSHALL',
  'disk lost',
  'schema dropped',
  'tables emptied',
  'all cut',
  'cut in transactions',
] as const;
export type Deed = (typeof DEEDS)[number];

export type Target =
  'web' | 'worker 1' | 'worker 2' | 'PostgreSQL' | 'bank' | 'Redis' | 'queue' | 'connections';

/** What is waited for (a little) before the blow falls. */
export const MOMENTS = [
  'any time',
  'a message is under way',
  'a batch is being signed',
  'its run begins',
  'the bank has news',
] as const;
export type Moment = (typeof MOMENTS)[number];

export interface Strike {
  readonly target: Target;
  readonly deed: Deed;
  readonly moment: Moment;
  /** On top of the moment: so that a blow falls now earlier, now later. */
  readonly delayMs: number;
  /** Of a SIGSTOP. */
  readonly frozenMs: number;
}

const LONGEST_DELAY_MS = 800;
const LEFT_ALIVE: readonly Deed[] = ['SIGKILL', 'SIGSTOP', 'SIGTERM'];

/** How long each is frozen: past whatever others wait for it. The bank's is shorter than its own promise. */
function frozenMsOf(target: Target, nth: number): number {
  switch (target) {
    case 'worker 1':
      return SENDER_LEASE_MS + 3000;
    case 'worker 2':
      return nth === 0 ? QUEUE_LOCK_MS + 4000 : SENDER_LEASE_MS + 3000;
    case 'PostgreSQL':
      return nth === 0 ? SENDER_LEASE_MS + 1000 : 4000;
    case 'Redis':
      return [SENDER_LEASE_MS + 1000, 6000, QUEUE_LOCK_MS + 4000][nth % 3] ?? 6000;
    default:
      return 3 * BANK_TIMEOUT_MS;
  }
}

/** Every deed against every victim that it can be done to, `moments` times, in an order that the seed decides. */
export function planOf(given: { backend: QueueBackend; moments: number; seed: number }): Strike[] {
  const random = new SeededRandom(given.seed);
  const targets: Target[] = ['web', 'worker 1', 'worker 2', 'PostgreSQL', 'bank'];
  if (given.backend === 'redis') targets.push('Redis');
  const pairs: (readonly [Target, Deed])[] = [
    ...targets.flatMap((target) => LEFT_ALIVE.map((deed) => [target, deed] as const)),
    ['connections', 'all cut'],
    ['connections', 'cut in transactions'],
    ...(given.backend === 'redis'
      ? ([
          ['Redis', 'FLUSHALL'],
          ['Redis', 'disk lost'],
        ] as const)
      : ([
          ['queue', 'schema dropped'],
          ['queue', 'tables emptied'],
        ] as const)),
  ];
  return Array.from({ length: given.moments }, (_, nth) =>
    random.shuffled(pairs).map((pair) => strikeOf(pair, nth, random)),
  ).flat();
}

/** One strike of each main deed, for a run that has little time: what no queue has a part in falls on one backend. */
export function shortPlanOf(given: { backend: QueueBackend; seed: number }): Strike[] {
  const random = new SeededRandom(given.seed);
  const pairs: (readonly [Target, Deed])[] = [
    ['worker 1', 'SIGSTOP'],
    ['worker 2', 'SIGKILL'],
    ...(given.backend === 'redis'
      ? ([
          ['Redis', 'FLUSHALL'],
          ['Redis', 'disk lost'],
        ] as const)
      : ([
          ['connections', 'cut in transactions'],
          ['PostgreSQL', 'SIGKILL'],
          ['queue', 'schema dropped'],
        ] as const)),
  ];
  return pairs.map((pair) => strikeOf(pair, 1, random));
}

function strikeOf(
  [target, deed]: readonly [Target, Deed],
  nth: number,
  random: SeededRandom,
): Strike {
  return {
    target,
    deed,
    moment: random.pick(MOMENTS),
    delayMs: random.below(LONGEST_DELAY_MS),
    frozenMs: deed === 'SIGSTOP' ? frozenMsOf(target, nth) : 0,
  };
}
