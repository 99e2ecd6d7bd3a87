/**
 * `money`: a job is started once and never again by the queue, whatever dies (our own state machine decides).
 * `work`: a job of a killed worker may be run once more by the queue; handlers bear it.
 */
export interface QueueSpec {
  /** a–z, 0–9 and `-`. */
  readonly name: string;
  readonly purpose: 'money' | 'work';
  /** Jobs of this queue at once in one worker process. */
  readonly concurrency: number;
  /** At most `max` jobs are started in `perMs`, over all processes. */
  readonly rateLimit?: { readonly max: number; readonly perMs: number };
  /** Longer than the longest job: a lost lock would let a second worker start. */
  readonly lockDurationMs: number;
}

/** Carries event deliveries of the outbox. */
export const EVENTS_QUEUE: QueueSpec = {
  name: 'events',
  purpose: 'work',
  concurrency: 4,
  lockDurationMs: 60_000,
};

/** The BullMQ worker settings that make a queue safe for its purpose (never-pay-twice). */
export function workerOptions(spec: QueueSpec) {
  const once = spec.purpose === 'money';
  return {
    concurrency: spec.concurrency,
    lockDuration: spec.lockDurationMs,
    stalledInterval: Math.min(30_000, spec.lockDurationMs),
    // Measured: with the defaults a killed worker's job runs twice even with `attempts: 1`.
    maxStalledCount: once ? 0 : 1,
    ...(once ? { maxStartedAttempts: 1 } : {}),
    ...(spec.rateLimit
      ? { limiter: { max: spec.rateLimit.max, duration: spec.rateLimit.perMs } }
      : {}),
    // What was done stands in our own tables; keeping jobs costs PostgreSQL more than working them.
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 5000, age: 7 * 24 * 3600 },
  };
}
