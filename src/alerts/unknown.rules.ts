import type { UnknownGroup } from '../payments/index.js';
import { ABOUT_NOTHING, linkTo, type Cause } from './alert.rules.js';

/**
 * Doubts about payments through one bank. They grow heavier as the oldest of them ages; the day it becomes critical
 * is something new, so that an alert which a person had resolved before is raised again.
 */
export function unknownCause(
  group: UnknownGroup,
  given: { now: Date; criticalAfterMs: number },
): Cause {
  const bank = group.bankCode;
  const ageMs = given.now.getTime() - group.oldest.getTime();
  const criticalAt = new Date(group.oldest.getTime() + given.criticalAfterMs);
  const isCritical = criticalAt <= given.now;
  return {
    ...ABOUT_NOTHING,
    rule: 'payments-unknown',
    fingerprint: `unknown ${bank}`,
    severity: isCritical ? 'critical' : 'warning',
    bank,
    particulars: { oldestMinutes: coarseMinutes(ageMs) },
    count: group.count,
    amount: group.total,
    link: linkTo('doubts', { bank }),
    firstAt: group.oldest,
    lastAt: isCritical && criticalAt > group.latest ? criticalAt : group.latest,
  };
}

const HOUR = 60;
const DAY = 24 * HOUR;

/** An age in whole minutes, rounded down the more the older it is: an alert is not rewritten every minute. */
export function coarseMinutes(ageMs: number): number {
  const minutes = Math.floor(ageMs / 60_000);
  const step = minutes < HOUR ? 5 : minutes < 2 * DAY ? HOUR : DAY;
  return minutes - (minutes % step);
}
