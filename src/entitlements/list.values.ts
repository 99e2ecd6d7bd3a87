import { InvalidValueError, Money, foldText, parsePeriod, tidyText } from '../kernel/index.js';
import type { Cell } from '../platform/spreadsheet/index.js';
import type { Rule } from './list.problems.js';

/**
 * How one cell becomes a value. Kind where the meaning is certain (full-width digits, blanks from web pages,
 * decomposed letters, look-alikes of Đ), strict where it is not (`1,624` is refused, never guessed).
 * Pure: the day on which it is read is an argument.
 */
export type Read<T> =
  | { readonly ok: true; readonly value: T; readonly warning?: Rule }
  | { readonly ok: false; readonly rule: Rule };

const good = <T>(value: T, warning?: Rule): Read<T> => ({ ok: true, value, warning });
const bad = (rule: Rule): { ok: false; rule: Rule } => ({ ok: false, rule });

// Zero-width characters, soft hyphens, control characters and halves of broken characters.
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff\u00ad]|(?![\t\n\r])\p{Cc}|\p{Cs}/gu;
/** An amount of more digits is a slip of the hand; the state budget has sixteen. */
const AMOUNT_DIGITS_MAX = 15;
/** Excel keeps fifteen digits of a number and turns the rest into zeros. */
const EXCEL_DIGITS_MAX = 15;
const BORN_FROM = '1890';
const TEXT_MAX = 140;

/** A text as it is stored: composed, single blanks, Đ written as Đ. */
export function cleanText(text: string): string {
  return tidyText(text.replace(INVISIBLE, ''))
    .replace(/[\u00d0\u0189]/g, 'Đ')
    .replace(/[\u00f0\u0256]/g, 'đ');
}

