import { DateTime } from 'luxon';
import { Money, OFFICE_ZONE, type Bilingual } from '../../../kernel/index.js';
import type { Accepted, BankFact, Rejected, Settled } from '../../contract.js';
import { headingKey } from './headings.js';
import type { ResultOptions } from './options.js';

export type Fact = Settled | Accepted | Rejected;
export type Word =
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'nothing'; readonly why: Bilingual };

/**
 * A refusal for one of these does not say that nothing was paid: AB05 and AB06 are time-outs further down the line,
 * and a duplicate points to an original whose fate is the truth.
 */
const REASONS_THAT_TELL_NOTHING: ReadonlySet<string> = new Set([
  ...['AB05', 'AB06', 'AM05', 'DUPL'],
  ...['DU01', 'DU02', 'DU03', 'DU04', 'DU05'],
]);

/** ISO 20022: a reason in words only. */
const NARRATIVE = 'NARR';
const REASON_LONGEST = 200;

/** The meanings of a bank's words, ready to be asked row by row. */
export class BankWords {
  private readonly kinds: ReadonlyMap<string, Fact['kind']>;
  private readonly reasons: readonly { readonly contains: string; readonly code: string }[];

  constructor(private readonly options: ResultOptions) {
    const { settled, accepted, rejected } = options.words;
    this.kinds = new Map([
      ...settled.map((word) => [headingKey(word), 'settled'] as const),
      ...accepted.map((word) => [headingKey(word), 'accepted'] as const),
      ...rejected.map((word) => [headingKey(word), 'rejected'] as const),
    ]);
    this.reasons = options.reasons.map(({ contains, code }) => ({
      contains: headingKey(contains),
      code,
    }));
  }

  /** What a row says of its payment. Only a word that the bank's file lists says anything. */
  meaningOf(said: { status: string; reason: string; fact: BankFact }): Word {
    if (said.status === '') return nothing('chưa có trạng thái', 'has no status');
    const kind = this.kinds.get(headingKey(said.status));
    if (kind === undefined) {
      return nothing('trạng thái lạ, không đoán', 'the status is none of the bank’s listed words');
    }
    if (kind !== 'rejected') return { kind: 'fact', fact: { kind, ...said.fact } };
    if (said.reason === '' && this.options.columns.reason) {
      return nothing('từ chối mà không nêu lý do', 'refused without a reason');
    }
    const code = this.options.columns.reason ? this.codeOf(said.reason) : NARRATIVE;
    // "Timed out", "to be investigated": what nobody listed may say anything, and a refusal believed is paid anew.
    if (code === null) return nothing('lý do lạ, không đoán', 'its reason is none of the listed');
    if (REASONS_THAT_TELL_NOTHING.has(code)) {
      return nothing(
        `lý do ${code} không chứng tỏ là chưa chi`,
        `the reason ${code} does not say that nothing was paid`,
      );
    }
    const text = (said.reason || said.status).slice(0, REASON_LONGEST);
    return { kind: 'fact', fact: { kind, reason: { code, text }, ...said.fact } };
  }

  isListed(status: string): boolean {
    return this.kinds.has(headingKey(status));
  }

  private codeOf(reason: string): string | null {
    const key = headingKey(reason);
    return this.reasons.find(({ contains }) => key.includes(contains))?.code ?? null;
  }
}

/**
 * Amounts that can be read in one way only, however the bank writes others: several groups, groups by blanks, or no
 * groups and one or two zeros behind a point.
 */
const UNMISTAKABLE = [
  /^(\d{1,3}([.,])\d{3}(?:\2\d{3})+)(?:(?!\2)[.,]0{1,2})?$/,
  /^(\d{1,3}(?: \d{3})+)(?:[.,]0{1,2})?$/,
  /^(\d{4,18})[.,]0{1,2}$/,
];

/**
 * The amount in a cell: a number as the sheet keeps it, a text as the bank writes amounts. Null when it is neither;
 * `1.234` where groups are commas is refused, not guessed.
 */
export function amountOf(
  cell: { readonly kind: string; readonly text: string },
  { group, decimal }: ResultOptions['numbers'],
): Money | null {
  if (cell.kind === 'number') return moneyOf(/^(\d{1,18})(\.0+)?$/.exec(cell.text)?.[1]);
  const bare = cell.text
    .normalize('NFKC')
    .replace(/\s*(VN[DĐ]|đ|đồng|dong)\.?\s*$/iu, '')
    .trim();
  for (const form of UNMISTAKABLE) {
    const [, digits] = form.exec(bare) ?? [];
    if (digits !== undefined) return moneyOf(digits.replace(/\D/g, ''));
  }
  const [whole = '', fraction = '', ...more] = bare.split(decimal);
  // Three zeros behind the point are a group of somebody who writes the other way round.
  if (more.length > 0 || !/^0{0,2}$/.test(fraction)) return null;
  if (group === '' || !whole.includes(group)) return moneyOf(/^\d{1,18}$/.exec(whole)?.[0]);
  const [first = '', ...groups] = whole.split(group);
  const isGrouped = /^\d{1,3}$/.test(first) && groups.every((part) => /^\d{3}$/.test(part));
  return isGrouped ? moneyOf(`${first}${groups.join('')}`) : null;
}

const DAYS = ['dd/MM/yyyy', 'dd-MM-yyyy', 'yyyy-MM-dd'];

/** By when it surely had happened: its instant, or the end of a day that has no time. Null for what is neither. */
export function latestOf(text: string, formats: readonly string[]): Date | null {
  const at = instantOf(text, formats);
  if (at) return at;
  for (const format of DAYS) {
    const day = DateTime.fromFormat(text.trim(), format, { zone: OFFICE_ZONE });
    if (day.isValid) return day.endOf('day').toJSDate();
  }
  return null;
}

/** The instant in a cell; undefined for a day without a time, which says too little to order facts by. */
export function instantOf(text: string, formats: readonly string[]): Date | undefined {
  for (const format of formats) {
    const at = DateTime.fromFormat(text.trim(), format, { zone: OFFICE_ZONE });
    if (at.isValid) return at.toJSDate();
  }
  return undefined;
}

function moneyOf(digits: string | undefined): Money | null {
  return digits === undefined || digits.length > 18 ? null : Money.of(digits);
}

function nothing(vi: string, en: string): Word {
  return { kind: 'nothing', why: { vi, en } };
}
