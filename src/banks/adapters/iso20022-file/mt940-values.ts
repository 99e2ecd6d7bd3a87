import type { BankReason } from '../../contract.js';
import { Money } from '../../../kernel/index.js';
import { keptText, reasonOf, type Booking } from './booking.js';
import type { SwiftField } from './mt940-fields.js';
import { givenReference, referenceAmong } from './our-reference.js';
import { beginningOf, bookedWithin, dateOf, instantOf, type Days } from './statement-days.js';
import { broken, STATEMENT_FAULTS } from './statement-faults.js';

const OFFICE_CURRENCY = 'VND';
const CENTURY_TURNS = 80;
const BALANCE = /^([CD])(\d{6})([A-Z]{3})(.+)$/;
/** Reasons of ISO 20022 for which a payment comes back, wherever they stand. */
const BARE_CODE = /\b(?:AC|AM|BE|MD|MS|RC|RR|AG|FF)\d\d\b/g;
/** Markers of subfields: `?21`. */
const SUBFIELD = /\?\d\d/g;
/** Value date, entry date, mark, funds code, amount, type, then references. */
const ENTRY = /^(\d{6})(\d{4})?(R[CD]|E[CD]|[CD])([A-Z])?([\d.,]+)([A-Z][A-Z0-9]{3})(.*)$/;
/** SWIFT writes a comma always, and đồng have no decimals. */
const WHOLE_DONG = /^(\d{1,15})(?:,0{0,2})?$/;
/** SWIFT: returned item. */
const RETURNED = 'NRTI';
const RETURN_WORD = /\/(?:RTRN|RTN|RETN)\/|\bRTRN\b|\bRETURN(?:ED)?\b|\bHOAN TRA\b/;
/** SWIFT names the field that was wrong before the reason: `/RETN/59/AC04/`. */
const RETURN_CODE =
  /(?:\/(?:RTRN|RTN|RETN|RSN)\/(?:\d\d[A-Z]?\/)?|\b(?:RTRN|RETURN|REASON|HOAN TRA|LY DO)\b[^A-Z0-9]{0,10})([A-Z]{2}\d{2}|NARR|DUPL|FOCR|AGNT|CURR|CUST)(?![A-Z0-9])/;

export interface SwiftBalance {
  readonly money: Money;
  /** ISO 8601 date. */
  readonly day: string;
}

export const placeOf = ({ tag, line }: SwiftField): string => `line ${line}, :${tag}:`;

export const textOf = ({ lines }: SwiftField): string => (lines[0] ?? '').trim();

/** @throws FileBroken */
export function balanceIn(field: SwiftField): SwiftBalance {
  const [, mark, date = '', currency = '', digits = ''] = BALANCE.exec(textOf(field)) ?? [];
  if (mark === undefined)
    throw broken(STATEMENT_FAULTS.form(`:${field.tag}:`, textOf(field)), placeOf(field));
  if (currency !== OFFICE_CURRENCY)
    throw broken(STATEMENT_FAULTS.currency(currency), placeOf(field));
  const amount = amountIn(digits, field);
  return {
    money: mark === 'D' ? Money.zero(amount.currency).minus(amount) : amount,
    day: dayIn(date, field),
  };
}

/** The day of a balance; undefined where it is none. */
export function balanceDay(field: SwiftField): string | undefined {
  const [, , date = ''] = BALANCE.exec(textOf(field)) ?? [];
  return dateIn(date) ?? undefined;
}

/** Whether a field 61 says its value date only. */
export const saysNoEntryDate = (field: SwiftField): boolean => /^\d{6}\D/.test(textOf(field));

/** Date and time indication `:13D:`, undefined where it is none. */
export function madeAtIn(field: SwiftField): Date | undefined {
  const [, yy, mm, dd, hour, minute, sign, zone, zoneMinute] =
    /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)([+-])(\d\d)(\d\d)$/.exec(textOf(field)) ?? [];
  if (zoneMinute === undefined) return undefined;
  const written = `${yearOf(yy ?? '')}-${mm}-${dd}T${hour}:${minute}:00${sign}${zone}:${zoneMinute}`;
  return instantOf(written) ?? undefined;
}

/**
 * The booking of a field 61 with the 86 after it. @param given `days`: those of its statement.
 * @returns undefined for an entry that is only expected. @throws FileBroken
 */
