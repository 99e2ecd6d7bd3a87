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