/** A code or number as it is read: half-width, no blanks around, no apostrophe that only means "text". */
export function cleanCode(text: string): string {
  return tidyText(text.normalize('NFKC').replace(INVISIBLE, ''))
    .replace(/^['’`]/, '')
    .trim();
}

export function readName(cell: Cell): Read<string> {
  const name = cleanText(cell.text);
  if (/^[=+\-@]/.test(name)) return bad('name.looks-like-formula');
  // Letters as a person counts them, and as the database does.
  const letters = [...name].length;
  if (letters < 2 || letters > TEXT_MAX) return bad('name.length');
  if (cell.kind !== 'text' || !/\p{L}{2,}|\p{L}[\s'.-]+\p{L}/u.test(name))
    return bad('name.letters');
  return good(name);
}

/** Twelve digits; nine (the old card) with a warning. A number cell has lost its zeros, and says so. */
export function readPersonalNumber(cell: Cell): Read<string> {
  const digits = cleanCode(cell.text).replace(/[\s.]/g, '');
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(cleanCode(cell.text))) return bad('number.scientific');
  if (!/^\d+$/.test(digits)) return bad('personal-number.digits');
  if (digits.length === 12) return good(digits);
  if (cell.kind === 'number' && digits.length < 12 && digits.length !== 9)
    return bad('personal-number.lost-zeros');
  if (digits.length === 9) return good(digits, 'personal-number.old-card');
  return bad('personal-number.length');
}

/** Whole đồng above nothing, as plain digits: `1624000`, `1.624.000`, `1 624 000 đ` or a number cell. */
export function readAmount(cell: Cell): Read<string> {
  const text = cleanCode(cell.text)
    .replace(/\s*(đồng|đ|vnđ|vnd)\.?$/iu, '')
    .trim();
  if (/^[-−–(]\s*\d/.test(text)) return bad('amount.negative');
  if (cell.kind === 'number') {
    if (text.includes('.')) return bad('amount.decimals');
    return /^\d+$/.test(text) ? amountOf(text) : bad('number.scientific');
  }
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(text)) return bad('number.scientific');
  if (/^\d{1,3}(,\d{3})+$/.test(text)) return bad('amount.ambiguous');
  if (/^\d{1,3}(\.\d{3})+$/.test(text) || /^\d{1,3}( \d{3})+$/.test(text))
    return amountOf(text.replace(/[. ]/g, ''));
  if (/^\d+$/.test(text)) return amountOf(text);
  if (/^[\d. ]+,\d{1,2}$|^\d+[.,]\d+$|^[\d,]+\.\d{1,2}$/.test(text)) return bad('amount.decimals');
  return bad('amount.digits');
}

function amountOf(digits: string): Read<string> {
  const plain = digits.replace(/^0+(?=\d)/, '');
  if (plain.length > AMOUNT_DIGITS_MAX) return bad('amount.too-large');
  const money = Money.of(plain);
  return money.isPositive() ? good(money.toString()) : bad('amount.zero');
}

/** dd/mm/yyyy (also with `-` or `.`), a date cell, or ISO 8601. Gives ISO 8601. */
export function readDate(cell: Cell): Read<string> {
  if (cell.kind === 'number') return bad('date.number-cell');
  const text = cleanCode(cell.text);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const local = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text);
  if (!iso && !local) return bad('date.form');
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : [local?.[4], local?.[3]?.padStart(2, '0'), local?.[1]?.padStart(2, '0')];
  const date = `${year}-${month}-${day}`;
  return isDay(date) ? good(date) : bad('date.impossible');
}

/** Whether the calendar has that day; a day that it has not comes back as another one. */
function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return (
    date >= '1000' && !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === date
  );
}

export function readDateOfBirth(cell: Cell, today: string): Read<string> {
  const text = cleanCode(cell.text);
  const read: Read<string> = /^\d{4}$/.test(text) ? good(text) : readDate(cell);
  if (!read.ok) return read;
  const year = read.value.slice(0, 4);
  const inTheFuture = read.value.length === 4 ? year > today.slice(0, 4) : read.value > today;
  return inTheFuture || year < BORN_FROM ? bad('birth.impossible') : read;
}

export function readDecisionDate(cell: Cell, today: string): Read<string> {
  const read = readDate(cell);
  return read.ok && read.value > today ? bad('decision.future') : read;
}

export function readAuthorisedUntil(cell: Cell, today: string): Read<string> {
  const read = readDate(cell);
  return read.ok && read.value < today ? bad('recipient.expired') : read;
}

/** `11/2026`, `Tháng 11/2026`, `2026`, `2026-D1`, `Đợt 1/2026`, or the first-of-month date Excel makes of it. */
export function readPeriod(cell: Cell): Read<string> {
  if (cell.kind === 'date')
    return cell.text.endsWith('-01') ? good(cell.text.slice(0, 7)) : bad('period.form');
  const folded = foldText(cleanCode(cell.text));
  const round = /^dot ([1-9])\s*[/-]?\s*(?:nam )?(\d{4})$/.exec(folded);
  const text = round
    ? `${round[2]}-D${round[1]}`
    : folded.replace(/^(thang|nam|ky) /, '').replace(/^(\d{1,2}) nam (\d{4})$/, '$1/$2');
  try {
    return good(parsePeriod(text));
  } catch (error) {
    if (error instanceof InvalidValueError) return bad('period.form');
    throw error;
  }
}

const KINDS: ReadonlyMap<string, EntitlementKind> = new Map([
  ['thuong xuyen', 'regular'],
  ['regular', 'regular'],
  ['truy linh', 'arrears'],
  ['arrears', 'arrears'],
  ['mot lan', 'one_off'],
  ['one off', 'one_off'],
]);

export type EntitlementKind = 'regular' | 'arrears' | 'one_off';

export function readKind(cell: Cell): Read<EntitlementKind> {
  const kind = KINDS.get(foldText(cleanCode(cell.text)).replace(/[_-]/g, ' '));
  return kind ? good(kind) : bad('kind.unknown');
}

export function readCommuneCode(cell: Cell): Read<string> {
  const code = cleanCode(cell.text);
  if (/^\d{5}$/.test(code)) return good(code);
  if (cell.kind === 'number' && /^\d{1,4}$/.test(code)) return bad('commune.lost-zeros');
  return bad('commune.form');
}

/** Six to nineteen digits or letters. Blanks that people put in to read it better are taken out. */
export function readAccountNumber(cell: Cell): Read<string> {
  const text = cleanCode(cell.text);
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(text)) return bad('number.scientific');
  const account = text.replace(/\s/g, '');
  if (!/^[0-9A-Za-z]{6,19}$/.test(account)) return bad('account.form');
  if (cell.kind !== 'number') return good(account);
  if (account.length > EXCEL_DIGITS_MAX) return bad('account.lost-digits');
  return good(account, 'account.number-cell');
}

export function readDecisionNumber(cell: Cell): Read<string> {
  const text = cleanText(cell.text);
  if (text.length > TEXT_MAX) return bad('text.length');
  return good(text);
}
