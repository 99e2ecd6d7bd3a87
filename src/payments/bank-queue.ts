import { bankQueueName, type Bank } from '../banks/index.js';
import type { QueueSpec } from '../platform/queue/index.js';

/** A job ends at the latest when its call is cut off; the lock must outlive that by far. */
const LOCK_MARGIN_MS = 60_000;

export { bankQueueName };

/** One queue per bank: an outage of one bank never keeps another waiting. */
export function bankQueueSpec({ code, settings }: Bank): QueueSpec {
  return {
    name: bankQueueName(code),
    purpose: 'money',
    concurrency: settings.concurrency,
    rateLimit: settings.rateLimit,
    lockDurationMs: settings.timeoutMs + LOCK_MARGIN_MS,
  };
}
