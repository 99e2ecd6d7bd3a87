import type { FileReading, StatementEntry, StatementReading } from '../../src/banks/contract.js';
import { bankReferenceOf, Money, newId, officeDate } from '../../src/kernel/index.js';

/** What a fictional bank booked, before it is written in one form or another. */
export interface ToldBooking {
  readonly direction: 'debit' | 'credit';
  /** Whole đồng. */
  readonly amount: string;
  /** ISO 8601 date, or a time with offset. */
  readonly bookedAt: string;
  readonly reference?: string;
  /** The bank's number of the booking. */
  readonly number?: string;
  readonly reversal?: boolean;
  readonly returnCode?: string;
  readonly words?: string;
}

export interface ToldStatement {
  readonly id: string;
  readonly account: string;
  readonly from: string;
  readonly to: string;
  /** Whole đồng, may be below zero. */
  readonly opening: string;
  readonly bookings: readonly ToldBooking[];
}

export const ACCOUNT = '0021000123456';

export const aReference = (): string => bankReferenceOf(newId());

export const aBooking = (given: Partial<ToldBooking> = {}): ToldBooking => ({
  direction: 'debit',
  amount: '2789000',
  bookedAt: '2026-11-20',
  ...given,
});

export const aStatement = (
  bookings: readonly ToldBooking[],
  given: Partial<ToldStatement> = {},
): ToldStatement => ({
  id: 'S1',
  account: ACCOUNT,
  from: '2026-11-20',
  to: '2026-11-20',
  opening: '500000000',
  bookings,
  ...given,
});

export function closingOf({ opening, bookings }: ToldStatement): string {
  return bookings
    .reduce((balance, { direction, amount }) => {
      const money = Money.of(amount);
      return direction === 'credit' ? balance.plus(money) : balance.minus(money);
    }, Money.of(opening))
    .toString();
}

export function statementsIn(reading: FileReading): readonly StatementReading[] {
  if (reading.kind !== 'statements') throw new Error(`no statements but ${reading.kind}`);
  return reading.statements;
}

export async function entriesIn(
  statement: StatementReading | undefined,
): Promise<StatementEntry[]> {
  const entries: StatementEntry[] = [];
  for await (const page of statement?.entries() ?? []) entries.push(...page);
  return entries;
}

/** An entry as it was told, so that what was read can be laid beside it. */
export function toldAgain(entry: StatementEntry): ToldBooking {
  const { direction, amount, bookedAt, reference, reversal, returnReason } = entry;
  return {
    direction,
    amount: amount.toString(),
    bookedAt: officeDate(bookedAt),
    ...(reference !== undefined && { reference }),
    ...(reversal && { reversal }),
    ...(returnReason && { returnCode: returnReason.code }),
  };
}
