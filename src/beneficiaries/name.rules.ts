import { foldText, tidyText } from '../kernel/index.js';

/**
 * Whether a bank's (or a list's) name is our payee's name. Banks keep names in upper case without diacritics;
 * lists write `hoà` or `hòa`, composed or decomposed; people leave out a middle name. Only `exact` is the same
 * name; `close` is shown with both names and a person decides. Nobody is ever paid on likeness.
 */
export type NameMatch = 'exact' | 'close' | 'different';

/** As the register keeps them; composing a text (NFC) can make it longer than what was sent. */
const NAME_MAX = 140;

/** Whether a text can be somebody's name: two letters at least, and nothing that a spreadsheet would run. */
export function isName(text: string): boolean {
  if ([...text].length > NAME_MAX) return false;
  return /\p{L}{2,}|\p{L}[\s'.-]+\p{L}/u.test(text) && !/^[=+\-@]/.test(text);
}

export function compareNames(ours: string, theirs: string): NameMatch {
  const a = tokens(ours);
  const b = tokens(theirs);
  // Nothing to compare by: only the very same text is the same.
  if (a.length === 0 || b.length === 0) return isSameText(ours, theirs) ? 'exact' : 'different';
  if (sameTokens(a, b)) return marksAgree(ours, theirs) ? 'exact' : 'close';
  return sameTokens([...a].sort(), [...b].sort()) || middleLeftOut(a, b) || oneSlip(a, b)
    ? 'close'
    : 'different';
}

export function isSameText(one: string, other: string): boolean {
  return tidyText(one) !== '' && tidyText(one) === tidyText(other);
}

/** The words of a name as they are written, without what stands between them. Letters of every script are letters. */
export function wordsOf(name: string): string[] {
  return tidyText(name)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => foldText(word) !== '');
}

function tokens(name: string): string[] {
  return wordsOf(name).map(foldText);
}

function sameTokens(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((token, at) => token === b[at]);
}

/** "Hoa" on a card is "Hòa" of the papers; but "Hòa" and "Hoa", both written with marks, are two people. */
function marksAgree(ours: string, theirs: string): boolean {
  if (!hasMarks(ours) || !hasMarks(theirs)) return true;
  const [a, b] = [wordsOf(ours), wordsOf(theirs)];
  return a.every((word, at) => spelling(word) === spelling(b[at] ?? ''));
}

export function hasMarks(name: string): boolean {
  return /\p{M}|[đðɖ]/u.test(name.normalize('NFD').toLowerCase());
}

// Grave, acute, tilde, hook above and dot below are tones: they may stand on either vowel (hoà, hòa).
// Circumflex, breve and horn make other letters and stay where they are.
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** A word in one writing: lower case, `đ` for its look-alikes, the tone at the end. */
export function spelling(word: string): string {
  const letters = word.normalize('NFD').toLowerCase().replace(/[ðɖ]/g, 'đ');
  return letters.replace(TONES, '') + (letters.match(TONES) ?? []).join('');
}

/** Family and given name are the same, and one name only lacks middle names of the other. */
function middleLeftOut(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 2 || short[0] !== long[0] || short.at(-1) !== long.at(-1)) return false;
  let at = 0;
  for (const token of long) if (token === short[at]) at += 1;
  return at === short.length;
}

/** All tokens but one are the same, and that one differs by a single letter. */
function oneSlip(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const differing = a.flatMap((token, at) => (token === b[at] ? [] : [at]));
  const at = differing[0];
  if (differing.length !== 1 || at === undefined) return false;
  return oneLetterApart(a[at] ?? '', b[at] ?? '');
}

export function oneLetterApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  const skip = long.length === short.length ? 1 : 0;
  return short.slice(start + skip) === long.slice(start + 1);
}
