import type { BankReason } from '../../contract.js';
import { Money } from '../../../kernel/index.js';
import { keptText, reasonOf, type Booking } from './booking.js';
import { amountBeside, amountOf, directionOf, isSaid, required, timeIn } from './camt-values.js';
import { givenReference, referenceAmong } from './our-reference.js';
import { beginningOf, bookedWithin, dayOf, type Days } from './statement-days.js';
import type { XmlElement } from './xml-elements.js';

/** ISO 20022 bank transaction codes of a payment that comes back: sub-families of received transfers. */
const RETURNS = new Set(['RRTN', 'RPCR']);

/** What an `Ntry` says of all in it. */
export interface CamtEntry {
  readonly element: XmlElement;
  readonly account: string;
  readonly direction: 'debit' | 'credit';
  readonly amount: Money;
  readonly bookedAt: Date;
  readonly reversal: boolean;
  readonly number?: string;
}

/** A booking as camt tells of it. */
export interface CamtBooking extends Booking {
  /** A credit that gives a payment back, by its bank transaction code or its return information. */
  readonly givesBack: boolean;
  /** What is said of it in words. */
  readonly words?: string;
  readonly where: string;
}

/** `BOOK`, `PDNG`, …: where it stands also in older versions; undefined when it is not said. */
export const statusOf = (entry: XmlElement): string | undefined =>
  entry.textAt('Sts', 'Cd') ?? entry.textAt('Sts', 'Prtry') ?? entry.textAt('Sts');

/**
 * @param entry as far as it was read: what stands before its details.
 * @param of `days`: those of its statement, where it has any. @throws FileBroken
 */
export function entryFrom(
  entry: XmlElement,
  of: { account: string; days: () => Days | undefined },
): CamtEntry {
  return {
    element: entry,
    account: of.account,
    direction: directionOf(required(entry, 'CdtDbtInd')),
    amount: amountOf(required(entry, 'Amt')),
    bookedAt: bookedAt(entry, of.days),
    reversal: isSaid(entry.child('RvslInd')),
    number: givenReference(entry.textAt('AcctSvcrRef')),
  };
}

function bookedAt(entry: XmlElement, daysOf: () => Days | undefined): Date {
  const value = entry.child('ValDt');
  if (entry.child('BookgDt') || !value) return timeIn(required(entry, 'BookgDt'));
  const at = timeIn(value);
  const day = dayOf(at);
  const booked = bookedWithin(day, daysOf());
  return booked === day ? at : beginningOf(booked);
}

/** What one of many transactions of an entry moved: undefined when its amount is not told. */
export function movementOf(
  entry: CamtEntry,
  details: XmlElement,
): Pick<Booking, 'direction' | 'amount'> | undefined {
  const amount =
    amountBeside(details.child('Amt')) ??
    amountBeside(details.child('AmtDtls', 'TxAmt', 'Amt')) ??
    amountBeside(details.child('AmtDtls', 'InstdAmt', 'Amt'));
  const indicator = details.child('CdtDbtInd');
  if (!amount) return undefined;
  return { amount, direction: indicator ? directionOf(indicator) : entry.direction };
}

/**
 * @param given `details`: the transaction, where the entry tells of one; `moved`: what it moved, where it is one of many.
 */
export function bookingOf(
  entry: CamtEntry,
  given: {
    details?: XmlElement;
    moved?: Pick<Booking, 'direction' | 'amount'>;
    reasons: Readonly<Record<string, string>>;
  },
): CamtBooking {
  const { details, moved } = given;
  const { direction, amount } = moved ?? entry;
  const ownNumber = givenReference(details?.textAt('Refs', 'AcctSvcrRef'));
  const numbers = [entry.number, moved && ownNumber].filter((number) => number !== undefined);
  const isCredit = direction === 'credit';
  const reason = isCredit ? returnReasonOf(details, given.reasons) : undefined;
  const givesBack = isCredit && (reason !== undefined || saysReturn(entry.element, details));
  const reference = referenceOf({
    entry,
    details,
    isOurs: !isCredit || givesBack || entry.reversal,
  });
  const bankReference = keptText(ownNumber ?? entry.number);
  return {
    account: entry.account,
    direction,
    amount,
    bookedAt: entry.bookedAt,
    reversal: entry.reversal,
    givesBack,
    where: (details ?? entry.element).where,
    ...(reference !== undefined && { reference }),
    ...(numbers.length > 0 && { bookingNumber: numbers.join(' ') }),
    ...(bankReference !== undefined && { bankReference }),
    ...(reason && { returnReason: reason }),
    words: keptText(
      [
        details?.textAt('RtrInf', 'AddtlInf'),
        details?.textAt('AddtlTxInf'),
        entry.element.textAt('AddtlNtryInf'),
      ].find((text) => text !== undefined),
    ),
  };
}

function returnReasonOf(
  details: XmlElement | undefined,
  reasons: Readonly<Record<string, string>>,
): BankReason | undefined {
  const returned = details?.child('RtrInf');
  if (!returned) return undefined;
  const words = returned.all('AddtlInf').map(({ text }) => text);
  return reasonOf(
    {
      code: returned.textAt('Rsn', 'Cd'),
      own: returned.textAt('Rsn', 'Prtry'),
      words: words.length > 0 ? words.join(' ') : undefined,
    },
    reasons,
  );
}

function saysReturn(entry: XmlElement, details: XmlElement | undefined): boolean {
  return [details, entry].some((element) =>
    RETURNS.has(element?.textAt('BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd') ?? ''),
  );
}

/**
 * Our reference: wherever a bank puts it, by its form; else the EndToEndId as it is. That of a credit which gives
 * nothing back is its payer's own.
 */
function referenceOf(given: {
  entry: CamtEntry;
  details: XmlElement | undefined;
  isOurs: boolean;
}): string | undefined {
  const { details } = given;
  const entry = given.entry.element;
  const refs = details?.child('Refs');
  const remittance = details?.child('RmtInf');
  const structured = remittance?.all('Strd') ?? [];
  const named = [refs?.textAt('EndToEndId'), refs?.textAt('OrgnlEndToEndId')];
  const texts = [
    ...named,
    refs?.textAt('InstrId'),
    refs?.textAt('TxId'),
    ...(refs?.all('Prtry') ?? []).map((own) => own.textAt('Ref')),
    ...structured.flatMap((one) => [
      one.textAt('CdtrRefInf', 'Ref'),
      ...one.all('AddtlRmtInf').map(({ text }) => text),
    ]),
    // A long text comes in pieces, and a reference may be cut between them.
    remittance
      ?.all('Ustrd')
      .map(({ text }) => text)
      .join(''),
    ...(details?.child('RtrInf')?.all('AddtlInf') ?? []).map(({ text }) => text),
    details?.textAt('AddtlTxInf'),
    entry.textAt('NtryRef'),
    entry.textAt('AddtlNtryInf'),
  ];
  const found = referenceAmong(texts);
  if (found !== undefined || !given.isOurs) return found;
  return named.map(givenReference).find((name) => name !== undefined);
}