export function swiftBooking(
  field: SwiftField,
  given: {
    account: string;
    about?: SwiftField;
    days?: Days;
    reasons: Readonly<Record<string, string>>;
  },
): Booking | undefined {
  const found = ENTRY.exec(textOf(field));
  if (!found) throw broken(STATEMENT_FAULTS.form(':61:', textOf(field)), placeOf(field));
  const [, value = '', entryDay, mark = '', , digits = '', type, references = ''] = found;
  const amount = amountIn(digits, field);
  if (mark.startsWith('E')) return undefined;
  const reversal = mark.startsWith('R');
  // The reversal of a debit comes in, that of a credit goes out.
  const direction = (mark.endsWith('C') ? !reversal : reversal) ? 'credit' : 'debit';
  const [customer, ...others] = references.split('//');
  const number = others.length > 0 ? givenReference(others.join('//').trim()) : undefined;
  const about = (given.about?.lines ?? []).join('');
  const wordings = wordingsOf(given.about?.lines ?? []);
  const saysReturn = wordings.some((text) => RETURN_WORD.test(text));
  const isReturn = direction === 'credit' && (type === RETURNED || reversal || saysReturn);
  const isOurs = direction === 'debit' || isReturn || reversal;
  const reference =
    referenceAmong([customer, number, field.lines.slice(1).join(''), about]) ??
    (isOurs ? givenReference(endToEndIn(about)) : undefined);
  return {
    account: given.account,
    direction,
    amount,
    reversal,
    bookedAt: beginningOf(bookedOn({ value, entryDay, days: given.days }, field)),
    ...(reference !== undefined && { reference }),
    ...(number !== undefined && { bookingNumber: number, bankReference: keptText(number) }),
    ...(isReturn && returnReason({ wordings, reference }, given.reasons)),
  };
}

/** A text as it may be meant: a line or a subfield ends within a word with some banks, and between two with others. */
const wordingsOf = (lines: readonly string[]): readonly string[] => [
  lines.join(''),
  lines.join(' ').replace(SUBFIELD, ' '),
  lines.join('').replace(SUBFIELD, ''),
];

function returnReason(
  given: { wordings: readonly string[]; reference?: string },
  reasons: Readonly<Record<string, string>>,
): { returnReason?: BankReason } {
  const { wordings } = given;
  const named = wordings.flatMap((text) => RETURN_CODE.exec(text)?.[1] ?? []);
  const code = named[0] ?? onlyCode(given);
  if (code === undefined) return {};
  const [, words] = /\/ADDI\/([^/]*)/.exec(wordings[0] ?? '') ?? [];
  return { returnReason: reasonOf({ code, words }, reasons) };
}

/** The reason that a return gives without a word before it. A piece of our reference, cut at the end of a line, is none. */
function onlyCode({
  wordings,
  reference = '',
}: {
  wordings: readonly string[];
  reference?: string;
}): string | undefined {
  const codes = new Set(wordings.flatMap((text) => text.match(BARE_CODE) ?? []));
  const [only, another] = [...codes].filter((code) => !reference.includes(code));
  return another === undefined ? only : undefined;
}

/** `/EREF/…/` or, in subfields, `EREF+…`. */
function endToEndIn(about: string): string | undefined {
  const plain = about.replace(SUBFIELD, '');
  const [, slashed] = /\/EREF\/([^/]+)/.exec(plain) ?? [];
  const [, plussed] = /\bEREF\+(.+?)(?=[A-Z]{4}\+|$)/.exec(plain) ?? [];
  return (slashed ?? plussed)?.trim();
}

function amountIn(text: string, field: SwiftField): Money {
  const [, digits] = WHOLE_DONG.exec(text) ?? [];
  if (digits === undefined) throw broken(STATEMENT_FAULTS.amount(text), placeOf(field));
  return Money.of(digits);
}

/** @param yymmdd as SWIFT writes dates */
function dayIn(yymmdd: string, field: SwiftField): string {
  const date = dateIn(yymmdd);
  if (date === null) throw broken(STATEMENT_FAULTS.date(yymmdd), placeOf(field));
  return date;
}

function dateIn(yymmdd: string): string | null {
  const [, yy = '', mm = '', dd = ''] = /^(\d\d)(\d\d)(\d\d)$/.exec(yymmdd) ?? [];
  return dateOf(`${yearOf(yy)}-${mm}-${dd}`);
}

const yearOf = (yy: string): number => (Number(yy) < CENTURY_TURNS ? 2000 : 1900) + Number(yy);

/** The entry date has no year: it is the one nearest to the value date. */
function bookedOn(
  said: { value: string; entryDay: string | undefined; days: Days | undefined },
  field: SwiftField,
): string {
  const { entryDay: mmdd, days: ofStatement } = said;
  const valueDay = dayIn(said.value, field);
  if (mmdd === undefined) return bookedWithin(valueDay, ofStatement);
  const [month, date] = [mmdd.slice(0, 2), mmdd.slice(2)];
  if (valueDay.endsWith(`-${month}-${date}`)) return valueDay;
  const year = Number(valueDay.slice(0, 4));
  const far = (day: string) => Math.abs(Date.parse(day) - Date.parse(valueDay));
  const days = [year - 1, year, year + 1].flatMap((of) => dateOf(`${of}-${month}-${date}`) ?? []);
  const [nearest] = days.sort((one, other) => far(one) - far(other));
  if (nearest === undefined) throw broken(STATEMENT_FAULTS.date(mmdd), placeOf(field));
  return nearest;
}
