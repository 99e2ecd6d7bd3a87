import { DateTime } from 'luxon';
import { InvalidValueError, Money, OFFICE_ZONE, type CurrencyCode } from '../../../kernel/index.js';
import { FileBroken } from '../../contract.js';
import { givenReference } from './our-reference.js';
import type { XmlElement } from './xml-elements.js';

/* Values of a status report, each in its form or not at all. */

const CURRENCIES: ReadonlySet<string> = new Set<CurrencyCode>(['VND', 'USD', 'LAK']);
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
/** Max35Text, of which all names of messages are. */
const LONGEST_NAME = 35;

/** In XML a dot is always the decimal point, so that zeros after it and before the first digit are nothing. */
export function moneyOf(text: string, currency: string): Money | undefined {
  if (!isCurrency(currency)) return undefined;
  try {
    return Money.of(text.replace(/^0+(?=\d)/, '').replace(/\.0*$/, ''), currency);
  } catch (error) {
    if (error instanceof InvalidValueError) return undefined;
    throw error;
  }
}

const isCurrency = (text: string): text is CurrencyCode => CURRENCIES.has(text);

/** Max15NumericText: zeros before it are nothing. */
export const countOf = (text: string): number | undefined =>
  /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** A name that stands for none (NOTPROVIDED) is none; one that is too long is no reference, and stays one. */
export const namedBy = (text: string | undefined): string | undefined =>
  text === undefined || text.length > LONGEST_NAME ? text : givenReference(text);

/** A time without an offset is the bank's own, which is the office's. */
export function instantOf(text: string | undefined): Date | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(text)) return undefined;
  const at = DateTime.fromISO(text, { zone: OFFICE_ZONE });
  const ms = at.toMillis();
  return at.isValid && ms >= EARLIEST && ms < LATEST ? at.toJSDate() : undefined;
}

/** @throws FileBroken */
export function instantAt(element: XmlElement, name: string): Date {
  const at = instantOf(nameAt(element, name));
  if (at) return at;
  const where = element.child(name)?.where ?? element.where;
  throw new FileBroken(
    { vi: `${name} không phải là thời điểm.`, en: `${name} is no time.` },
    where,
  );
}

/** @throws FileBroken */
export function nameAt(element: XmlElement, name: string): string {
  const text = element.textAt(name);
  if (text === undefined || text.length > LONGEST_NAME) throw missing(element, name);
  return text;
}

/** @throws FileBroken */
export function required(element: XmlElement | undefined, name: string): XmlElement {
  const found = element?.child(name);
  if (!found) throw missing(element, name);
  return found;
}

const missing = (element: XmlElement | undefined, name: string): FileBroken =>
  new FileBroken(
    { vi: `Thiếu ${name}, hoặc ${name} không đúng mẫu.`, en: `${name} is missing or malformed.` },
    element?.where ?? null,
  );

export const tooMany = (what: string, most: number): FileBroken['why'] => ({
  vi: `Tệp có nhiều hơn ${most} ${what}.`,
  en: `The file has more than ${most} ${what}.`,
});
