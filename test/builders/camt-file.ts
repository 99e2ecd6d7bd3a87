import { ACCOUNT, closingOf, type ToldBooking, type ToldStatement } from './bank-statement.js';

const MADE_AT = '2026-11-21T06:00:00+07:00';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const tag = (name: string, ...inner: readonly (string | undefined)[]): string =>
  inner.every((part) => part === undefined)
    ? ''
    : `<${name}>${inner.join('')}</${name.split(' ')[0]}>`;

const text = (name: string, value: string | undefined): string =>
  value === undefined ? '' : tag(name, escaped(value));

export const amount = (digits: string): string => tag('Amt Ccy="VND"', digits);

const sideOf = ({ direction }: Pick<ToldBooking, 'direction'>): string =>
  text('CdtDbtInd', direction === 'credit' ? 'CRDT' : 'DBIT');

export function balance(code: string, digits: string, day: string): string {
  return tag(
    'Bal',
    tag('Tp', tag('CdOrPrtry', text('Cd', code))),
    amount(digits.replace('-', '')),
    sideOf({ direction: digits.startsWith('-') ? 'debit' : 'credit' }),
    tag('Dt', text('Dt', day)),
  );
}

/** A transaction of an entry; without an amount where it is the only one. */
export function txDtls(booking: ToldBooking, given: { withAmount?: boolean } = {}): string {
  const { reference, number, returnCode, words } = booking;
  return tag(
    'TxDtls',
    tag(
      'Refs',
      given.withAmount ? text('AcctSvcrRef', number) : '',
      text('EndToEndId', reference ?? 'NOTPROVIDED'),
    ),
    given.withAmount ? amount(booking.amount) + sideOf(booking) : '',
    returnCode === undefined
      ? words && tag('RmtInf', text('Ustrd', words))
      : tag('RtrInf', tag('Rsn', text('Cd', returnCode)), text('AddtlInf', words)),
  );
}

export interface EntryParts {
  /** `PDNG`, …; else it is booked. */
  readonly status?: string;
  /** In the place of its one transaction. */
  readonly details?: string;
  /** In the place of its amount. */
  readonly amount?: string;
}

export function entry(booking: ToldBooking, parts: EntryParts = {}): string {
  const { bookedAt, number, reversal } = booking;
  const when = text(bookedAt.includes('T') ? 'DtTm' : 'Dt', bookedAt);
  return tag(
    'Ntry',
    parts.amount ?? amount(booking.amount),
    sideOf(booking),
    reversal ? text('RvslInd', 'true') : '',
    tag('Sts', text('Cd', parts.status ?? 'BOOK')),
    tag('BookgDt', when),
    text('AcctSvcrRef', number),
    tag('BkTxCd', tag('Prtry', text('Cd', 'TRF'))),
    parts.details === '' ? '' : tag('NtryDtls', parts.details ?? txDtls(booking)),
  );
}

const account = (number: string): string => tag('Acct', tag('Id', tag('Othr', text('Id', number))));

export interface StatementParts {
  readonly balances?: string;
  readonly span?: string;
  readonly entries?: readonly string[];
  readonly closing?: string;
}

export function stmt(told: ToldStatement, parts: StatementParts = {}): string {
  const { from, to, opening, bookings } = told;
  const span = tag(
    'FrToDt',
    text('FrDtTm', `${from}T00:00:00+07:00`),
    text('ToDtTm', `${to}T23:59:59+07:00`),
  );
  return tag(
    'Stmt',
    text('Id', told.id),
    text('CreDtTm', MADE_AT),
    parts.span ?? span,
    account(told.account),
    parts.balances ??
      balance('OPBD', opening, from) + balance('CLBD', parts.closing ?? closingOf(told), to),
    ...(parts.entries ?? bookings.map((booking) => entry(booking))),
  );
}

const header = tag('GrpHdr', text('MsgId', 'M1'), text('CreDtTm', MADE_AT));

function document(version: string, message: string, ...inner: readonly string[]): string {
  const namespace = `urn:iso:std:iso:20022:tech:xsd:${version}`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${tag(
    `Document xmlns="${namespace}"`,
    tag(message, header, ...inner),
  )}\n`;
}

export const camt053 = (...statements: readonly (ToldStatement | string)[]): string =>
  document(
    'camt.053.001.08',
    'BkToCstmrStmt',
    ...statements.map((one) => (typeof one === 'string' ? one : stmt(one))),
  );

export const camt054 = (
  entries: readonly (ToldBooking | string)[],
  given: { account?: string } = {},
): string =>
  document(
    'camt.054.001.08',
    'BkToCstmrDbtCdtNtfctn',
    tag(
      'Ntfctn',
      text('Id', 'N1'),
      text('CreDtTm', MADE_AT),
      account(given.account ?? ACCOUNT),
      ...entries.map((one) => (typeof one === 'string' ? one : entry(one))),
    ),
  );
