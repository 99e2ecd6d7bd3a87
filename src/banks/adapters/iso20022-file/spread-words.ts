import type { Money } from '../../../kernel/index.js';
import type { NoticeItem, SentOrder, UnreadItem } from '../../contract.js';
import type { LeaningWord, Word } from './report-words.js';

/** A word and the place in the file where it stands. */
export interface Spoken {
  readonly word: Word;
  readonly where: string;
}

/** What a report says of one payment itself. */
export interface TransactionWord extends Spoken {
  readonly reference: string;
  /** As the bank repeats it. */
  readonly amount?: Money;
  readonly at?: Date;
  readonly bankReference?: string;
}

export interface ReportWords {
  readonly group: Spoken;
  /** By the fund that the block pays from. */
  readonly blocks: ReadonlyMap<string, Spoken>;
  readonly transactions: readonly TransactionWord[];
  readonly strange?: readonly StrangeWord[];
}

/** What is said of nobody we know, or where it does not belong: it moves nothing, and speaks against a refusal. */
export interface StrangeWord extends Spoken {
  /** The fund of the block in which it stands. */
  readonly fund?: string;
}

/** A word that leans on none. */
type WholeWord = Exclude<Word, LeaningWord>;
type HeardWord = Exclude<WholeWord, { kind: 'silent' | 'part' }>;

interface Level<W extends Word> {
  readonly word: W;
  readonly where: string;
}

/** What is left to be heard of one payment: the word of the level nearest to it. */
export interface LastWord extends Level<HeardWord> {
  readonly level: 'transaction' | 'block' | 'group';
  /** The row of this payment, also where it only repeats the order. */
  readonly row?: TransactionWord;
}

/**
 * The last word of a report about every payment of a message: its own before its block's, its block's before the
 * group's. A payment that is spoken of twice with two words has a doubt, whatever the words are; and so has a refusal
 * of a block or the group below which anything else is said, for those it alone speaks of. Null: none.
 */
export function lastWords(
  orders: readonly SentOrder[],
  report: ReportWords,
): Map<string, LastWord | null> {
  const rows = rowsByPayment(report.transactions);
  const { group, blocks } = levelsThatHold(orders, report);
  return new Map(
    orders.map(({ reference, fund }) => [
      reference,
      lastWordOf(rows.get(reference), wordAbove(blocks.get(fund), group)),
    ]),
  );
}

function lastWordOf(row: TransactionWord | undefined, above: LastWord | null): LastWord | null {
  if (!row) return above;
  const word = leaningOn(row, above?.word).word;
  if (word.kind === 'silent' || word.kind === 'part') return above && { ...above, row };
  return { level: 'transaction', word, where: row.where, row };
}

function wordAbove(block: Level<WholeWord> | undefined, group: Level<WholeWord>): LastWord | null {
  const level = block && block.word.kind !== 'silent' ? 'block' : 'group';
  const { word, where } = level === 'block' && block ? block : group;
  if (word.kind === 'silent' || word.kind === 'part') return null;
  return { level, word, where };
}

/** What half a refusal comes to below that word. */
function leant(word: LeaningWord, above: Word | undefined): WholeWord {
  const { reason, hasStatus, why } = word;
  if (above?.kind === 'rejected') {
    const { code, text } = reason;
    if (code === undefined) return { kind: 'rejected', reason: { ...above.reason, ...reason } };
    return { kind: 'rejected', reason: text === undefined ? { code } : { code, text } };
  }
  // Why something is accepted (with changes, say) takes nothing from it.
  return !hasStatus && above?.kind === 'accepted' ? { kind: 'silent' } : { kind: 'doubt', why };
}

