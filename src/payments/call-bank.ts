import type { z } from 'zod';
import type { Bank, BankAdapter, BankCall, Unknown } from '../banks/index.js';
import { logger } from '../platform/logging/index.js';

const log = logger('payments');

/**
 * Calls a bank under its time-out and gives an answer for every reference. A thrown error, a time-out, an
 * answer that is none, a missing or extra reference: unknown, never rejected (never-pay-twice, rule 4).
 */
export async function callBank<A extends { kind: string }>(
  bank: Bank,
  given: {
    attemptId: string;
    rail?: string;
    references: readonly string[];
    schema: z.ZodType<A>;
    call: (adapter: BankAdapter, call: BankCall) => Promise<Map<string, A>>;
  },
): Promise<Map<string, A | Unknown>> {
  const { timeoutMs } = bank.settings;
  let said: ReadonlyMap<string, unknown>;
  let silence = 'the bank did not speak of it';
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    said = await Promise.race([
      given.call(bank.adapter, { signal, attemptId: given.attemptId, rail: given.rail }),
      whenAborted(signal),
    ]);
    if (!(said instanceof Map)) throw new TypeError('the adapter gave no answers');
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : 'an error';
    log.warn({ bank: bank.code, attemptId: given.attemptId, why }, 'a call to a bank threw');
    said = new Map();
    silence = why;
  }
  return new Map(
    given.references.map((reference) => [
      reference,
      said.has(reference)
        ? whole(said.get(reference), given.schema)
        : { kind: 'unknown', why: silence },
    ]),
  );
}

function whole<A>(answer: unknown, schema: z.ZodType<A>): A | Unknown {
  const read = schema.safeParse(answer);
  return read.success ? read.data : { kind: 'unknown', why: 'the answer is none of the contract' };
}

// An adapter that forgets its signal must not hold a payment beyond the lease. A little after the signal, so
// that an adapter that minds it says itself what it knows (`not-sent` while still connecting).
const GRACE_MS = 500;

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    signal.addEventListener('abort', () => {
      setTimeout(() => fail(new Error('the bank did not answer in time')), GRACE_MS).unref();
    });
  });
}
