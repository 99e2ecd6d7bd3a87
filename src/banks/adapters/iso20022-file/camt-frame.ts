import { Money, officeDate, startOfOfficeDay } from '../../../kernel/index.js';
import { amountOf, dayIn, directionOf, required, timeIn } from './camt-values.js';
import { ourAccount } from './our-accounts.js';
import type { Days } from './statement-days.js';
import { broken, STATEMENT_FAULTS } from './statement-faults.js';
import type { XmlElement } from './xml-elements.js';

/** ISO 20022 ExternalBalanceType1Code. */
const OPENING = ['OPBD', 'PRCD'];
const CLOSING = ['CLBD'];
const INTERIM = 'ITBD';
const BETWEEN_PAGES = 'INTM';

interface Balance {
  readonly element: XmlElement;
  readonly code: string;
  readonly isBetweenPages: boolean;
}

export interface CamtFrame {
  readonly opening: Money;
  readonly closing: Money;
  readonly from: string;
  readonly to: string;
  readonly fromBalance: boolean;
  /** Whether it is a page that goes on from another, or is gone on with, by its balances. */
  readonly opensWithin: boolean;
  readonly closesWithin: boolean;
}

/** Our account of a statement or notice as our settings write it; undefined when it is none of ours. */
export function accountOf(group: XmlElement, accounts: readonly string[]): string | undefined {
  const id = group.child('Acct', 'Id');
  const written = [id?.textAt('Othr', 'Id'), id?.textAt('IBAN')].flatMap((text) => text ?? []);
  if (written.length === 0) throw broken(STATEMENT_FAULTS.missing('Acct/Id'), group.where);
  return written.map((text) => ourAccount(text, accounts)).find((account) => account !== undefined);
}

/** Balances and days of a statement by its first and last page, which may be one `Stmt`. @throws FileBroken */
export function frameOf({ first, last }: { first: XmlElement; last: XmlElement }): CamtFrame {
  const { opening } = balancesOf(first);
  const { closing } = balancesOf(last);
  if (!opening) throw broken(STATEMENT_FAULTS.missing('Bal OPBD'), first.where);
  if (!closing) throw broken(STATEMENT_FAULTS.missing('Bal CLBD'), last.where);
  return {
    opening: moneyOf(opening.element),
    closing: moneyOf(closing.element),
    opensWithin: opening.isBetweenPages,
    closesWithin: closing.isBetweenPages,
    ...(spanOf(first, closing) ?? {
      from: balanceDay(opening),
      to: balanceDay(closing),
      fromBalance: true,
    }),
  };
}

/** The days of a `Stmt`, also of a page of it; undefined where it does not say them. @throws FileBroken */
export function daysSaid(statement: XmlElement): Days | undefined {
  const { opening, closing } = balancesOf(statement);
  const span = spanOf(statement, closing);
  if (span || !opening || !closing) return span;
  return { from: balanceDay(opening), to: balanceDay(closing) };
}

function balancesOf(statement: XmlElement): {
  opening: Balance | undefined;
  closing: Balance | undefined;
} {
  const balances = statement.all('Bal').map((element): Balance => {
    const code = codeOf(element);
    const sub = element.textAt('Tp', 'SubTp', 'Cd') ?? element.textAt('Tp', 'SubTp', 'Prtry');
    return { element, code, isBetweenPages: code === INTERIM || sub === BETWEEN_PAGES };
  });
  const interim = balances.filter(({ code }) => code === INTERIM);
  const booked = (codes: readonly string[], sign: 1 | -1) =>
    codes.map((code) => outermost(balances, code, sign)).find((balance) => balance);
  const opening = booked(OPENING, 1) ?? interim[0];
  const closing = booked(CLOSING, -1) ?? interim.filter((balance) => balance !== opening).at(-1);
  return { opening, closing };
}

const codeOf = (balance: XmlElement): string =>
  balance.textAt('Tp', 'CdOrPrtry', 'Cd') ?? balance.textAt('Tp', 'CdOrPrtry', 'Prtry') ?? '';

/** The first (or, with -1, the last) of several days. @throws FileBroken when that day has two of them */
function outermost(balances: readonly Balance[], code: string, sign: 1 | -1): Balance | undefined {
  const found = balances.filter((balance) => balance.code === code);
  if (found.length < 2) return found[0];
  const dated = found
    .map((balance) => ({ balance, day: dayIn(required(balance.element, 'Dt')) }))
    .sort((one, other) => sign * (one.day < other.day ? -1 : one.day > other.day ? 1 : 0));
  const [first, second] = dated;
  if (!first || !second) return undefined;
  const isAnother = !moneyOf(first.balance.element).equals(moneyOf(second.balance.element));
  if (first.day === second.day && isAnother)
    throw broken(STATEMENT_FAULTS.twoBalances(code), second.balance.element.where);
  return first.balance;
}

function moneyOf(balance: XmlElement): Money {
  const amount = amountOf(required(balance, 'Amt'));
  const isOwed = directionOf(required(balance, 'CdtDbtInd')) === 'debit';
  return isOwed ? Money.zero(amount.currency).minus(amount) : amount;
}

const balanceDay = ({ element }: Balance): string => dayIn(required(element, 'Dt'));

/** The days that a `Stmt` says itself. */
function spanOf(
  statement: XmlElement,
  closing: Balance | undefined,
): Pick<CamtFrame, 'from' | 'to' | 'fromBalance'> | undefined {
  const span = statement.child('FrToDt');
  if (!span) return undefined;
  const from = officeDate(timeIn(required(span, 'FrDtTm')));
  const end = timeIn(required(span, 'ToDtTm'));
  const endDay = officeDate(end);
  // Midnight ends the day before; and a bank that means its own day with an offset of another says so by its balance.
  const isMidnight = end.getTime() === startOfOfficeDay(endDay).getTime() && endDay > from;
  const to = isMidnight ? officeDate(new Date(end.getTime() - 1)) : endDay;
  const closed = closing?.element.child('Dt') ? balanceDay(closing) : to;
  return { from, to: closed >= from && closed < to ? closed : to, fromBalance: false };
}
