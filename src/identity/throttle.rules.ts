import { isIPv6 } from 'node:net';

/** How attempts to sign in are slowed down for one login or one address. */
export interface ThrottlePolicy {
  /** Failures in a row that cost no waiting. */
  readonly free: number;
  /** Waiting after the first failure beyond; doubles with each further one. */
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

/** A quiet day forgets what was before. */
export const FORGET_AFTER_MS = 24 * 3_600_000;

// The longest wait is bounded: whoever keeps failing under somebody's login can slow that person down, but not
// shut them out for good.
export const LOGIN_THROTTLE: ThrottlePolicy = {
  free: 5,
  firstWaitMs: 2_000,
  longestWaitMs: 15 * 60_000,
};

/** An office has many people behind one address. */
export const ADDRESS_THROTTLE: ThrottlePolicy = {
  free: 30,
  firstWaitMs: 2_000,
  longestWaitMs: 15 * 60_000,
};

/** Milliseconds to wait after the n-th failure in a row. */
export function waitAfter(failures: number, policy: ThrottlePolicy): number {
  const beyond = failures - policy.free;
  if (beyond <= 0) return 0;
  return Math.min(policy.firstWaitMs * 2 ** Math.min(beyond - 1, 30), policy.longestWaitMs);
}

/**
 * What counts as one address: an IPv4 address, or the /64 network of an IPv6 one, for whoever has one address of
 * such a network has all of them.
 */
export function networkOf(address: string): string {
  const bare = address.split('%')[0] ?? '';
  if (!isIPv6(bare)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = bare.toLowerCase().split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = (tail ?? '').split(':').filter((group) => group !== '');
  const zeros = Array<string>(Math.max(8 - before.length - after.length, 0)).fill('0');
  const groups = [...before, ...zeros, ...after].map((group) => group.replace(/^0+(?=.)/, ''));
  return `${groups.slice(0, 4).join(':')}::/64`;
}