/** Group and blocks; a refusal is one of all below it, or a doubt: of whom it speaks then is not said. */
function levelsThatHold(
  orders: readonly SentOrder[],
  { group, blocks, transactions, strange = [] }: ReportWords,
): { group: Level<WholeWord>; blocks: Map<string, Level<WholeWord>> } {
  const fundOf = new Map(orders.map(({ reference, fund }) => [reference, fund]));
  const against = new Map<string, Spoken>();
  let againstGroup: Spoken | undefined;
  const hear = (said: Spoken, fund: string | undefined) => {
    if (!speaksAgainst(said.word)) return;
    againstGroup ??= said;
    if (fund !== undefined && !against.has(fund)) against.set(fund, said);
  };
  for (const said of transactions) hear(said, fundOf.get(said.reference));
  for (const said of strange) hear(said, said.fund);
  const judged = [...blocks].map(
    ([fund, block]) => [fund, withstanding(block, against.get(fund))] as const,
  );
  for (const [fund, block] of judged) hear(block, fund);
  const whole = leaningOn(withstanding(group, againstGroup), undefined);
  return {
    group: whole,
    blocks: new Map(judged.map(([fund, block]) => [fund, leaningOn(block, whole.word)])),
  };
}

const speaksAgainst = ({ kind }: Word): boolean =>
  kind !== 'rejected' && kind !== 'leaning' && kind !== 'silent';

function withstanding(level: Spoken, against: Spoken | undefined): Spoken {
  const isRefused = level.word.kind === 'rejected' || level.word.kind === 'leaning';
  if (!isRefused || !against) return level;
  const why = `a refusal of all, and ${against.where} says something else`;
  return { where: level.where, word: { kind: 'doubt', why } };
}

const leaningOn = ({ word, where }: Spoken, above: Word | undefined): Level<WholeWord> => ({
  where,
  word: word.kind === 'leaning' ? leant(word, above) : word,
});

/** The facts of a report about the payments of a message, and what is in doubt. @param sequence orders reports */
export function spreadWords(
  orders: readonly SentOrder[],
  given: ReportWords & { readonly sequence: number },
): { items: NoticeItem[]; unread: UnreadItem[] } {
  const items: NoticeItem[] = [];
  const unread: UnreadItem[] = [];
  const doubtful = new Map<string, number>();
  for (const [reference, last] of lastWords(orders, given)) {
    if (!last) continue;
    const { level, word, where, row } = last;
    if (word.kind === 'doubt') {
      const why = `${where}: ${word.why}`;
      if (level === 'transaction') unread.push({ reference, why });
      else doubtful.set(why, (doubtful.get(why) ?? 0) + 1);
      continue;
    }
    const { at, bankReference, amount } = row ?? {};
    const fact = { ...word, at, bankReference, sequence: given.sequence };
    items.push(amount ? { reference, fact, amount } : { reference, fact });
  }
  // One row for all of them: that it is about so many is what a person has to know.
  for (const [why, count] of doubtful) unread.push({ why: `${why} (${count} payments)` });
  return { items, unread };
}

function rowsByPayment(transactions: readonly TransactionWord[]): Map<string, TransactionWord> {
  const rows = new Map<string, TransactionWord>();
  // A row that only repeats the order is no second word about it.
  const spoken = transactions.filter(({ word }) => word.kind !== 'silent');
  const spokenOf = new Set(spoken.map(({ reference }) => reference));
  const repeated = transactions.filter(
    ({ word, reference }) => word.kind === 'silent' && !spokenOf.has(reference),
  );
  for (const said of [...spoken, ...repeated]) {
    const before = rows.get(said.reference);
    rows.set(said.reference, before ? joined(before, said) : said);
  }
  return rows;
}

function joined(one: TransactionWord, other: TransactionWord): TransactionWord {
  if (sameWord(one, other)) return one;
  const why = `this payment is spoken of twice, differently; also at ${one.where}`;
  return { reference: one.reference, where: other.where, word: { kind: 'doubt', why } };
}

function sameWord(one: TransactionWord, other: TransactionWord): boolean {
  const amounts =
    one.amount && other.amount ? one.amount.equals(other.amount) : one.amount === other.amount;
  if (!amounts || one.word.kind !== other.word.kind) return false;
  if (one.word.kind === 'leaning' && other.word.kind === 'leaning')
    return (
      one.word.hasStatus === other.word.hasStatus && one.word.reason.code === other.word.reason.code
    );
  if (one.word.kind !== 'rejected' || other.word.kind !== 'rejected')
    return one.word.kind !== 'doubt';
  return one.word.reason.code === other.word.reason.code;
}
