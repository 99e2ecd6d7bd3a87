import type { Mood } from './harness.js';

/** Ends of account numbers by what the sandbox bank does with them; a reason where it gives one. */
const ENDINGS: Readonly<Record<Mood, readonly [string, string?]>> = {
  credited: ['123456'],
  rejected: ['990104', 'AC04'],
  'rejected-later': ['992007', 'MD07'],
  returned: ['993007', 'MD07'],
  'answer-lost': ['991004'],
  'never-answers': ['991006'],
  garbage: ['991007'],
  'unknown-word': ['991008'],
  'refused-for-a-time-out': ['990805'],
  'refused-as-duplicate': ['990899'],
  'broken-before-booking': ['991005'],
  'error-before-booking': ['991003'],
  'nothing-accepted': ['991002'],
  'told-twice': ['992012'],
  'told-out-of-order': ['992013'],
  'never-told': ['992014'],
  'no-such-account': ['990101'],
};

/** @param start of the account number; the same mood with another start is another account. */
export function sandboxAccount(mood: Mood, start = '101') {
  const [ending, reason] = ENDINGS[mood];
  return { bankBin: '970405', accountNumber: `${start}${ending}`, reason };
}
