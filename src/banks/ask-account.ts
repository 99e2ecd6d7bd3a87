import { z } from 'zod';
import { logger } from '../platform/logging/index.js';
import type { Bank } from './bank.registry.js';
import type { AccountAnswer, CreditorAccount } from './contract.js';

const log = logger('banks');

/** A little after the signal, so that an adapter that minds it says itself why it cannot tell. */
const GRACE_MS = 500;
const NAME_MAX = 1000;

const answerSchema = z.union([
  z.object({ kind: z.literal('found'), accountName: z.string().min(1).max(NAME_MAX) }),
  z.object({ kind: z.literal('no-such-account') }),
  z.object({ kind: z.literal('cannot-tell'), why: z.string() }),
]);

export function canVerify(bank: Bank): boolean {
  return bank.adapter.verifyAccount !== undefined;
}

/**
 * Asks a bank whose account it is, under the bank's time-out. Never throws for what a bank or its adapter does: a
 * thrown error, a time-out or an answer that is none of the contract's means that nobody can tell.
 */
export async function askAccount(
  bank: Bank,
  account: CreditorAccount,
  attemptId: string,
): Promise<AccountAnswer> {
  const { adapter, settings } = bank;
  if (!adapter.verifyAccount) return cannotTell('the bank does not offer it');
  const signal = AbortSignal.timeout(settings.timeoutMs);
  try {
    const said = await Promise.race([
      adapter.verifyAccount(account, { signal, attemptId }),
      whenCutOff(signal),
    ]);
    const read = answerSchema.safeParse(said);
    return read.success ? read.data : cannotTell('the answer is none of the contract');
  } catch (error) {
    const why = error instanceof Error ? error.name : 'an error';
    log.warn({ bank: bank.code, attemptId, why }, 'an account inquiry threw');
    return cannotTell(signal.aborted ? 'the bank did not answer in time' : 'the call broke');
  }
}

const cannotTell = (why: string): AccountAnswer => ({ kind: 'cannot-tell', why });

// An adapter that forgets its signal must not hold a worker for ever.
function whenCutOff(signal: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    signal.addEventListener('abort', () => {
      setTimeout(() => fail(new Error('no answer in time')), GRACE_MS).unref();
    });
  });
}
