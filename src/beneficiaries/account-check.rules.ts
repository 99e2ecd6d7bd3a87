import type { AccountAnswer } from '../banks/index.js';
import { foldText, tidyText } from '../kernel/index.js';
import {
  compareNames,
  hasMarks,
  isSameText,
  oneLetterApart,
  spelling,
  wordsOf,
  type NameMatch,
} from './name.rules.js';

/**
 * Whether the bank keeps the account under the name we hold. "The agency alone answers for names, accounts and
 * amounts" (Circular 44/2022/TT-BTC): so only the same name is `exact`, by which `đ/Đ`, `hoà/hòa`, any normal form
 * and a bank's capitals without marks are the same. `close` is shown with both names for a person to decide;
 * nothing is ever paid on likeness. What the bank does not say, or not in time, is `cannot-tell`, never a refusal.
 */
export type CheckVerdict = NameMatch | 'no-such-account' | 'cannot-tell';

/** As it stands: a bank's verdict, or that a person has confirmed the account with a paper. */
export type StandingVerdict = CheckVerdict | 'confirmed';

export interface Judged {
  readonly verdict: CheckVerdict;
  /** As the bank wrote it; null when it gave none. */
  readonly bankName: string | null;
  /** Why nobody can tell. */
  readonly why: string | null;
}

const WHY_MAX = 200;

export function judge(ourName: string, answer: AccountAnswer): Judged {
  switch (answer.kind) {
    case 'no-such-account':
      return { verdict: 'no-such-account', bankName: null, why: null };
    case 'cannot-tell':
      return cannotTell(answer.why);
    case 'found': {
      const bankName = tidyText(answer.accountName);
      if (bankName === '') return cannotTell('the bank gave an empty name');
      return { verdict: nameVerdict(ourName, bankName), bankName, why: null };
    }
  }
}

function cannotTell(why: string): Judged {
  return { verdict: 'cannot-tell', bankName: null, why: tidyText(why).slice(0, WHY_MAX) };
}

/** As `compareNames`; and a name that lacks any one word of the other is close to it, not only a middle one. */
export function nameVerdict(ours: string, bank: string): NameMatch {
  const match = compareNames(ours, bank);
  return match === 'different' && oneWordMissing(ours, bank) ? 'close' : match;
}

function oneWordMissing(ours: string, bank: string): boolean {
  const [short = [], long = []] = [ours, bank]
    .map((name) => wordsOf(name).map(foldText))
    .sort((a, b) => a.length - b.length);
  if (short.length < 2 || long.length !== short.length + 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  return short.slice(start).every((word, at) => word === long[start + 1 + at]);
}

/** One place of two names side by side; null where one of them has no word for it. */
export interface WordDifference {
  readonly ours: string | null;
  readonly bank: string | null;
  readonly same: boolean;
}

// What it costs to set two words side by side. Likeness draws a slip beside its word; a word that only one name has
// costs less than half of two unlike words, so that a moved word shows as taken out here and put in there.
const ALIKE = 2;
const ALONE = 4;
const UNLIKE = 6;

/**
 * Both names word by word, for whoever decides. All places are the same exactly when the verdict is `exact`.
 * Reading one side downwards gives that name's words in their order.
 */
export function markDifference(ours: string, bank: string): WordDifference[] {
  const [a, b] = [wordsOf(ours), wordsOf(bank)];
  if (a.length === 0 || b.length === 0) {
    return [{ ours: ours || null, bank: bank || null, same: isSameText(ours, bank) }];
  }
  const marksCount = hasMarks(ours) && hasMarks(bank);
  const isSame = (x: string, y: string): boolean =>
    foldText(x) === foldText(y) && (!marksCount || spelling(x) === spelling(y));
  const costs = costsOf(a, b, isSame);
  const places: WordDifference[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const [x, y] = [a[i], b[j]];
    const here = costs.at(i, j);
    if (
      x !== undefined &&
      y !== undefined &&
      here === pair(x, y, isSame) + costs.at(i + 1, j + 1)
    ) {
      places.push({ ours: x, bank: y, same: isSame(x, y) });
      i += 1;
      j += 1;
    } else if (x !== undefined && here === ALONE + costs.at(i + 1, j)) {
      places.push({ ours: x, bank: null, same: false });
      i += 1;
    } else {
      places.push({ ours: null, bank: y ?? null, same: false });
      j += 1;
    }
  }
  return places;
}

type SameWord = (x: string, y: string) => boolean;

function pair(x: string, y: string, isSame: SameWord): number {
  if (isSame(x, y)) return 0;
  return oneLetterApart(foldText(x), foldText(y)) ? ALIKE : UNLIKE;
}

/** The least cost of setting the rest of both names side by side, from every pair of places on. */
function costsOf(a: readonly string[], b: readonly string[], isSame: SameWord) {
  const width = b.length + 1;
  const cells = new Array<number>((a.length + 1) * width).fill(0);
  const at = (i: number, j: number): number =>
    i > a.length || j > b.length ? Infinity : (cells[i * width + j] ?? Infinity);
  for (let i = a.length; i >= 0; i -= 1) {
    for (let j = b.length; j >= 0; j -= 1) {
      const [x, y] = [a[i], b[j]];
      if (x === undefined && y === undefined) continue;
      cells[i * width + j] = Math.min(
        x !== undefined && y !== undefined ? pair(x, y, isSame) + at(i + 1, j + 1) : Infinity,
        x !== undefined ? ALONE + at(i + 1, j) : Infinity,
        y !== undefined ? ALONE + at(i, j + 1) : Infinity,
      );
    }
  }
  return { at };
}

/** What stands of an account before an answer comes. */
export interface StandingCheck {
  readonly id: string;
  readonly verdict: StandingVerdict;
  /** The bank's name; of a confirmation, the one that the person saw. */
  readonly bankName: string | null;
  /** Of a confirmation: the bank's verdict that the person saw; null when there was none. */
  readonly sawVerdict: CheckVerdict | null;
}

/**
 * Whether a bank's answer takes the place of what stands. Not knowing never does. A confirmation holds until the
 * bank says something against the account that the person had not seen when they confirmed it.
 */
export function takesOver(standing: StandingCheck | null, answer: Judged): boolean {
  if (answer.verdict === 'cannot-tell') return false;
  if (standing?.verdict !== 'confirmed') return true;
  if (answer.verdict === 'exact') return false;
  const seen =
    answer.verdict === standing.sawVerdict &&
    foldText(answer.bankName ?? '') === foldText(standing.bankName ?? '');
  return !seen;
}

/** Calls about accounts at once to one bank, over all workers: payments always keep half of its connections. */
export function checksAtOnce({ concurrency }: { readonly concurrency: number }): number {
  return Math.max(1, Math.floor(concurrency / 2));
}
