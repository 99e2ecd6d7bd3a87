import { Money } from '../../kernel/index.js';
import type { DemoPayment } from './demo-answers.js';
import type { SandboxProcess } from './sandbox-process.js';

/** What the bank's own books say of one run. */
export interface RunInBankBooks {
  readonly credits: number;
  readonly credited: Money;
  readonly returns: number;
  readonly returned: Money;
  /** Entitlements, of any run, with more than one credit that stayed; references credited twice. */
  readonly paidTwice: number;
}

/**
 * Counts the raw entries of the bank's books, not what we believe: the credits of this run's references, and who
 * was credited how often over all runs. A credit under a reference that no payment has counts as its own person.
 */
export async function readBankBooks(
  sandbox: SandboxProcess,
  payments: readonly DemoPayment[],
  runId: string,
): Promise<RunInBankBooks> {
  const ours = new Map(payments.map((payment) => [payment.reference, payment]));
  const kept = new Map<string, number>();
  const seen = { credits: 0, credited: Money.zero(), returns: 0, returned: Money.zero() };
  for await (const credit of sandbox.credits()) {
    const payment = ours.get(credit.reference);
    const amount = Money.of(credit.amount);
    if (payment?.runId === runId) {
      seen.credits += 1;
      seen.credited = seen.credited.plus(amount);
      if (credit.returned) {
        seen.returns += 1;
        seen.returned = seen.returned.plus(amount);
      }
    }
    if (credit.returned) continue;
    const whose = payment?.entitlementId ?? credit.reference;
    kept.set(whose, (kept.get(whose) ?? 0) + 1);
  }
  const { creditedTwice } = await sandbox.books();
  const twice = [...kept.values()].filter((times) => times > 1).length;
  return { ...seen, paidTwice: twice + creditedTwice };
}
