import { Money } from '../../../kernel/index.js';
import { beginningOf, dateOf, dayOf, instantOf } from './statement-days.js';
import { broken, STATEMENT_FAULTS } from './statement-faults.js';
import type { XmlElement } from './xml-elements.js';

/** Whole đồng, also where a bank writes decimals that are zeros. */
const WHOLE_DONG = /^(\d{1,18})(?:\.0*)?$/;
const OFFICE_CURRENCY = 'VND';

/** The element at that path. @throws FileBroken */
export function required(element: XmlElement, ...path: readonly string[]): XmlElement {
  const found = element.child(...path);
  if (!found || (found.text === '' && found.children.length === 0))
    throw broken(STATEMENT_FAULTS.missing(path.join('/')), element.where);
  return found;
}

/** The whole đồng of an `Amt`. @throws FileBroken */
export function amountOf(amount: XmlElement): Money {
  const currency = amount.attributes.get('Ccy') ?? '';
  if (currency !== OFFICE_CURRENCY) throw broken(STATEMENT_FAULTS.currency(currency), amount.where);
  const [, digits] = WHOLE_DONG.exec(amount.text) ?? [];
  if (digits === undefined) throw broken(STATEMENT_FAULTS.amount(amount.text), amount.where);
  return Money.of(digits);
}

/** An amount that is told beside the booked one: undefined where it is none in đồng. */
export function amountBeside(amount: XmlElement | undefined): Money | undefined {
  if (amount?.attributes.get('Ccy') !== OFFICE_CURRENCY) return undefined;
  const [, digits] = WHOLE_DONG.exec(amount.text) ?? [];
  return digits === undefined ? undefined : Money.of(digits);
}

/** @throws FileBroken */
export function directionOf(indicator: XmlElement): 'debit' | 'credit' {
  if (indicator.text === 'DBIT') return 'debit';
  if (indicator.text === 'CRDT') return 'credit';
  throw broken(STATEMENT_FAULTS.direction(indicator.text), indicator.where);
}

/** @throws FileBroken */
export function isSaid(indicator: XmlElement | undefined): boolean {
  const text = indicator?.text ?? '';
  if (text === '' || text === 'false' || text === '0') return false;
  if (text === 'true' || text === '1') return true;
  throw broken(STATEMENT_FAULTS.indicator(text), indicator?.where ?? '');
}

/** The instant of a `Dt` or `DtTm` in there: a day begins when it begins at the office. @throws FileBroken */
export function timeIn(element: XmlElement): Date {
  const day = element.textAt('Dt');
  const text = element.textAt('DtTm') ?? day ?? element.text;
  const date = day === undefined ? null : dateOf(day);
  const at = date !== null && text === day ? beginningOf(date) : instantOf(text);
  if (!at) throw broken(STATEMENT_FAULTS.date(text), element.where);
  return at;
}

/** The office's date of it. @throws FileBroken */
export const dayIn = (element: XmlElement): string => dayOf(timeIn(element));
