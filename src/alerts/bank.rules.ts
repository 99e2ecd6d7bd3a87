import type {
  MissingRail,
  PausedBank,
  SwitchedOffBank,
  UnreachableBank,
} from '../payments/index.js';
import { ABOUT_NOTHING, linkTo, type Cause } from './alert.rules.js';

const linkOf = (bank: string): string => `/api/v1/banks/${bank}`;

/** An outage is one cause, however many calls failed and payments wait; it is over when the bank has answered. */
export function unreachableCause(bank: UnreachableBank): Cause {
  const { bankCode, waiting, total, inDoubt, failingSince } = bank;
  return {
    ...ABOUT_NOTHING,
    rule: 'bank-unreachable',
    fingerprint: `unreachable ${bankCode}`,
    severity: waiting + inDoubt > 0 ? 'critical' : 'warning',
    bank: bankCode,
    particulars: { inDoubt },
    count: waiting,
    amount: total,
    link: linkOf(bankCode),
    firstAt: failingSince,
    lastAt: failingSince,
  };
}

/** Nobody mends it but who edits the bank's file, and nothing else would tell before the run's deadline. */
export function missingRailCause(missing: MissingRail): Cause {
  const { bankCode, rail, count, total, since } = missing;
  return {
    ...ABOUT_NOTHING,
    rule: 'rail-missing',
    fingerprint: `rail ${bankCode} ${rail}`,
    severity: 'critical',
    bank: bankCode,
    particulars: { because: rail },
    count,
    amount: total,
    link: linkTo('payments', { bankCode, state: 'ready' }),
    firstAt: since,
    lastAt: since,
  };
}

/** By an officer's order, so it is told, not cried out: until somebody switches it on again. */
export function switchedOffCause(bank: SwitchedOffBank): Cause {
  const { bankCode, waiting, total, inDoubt, at, by, reason } = bank;
  return {
    ...ABOUT_NOTHING,
    rule: 'bank-off',
    // Switched off anew is another matter: a person may have resolved the alert about the last time.
    fingerprint: `off ${bankCode}`,
    severity: waiting > 0 ? 'warning' : 'info',
    bank: bankCode,
    particulars: { by, because: reason, inDoubt },
    count: waiting,
    amount: total,
    link: linkOf(bankCode),
    firstAt: at,
    lastAt: at,
  };
}

/** The bank itself asked to be left alone for long, and something waits. */
export function pausedCause(bank: PausedBank): Cause {
  const { bankCode, waiting, total, inDoubt, changedAt, until } = bank;
  return {
    ...ABOUT_NOTHING,
    rule: 'bank-paused',
    fingerprint: `paused ${bankCode}`,
    severity: 'warning',
    bank: bankCode,
    particulars: { inDoubt, until: until.toISOString() },
    count: waiting,
    amount: total,
    link: linkOf(bankCode),
    firstAt: changedAt,
    lastAt: changedAt,
  };
}
