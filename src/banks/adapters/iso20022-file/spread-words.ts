import type { Money } from '../../../kernel/index.js';
import type { NoticeItem, SentOrder, UnreadItem } from '../../contract.js';
import type { Word } from './report-words.js';

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
}

type Level = 'transaction' | 'block' | 'group';

/** What is left to be heard of one payment: the word of the level nearest to it. */
export interface LastWord {
  readonly level: Level;
  readonly spoken: Spoken & Partial<TransactionWord>;
}

/**
 * The last word of a report about every payment of a message: its own before its block's, its block's before the
 * group's. A payment that is spoken of twice with two words has a doubt, whatever the words are. Null: none.
 */
export function lastWords(
  orders: readonly SentOrder[],
  { group, blocks, transactions }: ReportWords,
): Map<string, LastWord | null> {
  const own = new Map<string, TransactionWord>();
  for (const said of transactions) {
    const before = own.get(said.reference);
    own.set(said.reference, before ? joined(before, said) : said);
  }
  return new Map(
    orders.map(({ reference, fund }): [string, LastWord | null] => {
      const transaction = own.get(reference);
      if (transaction) return [reference, { level: 'transaction', spoken: transaction }];
      const block = blocks.get(fund);
      if (block && block.word.kind !== 'silent')
        return [reference, { level: 'block', spoken: block }];
      return [reference, group.word.kind === 'silent' ? null : { level: 'group', spoken: group }];
    }),
  );
}

/** The facts of a report about the payments of a message, and what is in doubt. @param sequence orders reports */
export function spreadWords(
  orders: readonly SentOrder[],
  given: ReportWords & { readonly sequence: number },
): { items: NoticeItem[]; unread: UnreadItem[] } {
  const items: NoticeItem[] = [];
  const unread: UnreadItem[] = [];
  const doubtful = new Map<Spoken, number>();
  for (const [reference, last] of lastWords(orders, given)) {
    if (!last) continue;
    const { level, spoken } = last;
    const { word, where } = spoken;
    if (word.kind === 'silent') continue;
    if (word.kind === 'doubt') {
      if (level === 'transaction') unread.push({ reference, why: `${where}: ${word.why}` });
      else doubtful.set(spoken, (doubtful.get(spoken) ?? 0) + 1);
      continue;
    }
    const { at, bankReference, amount } = spoken;
    const fact = { ...word, at, bankReference, sequence: given.sequence };
    items.push(amount ? { reference, fact, amount } : { reference, fact });
  }
  // One row for all of them: that it is about so many is what a person has to know.
  for (const [{ word, where }, count] of doubtful)
    if (word.kind === 'doubt') unread.push({ why: `${where}: ${word.why} (${count} payments)` });
  return { items, unread };
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
  if (one.word.kind !== 'rejected' || other.word.kind !== 'rejected')
    return one.word.kind !== 'doubt';
  return one.word.reason.code === other.word.reason.code;
}
