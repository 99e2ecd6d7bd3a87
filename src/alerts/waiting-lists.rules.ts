import type { WaitingLists } from '../payments/index.js';
import { ABOUT_NOTHING, linkTo, type Cause } from './alert.rules.js';

/** Lists wait for a person who makes, downloads or uploads them, or for the bank's result: one cause per bank. */
export function waitingListsCause(lists: WaitingLists): Cause {
  const bank = lists.bankCode;
  return {
    ...ABOUT_NOTHING,
    rule: 'hand-over-waiting',
    fingerprint: `hand-over ${bank}`,
    severity: 'warning',
    bank,
    particulars: {},
    count: lists.count,
    amount: lists.total,
    link: linkTo('hand-overs', { bank }),
    firstAt: lists.oldest,
    lastAt: lists.latest,
  };
}
