import { DateTime } from 'luxon';
import { foldText, Money, OFFICE_ZONE, tidyText } from '../kernel/index.js';
import type { FileRule } from './statement-file.problems.js';

// How a cell of a statement's file becomes a value: kind where the meaning is certain (full-width digits, blanks of
// web pages), strict where it is not. `1,234` is refused and never guessed, as in the lists of entitlements.

export type Read<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly rule: FileRule };

const good = <T>(value: T): Read<T> => ({ ok: true, value });
const bad = (rule: FileRule): { ok: false; rule: FileRule } => ({ ok: false, rule });

/** An amount of more digits is a slip of the hand; the state budget has sixteen. */
const AMOUNT_DIGITS_MAX = 18;
const CELL_MAX = 500;
const ID_MAX = 140;
const FORMULA = /^\s*[=+\-@]/;
const SCIENTIFIC = /^\d+([.,]\d+)?e\+?\d+$/i;

/** A cell without blanks around, full-width letters made half-width. */
export function cleanCell(text: string): string {
  return tidyText(text.normalize('NFKC'));
}

/** What no text may be; null when it is fine. Empty is fine. */
export function faultOfText(text: string): FileRule | null {
  if (text.length > CELL_MAX) return 'cell.too-long';
  return FORMULA.test(text) ? 'cell.formula' : null;
}

/** An id as it is written: never a number that a spreadsheet has rounded. */
export function readId(text: string): Read<string> {
  if (text === '') return bad('cell.missing');
  if (text.length > ID_MAX) return bad('cell.too-long');
  return SCIENTIFIC.test(text) ? bad('cell.scientific') : good(text);
}

export function readOptionalId(text: string): Read<string | null> {
  return text === '' ? good(null) : readId(text);
}

export type RecordKind = 'opening' | 'entry' | 'closing';
const RECORDS: ReadonlyMap<string, RecordKind> = new Map([
  ['opening', 'opening'],
  ['so du dau', 'opening'],
  ['so du dau ky', 'opening'],
  ['dau ky', 'opening'],
  ['entry', 'entry'],
  ['phat sinh', 'entry'],
  ['giao dich', 'entry'],
  ['closing', 'closing'],
  ['so du cuoi', 'closing'],
  ['so du cuoi ky', 'closing'],
  ['cuoi ky', 'closing'],
]);

export function readRecord(text: string): Read<RecordKind> {
  if (text === '') return bad('cell.missing');
  const record = RECORDS.get(foldText(text));
  return record ? good(record) : bad('record.unknown');
}

const DIRECTIONS: ReadonlyMap<string, 'debit' | 'credit'> = new Map([
  ['debit', 'debit'],
  ['d', 'debit'],
  ['no', 'debit'],
  ['ghi no', 'debit'],
  ['credit', 'credit'],
  ['c', 'credit'],
  ['co', 'credit'],
  ['ghi co', 'credit'],
]);

export function readDirection(text: string): Read<'debit' | 'credit'> {
  if (text === '') return bad('cell.missing');
  const direction = DIRECTIONS.get(foldText(text));
  return direction ? good(direction) : bad('direction.unknown');
}

/** Whole đồng: `1624000`, `1.624.000`, `1 624 000 đ`. A balance may be nothing or less. */
export function readAmount(text: string, kind: 'entry' | 'balance'): Read<Money> {
  if (text === '') return bad('cell.missing');
  const bare = text.replace(/\s*(đồng|đ|vnđ|vnd)\.?$/iu, '').trim();
  const negative = /^[-−–]\s*\d/.test(bare);
  if (negative && kind === 'entry') return bad('amount.negative');
  if (!negative && FORMULA.test(bare)) return bad('cell.formula');
  const digits = readDigits(negative ? bare.replace(/^[-−–]\s*/, '') : bare);
  if (!digits.ok) return digits;
  if (digits.value.length > AMOUNT_DIGITS_MAX) return bad('amount.too-large');
  const money = Money.of(digits.value);
  if (kind === 'entry' && money.isZero()) return bad('amount.zero');
  return good(negative ? Money.zero().minus(money) : money);
}

function readDigits(text: string): Read<string> {
  const plain = (digits: string) => good(digits.replace(/^0+(?=\d)/, ''));
  if (SCIENTIFIC.test(text)) return bad('cell.scientific');
  if (/^\d{1,3}(,\d{3})+$/.test(text)) return bad('amount.ambiguous');
  if (/^\d{1,3}(\.\d{3})+$/.test(text) || /^\d{1,3}( \d{3})+$/.test(text))
    return plain(text.replace(/[. ]/g, ''));
  if (/^\d+$/.test(text)) return plain(text);
  if (/^[\d. ]+,\d{1,2}$|^\d+[.,]\d+$|^[\d,]+\.\d{1,2}$/.test(text)) return bad('amount.decimals');
  return bad('amount.digits');
}

/** Empty means đồng. */
export function readCurrency(text: string): Read<'VND'> {
  return ['', 'VND', 'VNĐ', 'Đ', 'ĐỒNG'].includes(text.toUpperCase())
    ? good('VND')
    : bad('currency.unknown');
}

/** ISO 8601 date from `dd/mm/yyyy` or `yyyy-mm-dd`. */
export function readDay(text: string): Read<string> {
  if (text === '') return bad('cell.missing');
  const day = partsOf(text);
  if (!day || day.clock !== '') return bad('date.form');
  return DateTime.fromISO(day.date, { zone: 'utc' }).isValid
    ? good(day.date)
    : bad('date.impossible');
}

/** A day of the office with or without a time, or an instant that names its own zone. */
export function readInstant(text: string): Read<Date> {
  if (text === '') return bad('cell.missing');
  const parts = partsOf(text);
  if (!parts) return bad('date.form');
  const { date, clock, zone } = parts;
  const iso = `${date}T${clock === '' ? '00:00' : clock}${zone}`;
  const instant = DateTime.fromISO(iso, { zone: OFFICE_ZONE });
  return instant.isValid ? good(instant.toJSDate()) : bad('date.impossible');
}

const DAY = /^(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\/(\d{1,2})\/(\d{4}))/;
const CLOCK = /^(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,6})?)?)?(Z|[+-]\d{2}:?\d{2})?$/;

function partsOf(text: string): { date: string; clock: string; zone: string } | null {
  const day = DAY.exec(text);
  if (!day) return null;
  const clock = CLOCK.exec(text.slice(day[0].length));
  if (!clock) return null;
  const [, hour, minute, second = '00', zone = ''] = clock;
  // A zone without a time of day says nothing.
  if (zone !== '' && hour === undefined) return null;
  const two = (part: string | undefined) => (part ?? '').padStart(2, '0');
  const date = day[1] ? `${day[1]}-${day[2]}-${day[3]}` : `${day[6]}-${two(day[5])}-${two(day[4])}`;
  return { date, clock: hour === undefined ? '' : `${two(hour)}:${minute}:${second}`, zone };
}

export function readReturnCode(text: string): Read<string | null> {
  if (text === '') return good(null);
  const code = text.toUpperCase();
  return /^[A-Z0-9]{4}$/.test(code) ? good(code) : bad('return-code.form');
}

const YES = ['true', '1', 'yes', 'x', 'có', 'đảo'];
const NOT = ['', 'false', '0', 'no', 'không'];

export function readReversal(text: string): Read<boolean> {
  const said = text.toLowerCase();
  if (YES.includes(said)) return good(true);
  return NOT.includes(said) ? good(false) : bad('reversal.unknown');
}
