import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

/** A sender that does not come back within its lease (the bank's time-out and ten seconds) counts as lost. */
export const BANK_TIMEOUT_MS = 2000;
export const SENDER_LEASE_MS = BANK_TIMEOUT_MS + 10_000;
/** BullMQ's locks of the money queues: the bank's time-out and a minute. */
export const QUEUE_LOCK_MS = BANK_TIMEOUT_MS + 60_000;
/** The bank is never stopped for so long: what it was sent before is in its books when it says "not found". */
export const NOT_FOUND_WINDOW_MS = 10_000;

/**
 * The repository's configuration with banks whose waits are seconds, and messages so small that there is always one
 * under way. The banks promise no idempotency: nothing but our own care keeps an order from being sent twice.
 */
export async function chaosConfig(options: {
  from: string;
  to: string;
  paymentsPerMessage: number;
}): Promise<void> {
  await cp(options.from, options.to, { recursive: true });
  const common = {
    timeoutMs: BANK_TIMEOUT_MS,
    idempotentByReference: false,
    retry: { baseMs: 300, capMs: 2000, jitter: 0.3 },
    enquiry: {
      intervalsMs: [500, 1000, 2000],
      acceptedAfterMs: 5000,
      maxPerEnquiry: 500,
      notFoundWindowMs: NOT_FOUND_WINDOW_MS,
    },
  };
  await change(options.to, 'sandbox', {
    ...common,
    maxPerSubmission: options.paymentsPerMessage,
    rateLimit: { max: 3, perMs: 1000 },
  });
  await change(options.to, 'sandbox-instant', { ...common, rateLimit: { max: 10, perMs: 1000 } });
}

async function change(configDir: string, bank: string, to: Record<string, unknown>): Promise<void> {
  const path = join(configDir, 'banks', `${bank}.yaml`);
  const file = parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await writeFile(path, stringify({ ...file, ...to }));
}
