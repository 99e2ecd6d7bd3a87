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

/** How fast the banks are to be paid, so that there is money under way as long as blows fall. */
export interface Pace {
  readonly payments: number;
  readonly seconds: number;
}

/** Messages of the bulk bank in a whole run; its instant sister gets about so large a share, one by one. */
const MESSAGES = 250;
const SMALLEST_MESSAGE = 2;
const INSTANT_SHARE = 0.2;

/**
 * The repository's configuration with banks whose waits are seconds, and messages so small that there is always one
 * under way. The banks promise no idempotency: nothing but our own care keeps an order from being sent twice.
 */
export async function chaosConfig(options: {
  from: string;
  to: string;
  pace: Pace;
}): Promise<void> {
  const { payments, seconds } = options.pace;
  const maxPerSubmission = Math.max(SMALLEST_MESSAGE, Math.round(payments / MESSAGES));
  const one = (count: number) => ({ max: 1, perMs: Math.ceil((1000 * seconds) / count) });
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
    maxPerSubmission,
    rateLimit: one(payments / maxPerSubmission),
  });
  await change(options.to, 'sandbox-instant', {
    ...common,
    rateLimit: one(payments * INSTANT_SHARE),
  });
}

async function change(configDir: string, bank: string, to: Record<string, unknown>): Promise<void> {
  const path = join(configDir, 'banks', `${bank}.yaml`);
  const file = parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  await writeFile(path, stringify({ ...file, ...to }));
}
