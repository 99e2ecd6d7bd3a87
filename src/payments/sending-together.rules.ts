import type { Bank } from '../banks/index.js';

/** Messages of one payment that one transaction takes on. */
const MESSAGES_OF_ONE = 200;

/**
 * How many messages to a bank are claimed, or their answers recorded, in one transaction. A message of thousands is one
 * by itself; of messages with one payment each, a transaction for each would cost more than the payment.
 */
export function togetherOf({ settings }: Bank): { most: number; atOnce: number } {
  return settings.mode === 'single'
    ? { most: MESSAGES_OF_ONE, atOnce: 1 }
    : { most: 1, atOnce: settings.concurrency };
}
