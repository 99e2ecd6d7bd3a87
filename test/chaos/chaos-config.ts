import { changeBankFile } from '../site/bank-file.js';

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
 * Gives the site's configuration banks whose waits are seconds, and messages so small that there is always one
 * under way. The banks promise no idempotency: nothing but our own care keeps an order from being sent twice.
 */
export async function chaosConfig(configDir: string, { payments, seconds }: Pace): Promise<void> {
  const maxPerSubmission = Math.max(SMALLEST_MESSAGE, Math.round(payments / MESSAGES));
  const one = (count: number) => ({ max: 1, perMs: Math.ceil((1000 * seconds) / count) });
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
  await changeBankFile(configDir, 'sandbox', {
    ...common,
    maxPerSubmission,
    rateLimit: one(payments / maxPerSubmission),
  });
  await changeBankFile(configDir, 'sandbox-instant', {
    ...common,
    rateLimit: one(payments * INSTANT_SHARE),
  });
}
