import { foldText } from '../../../kernel/index.js';
import type { BankReason } from '../../contract.js';
import { REFUSALS_THAT_TELL_NOTHING, STATUS_WORDS } from '../../status-words.js';
import { ANY_REASON } from './options.js';

/** What one level of a report (a transaction, a block, the group) says, whoever it is about. */
export type Word =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'settled' }
  | { readonly kind: 'rejected'; readonly reason: BankReason }
  | LeaningWord
  /** It moves nothing; a person or a later file ends it. */
  | { readonly kind: 'doubt'; readonly why: string }
  /** Some below were accepted and some were not: each speaks for itself, and no level above speaks for it. */
  | { readonly kind: 'part' }
  /** It leaves it to the other levels. */
  | { readonly kind: 'silent' };

/** Half of a refusal, which is whole only below a level that is refused: it lacks its reason, or its status. */
export interface LeaningWord {
  readonly kind: 'leaning';
  readonly hasStatus: boolean;
  readonly reason: Partial<BankReason>;
  /** What is in doubt when no level above it is refused. */
  readonly why: string;
}

/** One StsRsnInf: a code of ISO 20022 or the bank's own, and its words. */
export interface GivenReason {
  readonly code?: string;
  readonly own?: string;
  readonly texts: readonly string[];
}

/** The bank's own reasons as codes of ISO 20022, by `options.reasons`. */
export type Translations = Readonly<Record<string, string>>;

interface Given {
  readonly status: string | undefined;
  readonly reasons: readonly GivenReason[];
}

const LONGEST_TEXT = 500;
const LONGEST_QUOTE = 35;

/**
 * Codes behind which a bank puts all that has no code of its own (MS02, MS03: no reason is told); what it is stands in
 * their words alone.
 */
const CATCH_ALL: ReadonlySet<string> = new Set(['NARR', 'MS02', 'MS03']);
/** Folded: duplicates and time-outs as banks here write them; "tra soát" asks for the original to be looked into. */
const WORDS_THAT_TELL_NOTHING = /duplic|trung|timed? ?out|(qua|het) thoi gian|tra soat/;

/** Whether it says that nothing was paid. CANC: somebody had it cancelled; before or after, a report does not say. */
export const isRefusal = (status: string): boolean =>
  STATUS_WORDS.get(status) === 'rejected' && status !== 'CANC';

/** The word of a group or a block. */
export function levelWord(given: Given, translations: Translations): Word {
  if (given.status === undefined) return { kind: 'silent' };
  return given.status === 'PART' ? { kind: 'part' } : transactionWord(given, translations);
}

/**
 * The word of one transaction. What is not listed, or points elsewhere, is a doubt: a refusal that is believed is a
 * payment that will be made anew.
 */
export function transactionWord({ status, reasons }: Given, translations: Translations): Word {
  if (status === undefined) return withoutStatus(reasons, translations);
  const meaning = STATUS_WORDS.get(status);
  switch (meaning) {
    case 'accepted':
    case 'settled':
      return { kind: meaning };
    case 'rejected':
      if (!isRefusal(status))
        return doubt(`${status}: who cancelled it, and before what, is not said`);
      return refusalOf(status, reasons, translations);
    case 'returned':
      return doubt(`${status}: that money came back is shown by a statement only`);
    case undefined:
      return doubt(`the status ${quoted(status)} is not listed`);
  }
}

/** TxSts is optional: a row without it repeats the order, or says why the level above refuses it. */
function withoutStatus(reasons: readonly GivenReason[], translations: Translations): Word {
  const saysNothing = reasons.every(
    ({ code, own, texts }) => (code ?? own) === undefined && texts.join('') === '',
  );
  if (saysNothing) return { kind: 'silent' };
  const why = 'it has a reason and no status';
  const word = refusalOf('RJCT', reasons, translations);
  if (word.kind === 'doubt') return doubt(`${why}: ${word.why}`);
  return { kind: 'leaning', hasStatus: false, reason: word.reason, why };
}

function refusalOf(
  status: string,
  reasons: readonly GivenReason[],
  translations: Translations,
): Extract<Word, { kind: 'rejected' | 'leaning' | 'doubt' }> {
  const codes: string[] = [];
  let isInWords = false;
  for (const { code, own } of reasons) {
    if (code === undefined && own === undefined) continue;
    const known = code ?? translated(own ?? '', translations);
    if (known === undefined)
      return doubt(`${status} for ${quoted(own ?? '')}, which options.reasons does not list`);
    if (!/^[A-Z0-9]{4}$/.test(known))
      return doubt(`${status} for ${quoted(known)}, which is no code`);
    if (REFUSALS_THAT_TELL_NOTHING.has(known))
      return doubt(`${status} for ${known}: the original's status is the truth`);
    isInWords ||=
      CATCH_ALL.has(known) || (code === undefined && !Object.hasOwn(translations, own ?? ''));
    codes.push(known);
  }
  const [code] = codes;
  const tellsNothing = code === undefined || isInWords ? wordThatTellsNothing(reasons) : undefined;
  if (tellsNothing !== undefined)
    return doubt(`${status} with "${tellsNothing}" in its words: the original is the truth`);
  const text = textOf(reasons);
  const told = text === '' ? {} : { text };
  if (code !== undefined) return { kind: 'rejected', reason: { code, ...told } };
  return { kind: 'leaning', hasStatus: true, reason: told, why: `${status} without a reason` };
}

/**
 * That word alone: others may be names. Joined both ways, since a bank cuts what is longer than one line of 105
 * characters wherever that ends.
 */
function wordThatTellsNothing(reasons: readonly GivenReason[]): string | undefined {
  const said = wordsOf(reasons);
  return [' ', '']
    .map((between) => foldText(said.join(between)).replace(/[^a-z0-9]+/g, ' '))
    .map((words) => WORDS_THAT_TELL_NOTHING.exec(words)?.[0])
    .find((word) => word !== undefined);
}

function translated(own: string, translations: Translations): string | undefined {
  if (Object.hasOwn(translations, own)) return translations[own];
  // Some banks write codes of ISO 20022 where their own belong; a time-out stays one.
  if (REFUSALS_THAT_TELL_NOTHING.has(own)) return own;
  return Object.hasOwn(translations, ANY_REASON) ? translations[ANY_REASON] : undefined;
}

const wordsOf = (reasons: readonly GivenReason[]): string[] =>
  reasons.flatMap(({ own, texts }) => [...(own === undefined ? [] : [own]), ...texts]);

const textOf = (reasons: readonly GivenReason[]): string =>
  cut(clean(wordsOf(reasons).join(' ')), LONGEST_TEXT);

const doubt = (why: string) => ({ kind: 'doubt', why }) as const;

/** A bank's word within a sentence of ours. */
export const quoted = (text: string): string => cut(clean(text), LONGEST_QUOTE);

/** Between characters, never within one. */
const cut = (text: string, length: number): string =>
  text.length > length ? `${[...text].slice(0, length - 1).join('')}…` : text;

/** Without what breaks logs and cannot be stored. */
const clean = (text: string): string =>
  text
    .slice(0, 4 * LONGEST_TEXT)
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ')
    .trim();
